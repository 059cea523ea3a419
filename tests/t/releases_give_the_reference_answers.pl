# One session that never reconnects, with a library that has another registry built in. After each release, its answers are
# the reference answers.
use strict;
use warnings;

use Registries;
use ServerUnderTest;
use Test::More;

my $node = start_server('main');
$node->safe_psql('postgres', 'CREATE TABLE files (number text PRIMARY KEY, file text); CREATE TABLE answers (number text, answer jsonb)');
my @numbers = map { sprintf '%02d', $_ } 1 .. 13;
for my $number (@numbers, 'shipped')
{
	my $file = registry_file($number eq 'shipped' ? 'providers.yaml' : "conformance/registry-$number.yaml");
	my @answers = split /\n/, registry_file('conformance/' . ($number eq 'shipped' ? $number : "registry-$number") . '.jsonl');
	$node->safe_psql('postgres', "INSERT INTO files VALUES ('$number', \$file\$$file\$file\$);
		INSERT INTO answers VALUES " . join(', ', map { "('$number', \$answer\$$_\$answer\$)" } @answers));
}
# The questions are those of the test that has each registry built in.
my ($view) = registry_file('conformance.sql') =~ /^(CREATE VIEW differences AS\n.*?;)$/ms or die 'there is no view of differences';
$view =~ s/SELECT answer,/SELECT number, answer,/;
$node->safe_psql('postgres', $view);

my $session = $node->background_psql('postgres', on_error_stop => 0);

sub is_right
{
	my ($number, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	cmp_ok($node->safe_psql('postgres', "SELECT count(*) FROM answers WHERE number = '$number'"), '>', 100, "$name: there are answers");
	return is(answer($session, "SELECT answer, code, provider FROM differences WHERE number = '$number' LIMIT 5;"), '',
		"$name: each is the reference answer");
}

is_right('shipped', 'the registry that is built in');
my $released = 0;
for my $number (@numbers, 'shipped', reverse @numbers)
{
	answer($session, "SELECT routable.release(file) FROM files WHERE number = '$number';");
	$released++;
	is(answer($session, 'SELECT release FROM routable.registry;'), $released, "registry $number is released as number $released");
	is_right($number, "registry $number as release $released");
}
# Also within one transaction, and after its rollback.
answer($session, 'BEGIN;');
for my $number (@numbers)
{
	answer($session, "SAVEPOINT each; SELECT routable.release(file) FROM files WHERE number = '$number';");
	is_right($number, "registry $number in a transaction");
}
answer($session, 'ROLLBACK TO each;');
is_right('12', 'registry 12 after the release of 13 was taken back');
answer($session, 'ROLLBACK;');
is_right('01', 'registry 01 after all of them were taken back');
answer($session, 'SELECT routable.revert(0);');
is_right('shipped', 'the registry that is built in, once it is reverted to');

$session->quit;
done_testing();
