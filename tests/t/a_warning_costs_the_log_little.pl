# With a guard that warns, a statement with many bad pairs writes a limited amount of log, however many rows it has.
use strict;
use warnings;

use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;

my $node = start_server('main');
$node->safe_psql('postgres', q{
	CREATE TABLE warned (id int, runtime text, model text);
	SELECT routable.attach('warned', on_mismatch => 'warn');
	CREATE TABLE enforced (id int, runtime text, model text);
	SELECT routable.attach('enforced');
});

my $rows = join(', ', map { "($_, 'hermes', 'no such model $_')" } 1 .. 4000);
my %statements = (
	'a guard set to warn' => "INSERT INTO warned VALUES $rows",
	'a guard set to warn, by an UPDATE' => "INSERT INTO warned SELECT n, NULL, 'no such model ' || n FROM generate_series(1, 4000) AS n;
		UPDATE warned SET runtime = 'hermes' WHERE '' <> " . q(') . ('x' x 150000) . q('),
	'enforcement set to warn' => "SET model_routable.enforcement = warn; INSERT INTO enforced VALUES $rows",
);
for my $name (sort keys %statements)
{
	my $begin = -s $node->logfile;
	run_script($node, 'postgres', "SET client_min_messages = error;\n$statements{$name};\n");
	my $log = substr(slurp_file($node->logfile), $begin);
	my $told = () = $log =~ /unroutable pair stored/g;
	cmp_ok(length($log), '<', 1000000, "$name: 4,000 bad pairs of a long statement are less than 1 MB of log");
	cmp_ok($told, '>', 0, "$name: the log tells of bad pairs");
	is(() = $log =~ /^.*STATEMENT:.*$/mg, 0, "$name: the statement is not repeated");
}

done_testing();
