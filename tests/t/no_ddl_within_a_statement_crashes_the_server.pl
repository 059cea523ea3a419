# Code of a statement can drop, rename and replace the objects of its guard. Whatever happens to the statement, the server
# goes on.
use strict;
use warnings;

use ServerUnderTest;
use Test::More;

my $node = start_server('main');

# PostgreSQL drops a table's triggers before it finds that the table is in use. If the error is caught, the table has no
# triggers for the rest of the statement.
my %guarded = (
	'a temporary table' => 'CREATE TEMP TABLE u (id int, runtime text, model text)',
	'a table' => 'CREATE TABLE u (id int, runtime text, model text)',
	'a partitioned table' => 'CREATE TABLE u (id int, runtime text, model text) PARTITION BY LIST (id);
		CREATE TABLE u_all PARTITION OF u DEFAULT',
	'a parent table' => 'CREATE TABLE u (id int, runtime text, model text); CREATE TABLE u_child () INHERITS (u)',
);
my @ddl = (
	'DROP TABLE u', 'DROP TABLE u CASCADE', 'DROP TRIGGER model_routable_final ON u', 'DROP TRIGGER model_routable ON u',
	'ALTER TABLE u DISABLE TRIGGER ALL', 'ALTER TABLE u DROP COLUMN model CASCADE', 'ALTER TABLE u RENAME COLUMN model TO m',
	"PERFORM routable.detach('u')", 'DROP EXTENSION model_routable CASCADE',
);
for my $on_mismatch (qw(raise warn reset))
{
	for my $table (sort keys %guarded)
	{
		survives($node, "DDL, caught, in a trigger of $table whose guard is set to $on_mismatch", map { $_ => qq{
			CREATE EXTENSION IF NOT EXISTS model_routable;
			DROP TABLE IF EXISTS u CASCADE;
			$guarded{$table};
			INSERT INTO u VALUES (1, 'claude-code', 'sonnet'), (2, 'claude-code', 'sonnet');
			SELECT routable.attach('u', on_mismatch => '$on_mismatch');
			CREATE OR REPLACE FUNCTION within() RETURNS trigger LANGUAGE plpgsql AS \$\$
				BEGIN
					BEGIN $_; EXCEPTION WHEN others THEN NULL; END;
					RETURN NEW;
				END \$\$;
			CREATE TRIGGER aaa BEFORE UPDATE ON u FOR EACH ROW EXECUTE FUNCTION within();
			UPDATE u SET runtime = 'hermes';
		} } @ddl);
	}
}

SKIP:
{
	skip 'PostgreSQL 13 has no DETACH CONCURRENTLY', 1 if major($node) < 14;
	my $pending = q{
		DROP TABLE IF EXISTS u CASCADE;
		CREATE TABLE u (id int, runtime text, model text) PARTITION BY LIST (id);
		CREATE TABLE u_1 PARTITION OF u FOR VALUES IN (1);
		INSERT INTO u VALUES (1, 'claude-code', 'sonnet');
		SELECT routable.attach('u');
	} . detach_pending('u', 'u_1');
	survives($node, 'a partition whose DETACH CONCURRENTLY was cancelled',
		map { $_ => "$pending $_" } (
			q{INSERT INTO u_1 VALUES (1, 'hermes', 'sonnet')}, q{UPDATE u_1 SET runtime = 'hermes'},
			q{SELECT routable.attach('u_1')}, q{SELECT routable.attach('u')}, q{SELECT routable.detach('u_1')},
			q{SELECT routable.detach('u')}, q{SELECT * FROM routable.guards}, q{SELECT routable.is_guarded('u')}));
	my (undef, $messages) = run_script($node, 'postgres', "$pending SELECT routable.attach('u_1');");
	like($messages, qr/ERROR:  the guard of relation "u_1" comes from public\.u\n.*FINALIZE/s,
		'attach names the root of a partition that is being detached, and how to complete that');
	(undef, $messages) = run_script($node, 'postgres', "$pending INSERT INTO u_1 VALUES (1, 'hermes', 'sonnet');");
	like($messages, qr/ERROR:  model "sonnet" is not routable on runtime "hermes"/,
		'a partition that is being detached refuses what the others refuse');
}

done_testing();
