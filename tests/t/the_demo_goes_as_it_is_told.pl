# `make demo` has the documented output.
use strict;
use warnings;

use Documents;
use IPC::Run;
use ServerUnderTest;
use Test::More;

my $node = start_server('main', '', extra => [ '-E', 'UTF8', '--locale=C' ]);
my $repository = repository_path('');
my $work = PostgreSQL::Test::Utils::tempdir('demo');
local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, MODEL_ROUTABLE_CACHE => "$work/cache", work => $work);
my $told = '';
my $succeeded = IPC::Run::run([ 'bash', '-c', 'bindir=$(pg_config --bindir) && . scripts/common.sh && . scripts/server.sh &&
	. demo/story.sh && tell_story' ], init => sub { chdir $repository or die $! },
	'<', '/dev/null', '>', \$told, '2>&1', IPC::Run::timeout(180));
keep_result('story', $told);
ok($succeeded, 'the story is told to its end');

# Asserts how often a line occurs.
sub is_told
{
	my ($pattern, $times, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	return is(scalar(grep { /$pattern/ } split /\n/, $told), $times, $name);
}

my $violates = qr/: new row for relation "workspaces" violates check constraint "workspaces_model_routable"$/;
is_told(qr/^UPDATE 1$/, 3, 'the legitimate switch succeeds, and so does the edit of a row that a release strands');
is_told(qr/^ERROR:  23514: model "anthropic\/claude-opus-4-7" is not routable on runtime "hermes"$violates/, 3, 'the incident is refused with its code');
is_told(qr/^  2 \| code review \| claude-code \| anthropic\/claude-opus-4-7$/, 2, "the incident's row is unchanged");
is_told(qr/^HINT:  Did you mean "sonnet"\?/, 1, 'the mistyped INSERT is refused with a suggestion');
is_told(qr/^COLUMN NAME:  model$/, 2, 'the second of two racing sessions is refused');
is_told(qr/^  1 \| support bot \| hermes  \| moonshot\/kimi-k2\.6$/, 1, 'the race leaves a routable pair');
is_told(qr/^INSERT 0 1$/, 1, 'before the release, the session that stays connected stores the id');
is_told(qr/^ claude-code \| kimi-k2 \|    1 \| MODEL_WITHDRAWN$/, 1, 'the audit within the release finds what it strands');
is_told(qr/^ERROR:  model "kimi-k2" is not routable on runtime "claude-code"$violates/, 1, 'the session that stays connected is refused at its next statement');

done_testing();
