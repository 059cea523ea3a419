# A change of the built-in registry from beginning to end: diff --pairs names the stored pairs that the new registry would
# refuse, and audit finds the same pairs after the new library is installed. The new registry is the shipped one with one id
# withdrawn.
use strict;
use warnings;

use Digest::SHA;
use IPC::Run;
use Installation;
use PostgreSQL::Test::Utils qw(append_to_file);
use Registries;
use ServerUnderTest;
use Test::More;

my ($tool, $withdrawn) = builds(qw(tool withdrawn));
my $installation = Installation->new;
my $node = start_server('main');
$node->safe_psql('postgres', <<'SQL');
CREATE TABLE workspaces (id int GENERATED ALWAYS AS IDENTITY, name text, runtime text, model text);
INSERT INTO workspaces (runtime, model)
    SELECT runtime, model FROM (VALUES (12, 'claude-code', 'kimi-k2'), (1, 'claude-code', ' kimi-k2'), (1, 'claude-code', E'kimi-k2\n'),
        (9, 'claude-code', 'kimi-k2.5'), (2, 'hermes', 'kimi-k2'), (2, 'langgraph', 'kimi-k2'), (3, 'claude-code', 'Kimi-K2'),
        (3, 'claude-code', 'kimi-k2,"x"'), (4, NULL, 'kimi-k2'), (4, 'claude-code', NULL), (5, 'hermes', 'anthropic/claude-opus-4-7'))
        AS pair (rows, runtime, model), generate_series(1, rows);
SELECT routable.attach('workspaces');
SQL

sub query
{
	my ($query) = @_;
	my (undef, $stdout, $stderr) = $node->psql('postgres', $query);
	$stderr =~ s/^psql:<stdin>:\d+: //mg;
	return join("\n", grep { length } $stdout, $stderr);
}

# Before: the command of docs/adopting.md.
my $folder = PostgreSQL::Test::Utils::tempdir();
append_to_file("$folder/shipped.yaml", registry_file('providers.yaml'));
my $pairs = 'SELECT runtime, model, count(*) FROM workspaces GROUP BY runtime, model';
IPC::Run::run([ 'psql', '-X', '--csv', '-d', $node->connstr('postgres'), '-c', $pairs ],
	'|', [ "$tool/model-routable", 'diff', "$folder/shipped.yaml", "$withdrawn/providers.yaml", '--pairs', '/dev/stdin' ], '>', \my $told);
my ($heading, @stranded) = split /\n/, $told =~ s/.*^(?=\d+ stored pair)//msr;
is($heading, '3 stored pairs would be stranded, in 14 rows', 'diff --pairs counts the stored pairs that use the withdrawn id');
is_deeply([ sort @stranded ],
	[ sort '  "claude-code" "kimi-k2": 12 rows (MODEL_WITHDRAWN)', '  "claude-code" " kimi-k2": 1 row (MODEL_WITHDRAWN)',
		'  "claude-code" "kimi-k2\n": 1 row (MODEL_WITHDRAWN)' ], 'and names exactly these');

# The new libraries replace the old ones, as make install does it.
my $session = $node->background_psql('postgres', on_error_stop => 0);
judges($session, 't', 'a session begins with the former registry');
# The modification time of a file is in seconds.
sleep 2;
$installation->install_libraries($withdrawn);
my ($older) = registry_file('docs/operations.md') =~ /^-- Sessions from before.*?^(SELECT .*?);$/ms;
is(query("SELECT count(*) FROM ($older) AS older"), '1', 'monitoring finds the session that has the former library');
judges($session, 't', 'that session goes on with the registry that it began with');
is(answer($session, q{INSERT INTO workspaces (name, runtime, model) VALUES ('old session', 'claude-code', 'kimi-k2');}), '',
	'and stores by it');
$session->quit;

my $sha256 = Digest::SHA->new(256)->addfile("$withdrawn/providers.yaml")->hexdigest;
is(query(q{SELECT code, provider FROM routable.explain('claude-code', 'kimi-k2')}), 'MODEL_WITHDRAWN|kimi-coding',
	'a new connection has the new registry, without a statement');
is(query('SELECT sha256 FROM routable.registry'), $sha256, 'routable.registry has the SHA-256 of the new file');
is(query(q{SELECT runtime, model, status FROM routable.models WHERE status = 'withdrawn'}), 'claude-code|kimi-k2|withdrawn',
	'the view shows the id as withdrawn');
is(query(q{SELECT rows, to_json(model) FROM routable.audit() WHERE code = 'MODEL_WITHDRAWN' ORDER BY rows DESC, model}),
	qq{13|"kimi-k2"\n1|" kimi-k2"\n1|"kimi-k2\\n"}, 'audit finds what diff --pairs had named, and what was stored since');
is(query(q{UPDATE workspaces SET name = 'edited' WHERE name = 'old session' RETURNING model}), 'kimi-k2',
	'a row that the withdrawal strands stays editable');
is(query(q{INSERT INTO workspaces (runtime, model) VALUES ('claude-code', 'kimi-k2')}), <<'MESSAGE' =~ s/\n\z//r,
ERROR:  model "kimi-k2" is not routable on runtime "claude-code": new row for relation "workspaces" violates check constraint "workspaces_model_routable"
DETAIL:  MODEL_WITHDRAWN: The model id has been withdrawn from the runtime and can no longer be selected.
HINT:  Runtime "claude-code" takes "sonnet", "opus", "haiku" and 27 more, and what matches its patterns. To list them: SELECT * FROM routable.models WHERE runtime = 'claude-code';
MESSAGE
	'the withdrawn id is not taken any more, and the error says that it was withdrawn');

give_registries($node, 'postgres');
$node->safe_psql('postgres', release('shipped'));
is(query("$judge SELECT source FROM routable.registry"), "t\nrelease", 'a release is in force whatever is built in');
is(query("SET client_min_messages = warning; SELECT routable.revert(0); $judge
	SELECT source, sha256 = built_in_sha256 FROM routable.registry"), "2\nf\nbuilt in|t", 'revert(0) puts what is built in in force');
is(query('SELECT sha256 FROM routable.releases WHERE number = 2'), $sha256, 'the history has the SHA-256 of what was built in');

done_testing();
