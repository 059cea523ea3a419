# Many clients change a few rows at random, with good and bad pairs. Meanwhile their tables are altered, the guard is attached
# again and the server is killed. Afterwards no bad pair is stored. STRESS_SECONDS is the duration (10).
use strict;
use warnings;

use Load;
use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;

# The number of acknowledged changes of single rows, and of refused statements.
sub changes
{
	my $acknowledged = () = printed_by('writer', 'out') =~ /^(?:UPDATE|INSERT 0|COPY) 1$/mg;
	my $refused = () = printed_by('writer', 'err') =~ /ERROR:  23514$/mg;
	return ($acknowledged, $refused);
}

my $seconds = stress_seconds();
my $node = start_loaded_server();
start_clients($node, @$_) for [ 'writer', 32 ], [ 'administrator', 2 ], [ 'monitor', 1 ];
sleep $seconds / 2;
# A killed server loses only shared memory, because the kernel goes on. So this proves recovery from WAL, and not that disks
# keep their data.
crash($node);
my ($acknowledged_before, $refused_before) = changes();
sleep $seconds / 2;
ok(slurp_file($node->logfile) =~ /automatic recovery in progress/, 'the server recovers from being killed');
stop_clients($node);

for my $table ('workspaces', 'fleet', 'documents', 'agent_models')
{
	is(bad_pairs_in($node, $table), '0', "no bad pair is stored in $table");
	is($node->safe_psql('stress', "SELECT routable.is_guarded('$table')"), 't', "$table is guarded at the end");
}
is(bad_pairs_in($node, 'agents_with_models'), '0', 'no agent has a model that its runtime does not route');
my ($acknowledged, $refused) = changes();
note("$acknowledged changes of single rows were made, $refused statements were refused in $seconds seconds");
# If all statements passed, all were refused or all ended at the kill, the load would prove nothing.
cmp_ok($acknowledged_before, '>', $seconds, 'enough was changed before the server was killed');
cmp_ok($refused_before, '>', $seconds, 'enough was refused before the server was killed');
cmp_ok($acknowledged - $acknowledged_before, '>', $seconds, 'enough was changed after the server was killed');
cmp_ok($refused - $refused_before, '>', $seconds, 'enough was refused after the server was killed');

# The only errors that clients may get. Notices, such as those of attach and of reset, have no code.
my $expected = join '|',
  # A refused pair; a row that exists already (COPY); a model for a runtime that its agent no longer has; a deadlock, and the
  # rest of an administrator's transaction after it; a row that another client moved to another partition meanwhile.
  'ERROR:  (?:23514|23505|23503|40P01|25P02|40001)', 'NOTICE:  00000',
  # The server shuts down, crashes, recovers, or is gone.
  '(?:WARNING|FATAL):  57P0[123]',
  '(?:connection to server .*|could not connect to server: )?(?:Connection refused|No such file or directory|FATAL:  the database system is .*)',
  'server closed the connection unexpectedly', 'connection to server was lost', 'no connection to the server',
  # If the server is lost before a COPY begins, psql takes the end of its data for a command.
  'invalid command \\\\\.';
for my $program ('writer', 'administrator', 'monitor')
{
	my %count = messages_of($program);
	note("$program: $count{$_} times $_") for sort { $count{$b} <=> $count{$a} } keys %count;
	is(join("\n", grep { !/^(?:$expected)$/ } sort keys %count), '', "no error but the expected ones reaches a client: $program");
}
my $log = slurp_file($node->logfile);
note($_) for $log =~ /^.*is not guarded:.*$/mg;
is(join("\n", $log =~ /^.*(?:PANIC|TRAP|was terminated by signal (?:6|7|11)\b).*$/mg), '', 'no process of the server crashes by itself');

done_testing();
