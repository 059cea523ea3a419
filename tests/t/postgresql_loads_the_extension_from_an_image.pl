# PostgreSQL 18 and later load the extension from the image that make image makes. Kubernetes mounts it as a volume; here, its
# layers are unpacked into a folder. The server itself has no file of the extension. IMAGE is the archive of the image.
use strict;
use warnings;

use File::Basename;
use File::Find;
use JSON::PP;
use PostgreSQL::Test::Utils qw(slurp_file);
use Registries;
use ServerUnderTest;
use Test::More;
use Upgrade;

plan skip_all => 'IMAGE does not name the archive of an image' unless $ENV{IMAGE};
my ($archive, $image) = map { PostgreSQL::Test::Utils::tempdir($_) } 'archive', 'image';

sub unpack_into
{
	my ($folder, $file) = @_;
	system('tar', '-x', '-C', $folder, '-f', $file) == 0 or die "$file cannot be unpacked";
	return;
}

# The content of a file of the archive, by its descriptor.
sub blob
{
	my ($descriptor) = @_;
	return "$archive/blobs/" . $descriptor->{digest} =~ tr,:,/,r;
}

unpack_into($archive, $ENV{IMAGE});
my ($manifest) = @{ decode_json(slurp_file("$archive/index.json"))->{manifests} };
unpack_into($image, blob($_)) for @{ decode_json(slurp_file(blob($manifest)))->{layers} };
my @files;
find({ no_chdir => 1, wanted => sub { push @files, substr($_, length $image) if -f } }, $image);
my ($version) = registry_file('Cargo.toml') =~ /^version = "(.*)"$/m;
my @scripts = map { basename($_) } glob("$FindBin::RealBin/../sql/model_routable--*.sql");
my ($licences) = map { dirname($_) } grep { m,/copyright$, } @files;
is_deeply(
	[ sort @files ],
	[ sort '/lib/model_routable.so', '/lib/model_routable_reader.so', "$licences/copyright", "$licences/licences.gz",
		map { "/share/extension/$_" } 'model_routable.control', "model_routable--$version.sql", @scripts ],
	'the image has the libraries, the control file, the scripts and the licences');

# As CloudNativePG sets them: what is mounted comes after the server's own folders.
my $settings = "extension_control_path = '\$system:$image/share'\ndynamic_library_path = '\$libdir:$image/lib'\n";
my $node = start_server('main', '', without_extension => 1);
my $available = q{SELECT count(*) FROM pg_available_extensions WHERE name = 'model_routable'};
is($node->safe_psql('postgres', $available), '0', 'without settings, the server has no such extension');
$node->append_conf('postgresql.conf', $settings);
$node->restart;
is($node->safe_psql('postgres', $available), '1', 'with the paths of the image, it has');

guarded_database($node, 'guarded');
guards_work($node, 'guarded', 'guards refuse the incident');
is(every_function($node, 'guarded'), '', 'every function works');
give_registries($node, 'guarded');
is($node->safe_psql('guarded', release('withdrawn') . $judge), "1\nf", 'a release is in force');
$node->restart;
is($node->safe_psql('guarded', $judge), 'f', 'after a restart too');
guards_work($node, 'guarded', 'after a restart, guards refuse the incident');
$node->stop;

# pg_upgrade loads the libraries by the names that functions have.
my $new = PostgreSQL::Test::Cluster->new('new');
$new->init;
$new->append_conf('postgresql.conf', $settings);
my $bindir = dirname(grep { -x } map { "$_/pg_ctl" } split /:/, $ENV{PATH});
chdir $PostgreSQL::Test::Utils::tmp_check;
$new->command_ok([ 'pg_upgrade', '--no-sync', '-b', $bindir, '-B', $bindir, '-d', $node->data_dir, '-D', $new->data_dir,
		'-s', $new->host, '-p', $node->port, '-P', $new->port ], 'pg_upgrade takes the cluster to another with the same image');
$new->start;
guards_work($new, 'guarded', 'after pg_upgrade, guards refuse the incident');

done_testing();
