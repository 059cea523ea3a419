# What logical replication stores in a guarded table, for each kind of guard on the subscriber. docs/operations.md has the
# same results.
use strict;
use warnings;

use Documents;
use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;

my $bad_pair = q{'hermes', 'anthropic/claude-opus-4-7'};
my @guards = qw(none default always check);
my %attach = (default => '', always => ', replicas => true', check => q{, mechanism => 'check'});
my @events = (
	[ copy => 'the initial copy of a row from before the guard' ],
	[ edit => 'an UPDATE of such a row that leaves its pair alone' ],
	[ insert => 'a bad pair that the publisher accepted' ],
);
# Each kind of guard and each event has its own table and subscription. All run at the same time.
my @cases = map { my ($event) = @$_; map { [ $_, $event, "${_}_$event" ] } @guards } @events;

my $publisher = start_server('publisher', "max_wal_senders = 30\nmax_replication_slots = 30\n", allows_streaming => 'logical');
my $subscriber_settings = "max_replication_slots = 30\nmax_worker_processes = 40\nmax_logical_replication_workers = 30
wal_retrieve_retry_interval = 500ms\n";
# Before 18, max_replication_slots also limited the origins.
$subscriber_settings .= "max_active_replication_origins = 30\n" if major($publisher) >= 18;
my $subscriber = start_server('subscriber', $subscriber_settings);
$subscriber->safe_psql('postgres', 'CREATE DATABASE subscriber');
$subscriber->safe_psql('subscriber', 'CREATE EXTENSION model_routable');
my $connection = $publisher->connstr . ' dbname=postgres';

# The publisher is not guarded at first. A guarded publisher would refuse the rows itself.
for my $case (@cases)
{
	my ($guard, $event, $table) = @$case;
	my $create = "CREATE TABLE $table (id int PRIMARY KEY, runtime text, model text, note text);";
	my $insert = "INSERT INTO $table VALUES (1, $bad_pair, '$event');";
	$publisher->safe_psql('postgres', "$create $insert CREATE PUBLICATION $table FOR TABLE $table;");
	# The initial copy is copied into an empty table.
	$subscriber->safe_psql('subscriber', $event eq 'copy' ? $create : "$create $insert");
	$subscriber->safe_psql('subscriber', "SELECT routable.attach('$table'$attach{$guard})") if $guard ne 'none';
	$subscriber->safe_psql('subscriber', "CREATE SUBSCRIPTION $table CONNECTION '$connection' PUBLICATION $table WITH (copy_data = "
		  . ($event eq 'copy' ? 'true' : 'false') . ')');
}
$publisher->safe_psql('postgres', "UPDATE ${_}_edit SET note = 'arrived';
	INSERT INTO ${_}_insert VALUES (2, $bad_pair, 'arrived');") for @guards;

# Waits for the outcome of an event: it is applied, or the subscriber's log shows that the guard refused it this often.
# Usage: replicated(guard, event, where the log begins, number of refusals)
sub replicated
{
	my ($guard, $event, $begin, $refusals) = @_;
	my $table = "${guard}_$event";
	my $arrived = $event eq 'copy' ? 'copy' : 'arrived';
	for (1 .. 300)
	{
		return 'stored' if $subscriber->safe_psql('subscriber', "SELECT count(*) FROM $table WHERE note = '$arrived'") eq '1';
		my @refused = substr(slurp_file($subscriber->logfile), $begin) =~ /violates check constraint "${table}_model_routable"/g;
		return 'replication stops' if @refused >= $refusals;
		select(undef, undef, undef, 0.1);
	}
	return 'nothing within 30 seconds';
}

sub row
{
	my ($title, $outcome) = @_;
	return '| ' . join(' | ', $title, map { $outcome->($_) } @guards) . ' |';
}

my @rows;
for my $event (@events)
{
	my ($name, $title) = @$event;
	push @rows, row($title, sub { replicated($_[0], $name, 0, 1) });
}

my $begin = -s $subscriber->logfile;
$subscriber->safe_psql('subscriber', q{ALTER DATABASE subscriber SET model_routable.enforcement = 'warn'});
# A worker that started before the setting refuses once more. So only the second refusal shows that the setting had no effect.
push @rows, row(q{the same, where the subscriber's database has `model_routable.enforcement = 'warn'`},
	sub { replicated($_[0], 'insert', $begin, 2) });

push @rows, row('a bad pair, where the publisher is guarded', sub {
	my $table = "$_[0]_insert";
	$publisher->safe_psql('postgres', "SELECT routable.attach('$table')");
	my (undef, undef, $errors) = $publisher->psql('postgres', "\\set VERBOSITY sqlstate\nINSERT INTO $table VALUES (3, $bad_pair)");
	return $errors =~ /ERROR:  23514$/m ? 'refused by the publisher' : 'not refused';
});
rows_are_documented('Logical replication', 'replication', @rows);

$subscriber->safe_psql('subscriber', "ALTER SUBSCRIPTION $_->[2] DISABLE") for @cases;
done_testing();
