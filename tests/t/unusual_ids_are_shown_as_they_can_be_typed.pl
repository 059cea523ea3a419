# A registry with ids that not every database can store, and with names that no message can show unchanged: runs the SQL tests
# of tests/unusual_ids with a library that has it built in.
use strict;
use warnings;

use File::Basename;
use FindBin;
use IPC::Run;
use Installation;
use ServerUnderTest;
use Test::More;

my ($build) = builds(qw(unusual-ids));
my $installation = Installation->new;
$installation->install_libraries($build);
my $node = start_server('main');

my $folder = "$FindBin::RealBin/../unusual_ids";
my $results = "$PostgreSQL::Test::Utils::log_path/unusual_ids";
mkdir $results;
my @names = ('setup', grep { $_ ne 'setup' } map { basename($_, '.sql') } sort glob "$folder/sql/*.sql");
cmp_ok(@names, '>', 1, 'there are SQL tests');
IPC::Run::run([ $ENV{PG_REGRESS}, '--bindir=' . $installation->bindir, "--inputdir=$folder", "--outputdir=$results",
		'--host=' . $node->host, '--port=' . $node->port, '--dbname=contrib_regression', '--encoding=UTF8', '--no-locale', @names ],
	'<', '/dev/null', '>', \my $report, '2>&1');
for my $name (@names)
{
	# PostgreSQL 16 and later report in the form of TAP.
	like($report, qr/^(?:test \Q$name\E *\.\.\. ok|ok \d+ *[-+] \Q$name\E )/m, $name);
}
my $differences = "$results/regression.diffs";
diag(PostgreSQL::Test::Utils::slurp_file($differences)) if -s $differences;

done_testing();
