# Databases with the SQL edition: the script that model-routable sql prints, in place of CREATE EXTENSION.
package Edition;

use strict;
use warnings;

use Exporter 'import';
use FindBin;
use Installation;
use PostgreSQL::Test::Utils;

our @EXPORT = qw(edition_script run_edition without_context);

# The script of the shipped registry, or of another file of the repository; options are the tool's.
sub edition_script
{
	my ($file, @options) = @_;
	my ($tool) = builds(qw(tool));
	my $registry = "$FindBin::RealBin/../" . ($file // 'providers.yaml');
	my $script = PostgreSQL::Test::Utils::tempdir('edition') . '/edition.sql';
	system("'$tool/model-routable' sql @options '$registry' >'$script'") == 0 or die 'model-routable sql failed';
	return $script;
}

# Runs a script in a database as a role, the server's superuser if none is named. Returns what it says.
sub run_edition
{
	my ($node, $database, $script, $role) = @_;
	my $said = '';
	my $where = $node->connstr($database) . (defined $role ? " user=$role" : '');
	IPC::Run::run([ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $where, '-f', $script ],
		'<', '/dev/null', '>', \$said, '2>&1') or die "the script of the edition failed: $said";
	return $said;
}

# Output of psql without what it says of functions in PL/pgSQL and SQL that called each other, and of PostgreSQL's source.
sub without_context
{
	my ($output) = @_;
	$output =~ s/^(?:CONTEXT:  )?(?:PL\/pgSQL (?:function|assignment) .*?|SQL (?:function|statement) ".*?")(?: line \d+ at .*| during .*| statement \d+)?\n//mg;
	$output =~ s/^(?:CONTEXT:  )?SQL statement "[^"]*"\n//mg;
	$output =~ s/^CONTEXT:  //mg;
	$output =~ s/^LOCATION:  .*\n//mg;
	return $output;
}

1;
