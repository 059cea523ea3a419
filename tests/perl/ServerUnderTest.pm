# A server with the extension, and checks for crashes.
package ServerUnderTest;

use strict;
use warnings;

use Exporter 'import';
use File::Temp;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils qw(slurp_file);
use Test::More;

our @EXPORT = qw(start_server major start_script run_script crashes_during crash survives detach_pending);

# Usage: start_server(name, more of postgresql.conf, more for init); with without_extension => 1 nothing is created
sub start_server
{
	my ($name, $settings, %how) = @_;
	my $without_extension = delete $how{without_extension};
	my $node = PostgreSQL::Test::Cluster->new($name);
	$node->init(%how);
	# The server restarts after a crash, so that each test reports its own crashes.
	$node->append_conf('postgresql.conf',
		"restart_after_crash = on\nlog_statement = none\nmax_prepared_transactions = 10\n" . ($settings // ''));
	$node->start;
	$node->safe_psql('postgres', 'CREATE EXTENSION model_routable') unless $without_extension;
	return $node;
}

sub major
{
	my ($node) = @_;
	return int($node->safe_psql('postgres', 'SHOW server_version_num') / 10000);
}

# Starts psql with a script. Statements after an error still run. The script is a file, because psql may end with the server
# before it has read all of its input. Usage: start_script(node, database, script, references to its output and to its
# messages)
sub start_script
{
	my ($node, $database, $script, $out, $messages) = @_;
	my $file = File::Temp->new(DIR => $PostgreSQL::Test::Utils::tmp_check);
	print $file $script;
	$file->flush;
	my $psql = IPC::Run::start([ 'psql', '-XAtq', '-d', $node->connstr($database), '-f', $file->filename ],
		'<', '/dev/null', '>', $out, '2>', $messages, IPC::Run::timeout(180));
	return ($psql, $file);
}

# The output of a script, and its messages.
sub run_script
{
	my ($node, $database, $script) = @_;
	my ($out, $messages) = ('', '');
	my ($psql, $file) = start_script($node, $database, $script, \$out, \$messages);
	$psql->finish;
	return ($out, $messages);
}

# Lines of the log about crashed processes while the code runs, and whether the code did not end.
sub crashes_during
{
	my ($node, $code) = @_;
	my $begin = -s $node->logfile;
	my @endless = eval { $code->(); 1 } ? () : $@;
	# The postmaster logs a crash before it accepts connections again.
	$node->poll_query_until('postgres', 'SELECT true');
	my $log = substr(slurp_file($node->logfile), $begin);
	return (@endless, $log =~ /^.*(?:terminated by signal|TRAP:|PANIC:).*$/mg);
}

# Kills all processes of the server at once, so that nothing more is written, and starts the server again.
sub crash
{
	my ($node) = @_;
	my $pid = $node->{_pid};
	my @processes = map { eval { slurp_file($_) } // '' } glob '/proc/[0-9]*/stat';
	kill KILL => $pid, map { /^(\d+) \(.*\) [A-Z] $pid / ? $1 : () } @processes;
	$node->kill9;
	for (1 .. 600)
	{
		# A server does not start while processes of the former one exist. These end by themselves.
		return if !kill(0, $pid) && $node->start(fail_ok => 1);
		$node->{_pid} = undef;
		select(undef, undef, undef, 0.1);
	}
	die 'the server does not start after the crash';
}

# Asserts that none of the named scripts crashes anything.
sub survives
{
	my ($node, $name, %scripts) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my @crashes;
	for my $script (sort keys %scripts)
	{
		push @crashes, map { "$script: $_" }
		  crashes_during($node, sub { run_script($node, 'postgres', $scripts{$script}) });
	}
	return is(join("\n", @crashes), '', $name);
}

# A script that leaves DETACH PARTITION ... CONCURRENTLY incomplete, as a cancellation does: a transaction with a lock on the
# partitioned table keeps it from ending.
sub detach_pending
{
	my ($table, $partition) = @_;
	return qq{
		BEGIN;
		LOCK TABLE $table IN ACCESS SHARE MODE;
		PREPARE TRANSACTION 'reader of $table';
		SELECT current_setting('statement_timeout') AS former \\gset
		SET statement_timeout = '100ms';
		ALTER TABLE $table DETACH PARTITION $partition CONCURRENTLY;
		SET statement_timeout = :'former';
		ROLLBACK PREPARED 'reader of $table';
	};
}

1;
