# routable.guards is queried while other sessions create, alter and drop guarded tables. The query raises no error, and a
# table that nobody touches is always shown as enforcing.
use strict;
use warnings;

use ServerUnderTest;
use Test::More;

my $node = start_server('main');
$node->safe_psql('postgres', q{
	CREATE TABLE stays (id int, runtime text, model text);
	SELECT routable.attach('stays');
});

# Two sessions each create, alter and drop a guarded table until the third session has finished.
my $churn = q{
	DO $$
	BEGIN
		FOR pass IN 1 .. 150 LOOP
			EXECUTE 'CREATE TYPE engine_%1$s AS ENUM (''hermes'', ''claude-code'')';
			EXECUTE 'CREATE TABLE goes_%1$s (id int, runtime engine_%1$s, model text) PARTITION BY RANGE (id)';
			EXECUTE 'CREATE TABLE goes_%1$s_1 PARTITION OF goes_%1$s FOR VALUES FROM (0) TO (10)';
			PERFORM routable.attach('goes_%1$s');
			COMMIT;
			EXECUTE 'ALTER TABLE goes_%1$s RENAME COLUMN model TO llm';
			PERFORM routable.attach('goes_%1$s', model_column => 'llm', mechanism => 'check');
			COMMIT;
			EXECUTE 'DROP TABLE goes_%1$s';
			EXECUTE 'DROP TYPE engine_%1$s';
			COMMIT;
		END LOOP;
	END
	$$;
};
my (@sessions, @output);
for my $number (1, 2)
{
	push @output, [ '', '' ];
	# The file of the script exists as long as the returned object.
	push @sessions, [ start_script($node, 'postgres', "SET client_min_messages = warning;\n" . $churn =~ s/%1\$s/$number/gr,
		\$output[-1][0], \$output[-1][1]) ];
}
my ($passes, @faults) = (0);
while ($passes < 100 || $sessions[0][0]->pumpable)
{
	my ($status, $stdout, $stderr) = $node->psql('postgres', q{
		SELECT count(*) FROM routable.guards WHERE relation = 'stays'::regclass AND state = 'enforcing' AND issues = '{}';
		SELECT issue FROM routable.guards, unnest(issues) AS issue WHERE issue LIKE 'The guard cannot be inspected%';
		SELECT routable.is_guarded('stays');
	});
	push @faults, "$stdout $stderr" if $stdout ne "1\nt" || $stderr ne '';
	$passes++;
	last if $passes >= 400;
}
$_->[0]->finish for @sessions;
is($faults[0], undef, 'routable.guards answers in each pass');
is(join('', map { $_->[1] } @output), '', 'the sessions that create and drop tables are not kept from it');
cmp_ok($passes, '>=', 100, 'it was asked often enough to prove something');

done_testing();
