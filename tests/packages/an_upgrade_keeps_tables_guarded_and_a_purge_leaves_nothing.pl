# The package of the previous commit, installed on a clean root, is upgraded to that of this commit while the server runs.
use strict;
use warnings;

use CleanRoot;
use FindBin;
use Test::More;

my $major = $ENV{PG_MAJOR};
my $root = CleanRoot->new("$ENV{PACKAGES}/previous", "$ENV{PACKAGES}/this", "$FindBin::RealBin/../../demo");
my $server = "pg_ctlcluster $major main";
my $psql = 'sudo -u postgres psql -X -d demo';

# Asserts how often a line comes in a text.
sub is_told
{
	my ($text, $pattern, $times, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	return is(scalar(grep { /$pattern/ } split /\n/, $text), $times, $name) || diag($text);
}

$root->succeeds('the package of the previous commit installs on a clean root, with all that it depends on', <<"END_OF_SCRIPT");
apt-get update
apt-get install ./previous/postgresql-*.deb
$server start
sudo -u postgres createdb demo
$psql -v ON_ERROR_STOP=1 -f /packages/demo/setup.sql
$server stop
END_OF_SCRIPT

my (undef, $told) = $root->run(<<"END_OF_SCRIPT");
$server start
apt-get install ./this/*.deb
$psql -c 'ALTER EXTENSION model_routable UPDATE'
$psql -At -c "SELECT 'guarded by the version of this library' WHERE routable.is_guarded('workspaces')
    AND (SELECT extversion FROM pg_extension WHERE extname = 'model_routable') = (SELECT extension_version FROM routable.registry)"
$psql -a -v VERBOSITY=verbose <demo/story.sql
$server stop
END_OF_SCRIPT
is_told($told, qr/^guarded by the version of this library$/, 1, 'it is upgraded to this package while the server runs, and the table stays guarded');
is_told($told, qr/^ERROR:  23514: model "anthropic\/claude-opus-4-7" is not routable on runtime "hermes"/, 2, "the demo's story goes as it is told");
is_told($told, qr/^UPDATE 1$/, 1, 'the legitimate switch succeeds');

$told = $root->succeeds('the packages are removed', "apt-get purge postgresql-$major-model-routable model-routable; ls /usr/lib/postgresql/$major/bin/postgres");
is_told($told, qr,^/usr/lib/postgresql/$major/bin/postgres$,, 1, 'PostgreSQL stays');
is(join("\n", $root->files_named('model_routable', 'model-routable')), '', 'nothing of them is left behind');
$root->remove;

done_testing();
