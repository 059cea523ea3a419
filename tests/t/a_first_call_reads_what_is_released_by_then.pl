# A session reads the releases at its first call. As long as the file of their table has no block, the session reads no more
# than that. A release under way gives the file a block, and VACUUM takes it away after a rollback.
use strict;
use warnings;

use Registries;
use ServerUnderTest;
use Test::More;

my $node = start_server('main');
give_registries($node, 'postgres');

sub session
{
	return $node->background_psql('postgres', on_error_stop => 0);
}

sub blocks
{
	my ($expected, $name) = @_;
	is($node->safe_psql('postgres', q{SELECT pg_relation_size('routable.release_store') / current_setting('block_size')::int}),
		$expected, $name);
	return;
}

my @levels = ('READ COMMITTED', 'REPEATABLE READ');

# First calls while a release is under way, and first calls after it in transactions from before. Returns a session of the former.
sub first_calls
{
	my ($end, $expected) = @_;
	my $releaser = session();
	my %after = map { $_ => session() } @levels;
	answer($after{$_}, "BEGIN ISOLATION LEVEL $_; SELECT 1;") for @levels;
	answer($releaser, 'BEGIN;');
	judges($releaser, 't', "before $end: a first call in the transaction that will release judges by the built-in registry");
	answer($releaser, release('withdrawn'));
	judges($releaser, 'f', "before $end: the release is in force for its own transaction");
	blocks(1, "before $end: it is in a block");
	my %during = map { $_ => session() } @levels;
	answer($during{'REPEATABLE READ'}, 'BEGIN ISOLATION LEVEL REPEATABLE READ;');
	judges($during{$_}, 't', "before $end: a first call in $_ does not see it") for @levels;
	answer($releaser, "$end;");
	judges($releaser, $expected, "after $end: the session that released judges $expected");
	judges($during{$_}, $expected, "after $end: so does a session that had its first call before, in $_") for @levels;
	judges($after{$_}, $expected, "after $end: so does a first call in a transaction from before, in $_") for @levels;
	is($node->safe_psql('postgres', $judge), $expected, "after $end: so does a new session");
	$_->quit for $releaser, values %after, $during{'REPEATABLE READ'};
	return $during{'READ COMMITTED'};
}

blocks(0, 'without a release, the table has no block');
is($node->safe_psql('postgres', $judge), 't', 'a first call judges by the built-in registry');
my @before = first_calls('ROLLBACK', 't');
blocks(1, 'a release that was rolled back leaves a block');
$node->safe_psql('postgres', 'VACUUM routable.release_store');
blocks(0, 'VACUUM gives it back');
judges($before[0], 't', 'the session from before still judges by the built-in registry');
is($node->safe_psql('postgres', $judge), 't', 'so does a first call');

push @before, first_calls('COMMIT', 'f');
judges($before[0], 'f', 'it is in force for the session that had read a table without a block');
$node->safe_psql('postgres', 'ALTER TABLE routable.release_store SET UNLOGGED');
is($node->safe_psql('postgres', $judge), 'f', 'a first call reads the release from an unlogged table as well');
$node->safe_psql('postgres', 'VACUUM FULL routable.release_store');
is($node->safe_psql('postgres', $judge), 'f', 'and from another file');

$_->quit for @before;
done_testing();
