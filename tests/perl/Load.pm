# A database with a few rows, and many clients that change them at random. The programs of the clients are in tests/stress.
package Load;

use strict;
use warnings;

use Exporter 'import';
use FindBin;
use POSIX ();
use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;
use Time::HiRes qw(sleep);

our @EXPORT = qw(stress_seconds start_loaded_server start_clients stop_clients printed_by messages_of bad_pairs_in);

my $programs = "$FindBin::RealBin/../stress";
# The folder for the output of the clients.
my $folder;

# How long the clients run.
sub stress_seconds
{
	return $ENV{STRESS_SECONDS} || 10;
}

sub start_loaded_server
{
	$folder = PostgreSQL::Test::Utils::tempdir('load');
	my $node = start_server('loaded', "fsync = on\ndeadlock_timeout = '200ms'\nrestart_after_crash = off\nmax_connections = 100\n");
	$node->safe_psql('postgres', 'CREATE DATABASE stress');
	$node->safe_psql('stress', slurp_file("$programs/tables.sql"));
	return $node;
}

# One client that runs until it is stopped: psql with endless input, which is started again after it loses the server. Keeps
# its errors by SQLSTATE, and all notices.
sub client
{
	my ($program, $number, $test) = @_;
	for (my $turn = 1; getppid == $test; $turn++)
	{
		system("awk -v seed=$number$turn -f $programs/$program.awk 2>/dev/null |"
			  . " psql -X -d stress -v VERBOSITY=sqlstate >>$folder/$program-$number.out 2>>$folder/$program-$number.err");
		sleep 0.2;
	}
	# A signal that ends the test must not end the server.
	POSIX::_exit(0);
}

# The process groups of the running clients.
my @clients;

# Usage: start_clients(node, program, number)
sub start_clients
{
	my ($node, $program, $many) = @_;
	my $test = $$;
	for my $number (1 .. $many)
	{
		my $process = fork // die "no client can be started: $!";
		if (!$process)
		{
			setpgrp;
			@ENV{qw(PGHOST PGPORT)} = ($node->host, $node->port);
			client($program, $number, $test);
		}
		# Set here too, so that the group exists whichever process continues first.
		setpgrp $process, $process;
		push @clients, $process;
	}
	return;
}

sub kill_clients
{
	kill KILL => map { -$_ } @clients;
	waitpid $_, 0 for splice @clients;
	return;
}

END { kill_clients() }

# Ends all clients, and waits until their last statements have ended.
sub stop_clients
{
	my ($node) = @_;
	kill_clients();
	$node->poll_query_until('postgres', q{SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = 'stress'})
	  or die 'sessions of clients that have gone do not end';
	return;
}

# The output of all clients of a program: out, or err.
sub printed_by
{
	my ($program, $kind) = @_;
	return join '', map { slurp_file($_) } glob "$folder/$program-*.$kind";
}

# The number of each error, warning and notice by its text. A SQLSTATE stands for errors of the server.
sub messages_of
{
	my ($program) = @_;
	my %count;
	for my $line (grep { !/^(?:\s|$|(?:DETAIL|HINT):)/ } split /\n/, printed_by($program, 'err'))
	{
		$count{ $line =~ s/^psql:[^ ]*(?: error)?: //r =~ s/"[^"]*"/.../gr }++;
	}
	return %count;
}

# The number of rows of a table whose pair is not routable.
sub bad_pairs_in
{
	my ($node, $table) = @_;
	return $node->safe_psql('stress', "SELECT count(*) FROM $table WHERE NOT model_routable(runtime, model)");
}

1;
