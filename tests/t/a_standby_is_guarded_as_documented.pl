# A physical standby, before and after it is promoted. docs/operations.md has the same results.
use strict;
use warnings;

use Documents;
use ServerUnderTest;
use Test::More;

my $primary = start_server('primary', '', allows_streaming => 1);
$primary->safe_psql('postgres', q{
	CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text, note text);
	INSERT INTO workspaces VALUES (1, 'hermes', 'anthropic/claude-opus-4-7', 'old'), (2, 'claude-code', 'opus', NULL);
	SELECT routable.attach('workspaces');
});
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('insert'));

# Usage: row(what, word for success, statement)
sub row
{
	my ($what, $success, $statement) = @_;
	my (undef, $answer, $errors) = $standby->psql('postgres', "\\set VERBOSITY sqlstate\n$statement");
	my %outcomes = ('' => $success, t => $success, 23514 => 'refused', 25006 => 'refused: the standby is read-only');
	my ($code) = $errors =~ /ERROR:  (\w+)$/m;
	my $outcome = $outcomes{ $code // $answer } // "$answer $errors";
	return "| $what | $outcome |";
}

my @rows = (
	row('a query with `model_routable()`, `routable.guards`, `routable.audit()`', 'answers',
		q{SELECT count(*) = 1 FROM workspaces, routable.guards WHERE NOT model_routable(runtime, model)
			AND EXISTS (SELECT FROM routable.audit()) AND state = 'enforcing'}),
	row('a write to the standby', 'written', q{UPDATE workspaces SET note = 'x' WHERE id = 1}));
$standby->promote;
push @rows, row('a bad pair, after it is promoted', 'stored', q{UPDATE workspaces SET runtime = 'hermes' WHERE id = 2}),
  row('a routable pair, after it is promoted', 'stored', q{UPDATE workspaces SET model = 'sonnet' WHERE id = 2}),
  row('an edit of a row from before the guard, after it is promoted', 'stored', q{UPDATE workspaces SET note = 'x' WHERE id = 1});
rows_are_documented('Physical standby', 'standby', @rows);

done_testing();
