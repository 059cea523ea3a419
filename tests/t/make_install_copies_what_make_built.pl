# As for every extension of PostgreSQL: make builds, make install copies (with DESTDIR and PG_CONFIG), and make uninstall
# removes the copies. A program that takes no time stands in for cargo, and an installation must not call it.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Find;
use File::Temp;
use FindBin;
use IPC::Run;
use PostgreSQL::Test::Utils qw(append_to_file slurp_file);
use Test::More;

my $root = abs_path("$FindBin::RealBin/..");
my $folder = File::Temp->newdir;
my $clone = "$folder/a clone";
my ($version) = slurp_file("$root/Cargo.toml") =~ /^version = "(.*)"$/m;
my ($rust) = slurp_file("$root/Cargo.toml") =~ /^rust-version = "(.*)"$/m;

sub program
{
	my ($path, $body) = @_;
	append_to_file($path, "#!/bin/sh\n$body\n");
	chmod 0755, $path;
}

# Runs make in the clone. Returns whether it succeeds, and what it prints.
sub make
{
	my (@arguments) = @_;
	my $output = '';
	my $succeeded = IPC::Run::run([ 'make', '-C', $clone, @arguments ], '>&', \$output);
	return ($succeeded, $output);
}

sub make_succeeds
{
	my ($name, @arguments) = @_;
	my ($succeeded, $output) = make(@arguments);
	ok($succeeded, $name) or diag($output);
	return $output;
}

sub make_fails
{
	my ($name, $pattern, @arguments) = @_;
	my ($succeeded, $output) = make(@arguments);
	ok(!$succeeded, "$name is an error");
	like($output, $pattern, "$name: the error says what to do");
}

# The files below a folder, each with its permissions.
sub files
{
	my ($top) = @_;
	my %found;
	find({ no_chdir => 1, wanted => sub { $found{ substr($_, length $top) } = sprintf('%04o', (stat)[2] & 07777) if -f } }, $top);
	return \%found;
}

mkdir $clone;
system('cp', '-r', map({ "$root/$_" } qw(Makefile Cargo.toml model_routable.control pgrx-config.toml providers.yaml scripts sql)), $clone) == 0
  or die 'the source cannot be copied';
mkdir "$folder/programs";
program("$folder/programs/rustc", "echo 'rustc $rust (0000000 2024-01-01)'");
# Its arguments: the name of a library and the folder to build into.
program("$folder/programs/cargo", <<'END');
while [ $# != 0 ]; do
    case $1 in -p) library=$2 ;; --target-dir) target=$2 ;; esac
    shift
done
mkdir -p "$target/release"
echo "$library, registry ${MODEL_ROUTABLE_PROVIDERS:-shipped}" >"$target/release/lib$library.so"
END
$ENV{PATH} = "$folder/programs:$ENV{PATH}";
$ENV{CARGO_TARGET_DIR} = "$folder/target";
delete @ENV{qw(PG_CONFIG DESTDIR MODEL_ROUTABLE_PROVIDERS MODEL_ROUTABLE_CACHE)};
$ENV{HOME} = "$folder/home";

chomp(my $pg_config = `pg_config --bindir`);
$pg_config .= '/pg_config';
chomp(my $libraries = `$pg_config --pkglibdir`);
chomp(my $scripts = `$pg_config --sharedir`);
$scripts .= '/extension';
my @others = map { s,.*/,,r } glob("$root/sql/model_routable--*.sql");
my %expected = (
	map({ ("$libraries/$_" => '0755') } 'model_routable.so', 'model_routable_reader.so'),
	map({ ("$scripts/$_" => '0644') } 'model_routable.control', "model_routable--$version.sql", @others));

# A PostgreSQL of another version, without headers, in folders without write permission.
sub another_postgresql
{
	my ($place, $headers) = @_;
	mkdir $_ for $place, "$place/lib", "$place/share", "$place/share/extension";
	chmod 0555, "$place/lib", "$place/share/extension";
	program("$place/pg_config", <<"END");
case \$1 in
    --version) echo 'PostgreSQL 17.0' ;;
    --bindir) echo '$place/bin' ;;
    --pkglibdir) echo '$place/lib' ;;
    --sharedir) echo '$place/share' ;;
    *) $headers ;;
esac
END
	return "$place/pg_config";
}

my $locked = another_postgresql("$folder/locked", "$pg_config \"\$@\"");
my $bare = another_postgresql("$folder/bare", "echo '$folder/bare/include'");

make_fails('make install before make', qr/Nothing is built.*Run make first/s, 'install', "DESTDIR=$folder/early");
make_fails('make without the headers of PostgreSQL', qr/headers of PostgreSQL 17 are not in \Q$folder\E.*make PG_CONFIG=/s,
	"PG_CONFIG=$bare");
{
	mkdir "$folder/without cc";
	program("$folder/without cc/$_", "echo '$_ was called' >&2; exit 1") for 'sudo', 'apt-get';
	# If two programs have the same name, the first one.
	symlink $_, "$folder/without cc/" . s,.*/,,r for grep { !m,/cc$, } "$folder/programs/rustc", "$folder/programs/cargo", glob('/usr/bin/*');
	local $ENV{PATH} = "$folder/without cc:" . dirname($pg_config);
	make_fails('make without a C compiler', qr/packages that are not installed: build-essential.*sudo apt-get install -y build-essential/s);
	my (undef, $output) = make();
	unlike($output, qr/was called/, 'make installs nothing');
}

make_succeeds('make builds for another PostgreSQL', "PG_CONFIG=$locked");
make_fails('make install where one may not write',
	qr/\Q$folder\E\/locked\/lib cannot be written.*Run this as root, or as the owner.*make install PG_CONFIG=/s, 'install');

umask 0077;
make_succeeds('make builds');
ok(!-e "$folder/home", 'make writes nothing into the home of its user');

# Nothing is compiled after this.
unlink "$folder/programs/cargo", "$folder/programs/rustc";
program("$folder/programs/$_", "echo '$_ was called' >&2; exit 1") for 'cargo', 'rustc', 'apt-get', 'sudo';
my %before = %{ files($clone) };

my $root_folder = "$folder/a root";
make_succeeds('make install copies, without a compiler', 'install', "PG_CONFIG=$pg_config", "DESTDIR=$root_folder");
is_deeply(files($root_folder), \%expected, 'make install copies the libraries, the control file and the scripts, for everybody to read');
is_deeply(files($clone), \%before, 'make install leaves the clone as it is');
ok(!-e "$folder/home", 'make install writes nothing into the home of its user');
is(slurp_file("$root_folder$scripts/model_routable.control") =~ /^default_version = '(.*)'$/m && $1,
	$version, 'the control file names the version');
my $script = slurp_file("$root_folder$scripts/model_routable--$version.sql");
is_deeply(
	[ grep { index($script, slurp_file("$root/sql/$_")) < 0 } map { s,.*/,,r } grep { !/--/ } glob("$root/sql/*.sql") ],
	[], 'the install script has every file of sql');

append_to_file("$root_folder$libraries/another.so", "of another extension\n");
append_to_file("$root_folder$scripts/model_routable_extra.control", "of another extension\n");
make_succeeds('make uninstall succeeds', 'uninstall', "DESTDIR=$root_folder");
is_deeply(
	[ sort keys %{ files($root_folder) } ],
	[ sort "$libraries/another.so", "$scripts/model_routable_extra.control" ],
	'make uninstall removes what make install copied, and nothing else');

make_fails('make install for another PostgreSQL than that of make', qr/The build is for \Q$pg_config\E.*Run make PG_CONFIG=\S+ first/s,
	'install', "PG_CONFIG=$locked", "DESTDIR=$root_folder");
make_fails('make install with another registry than that of make',
	qr/has the registry \S.*providers\.yaml, and not .*other\.yaml.*Run make MODEL_ROUTABLE_PROVIDERS=other\.yaml first/s,
	'install', 'MODEL_ROUTABLE_PROVIDERS=other.yaml', "DESTDIR=$root_folder");
append_to_file("$clone/sql/guard.sql", "-- edited\n");
make_fails('make install after an edit', qr/later than the build: sql\/guard\.sql.*Run make first/s, 'install', "DESTDIR=$root_folder");
make_succeeds('make clean succeeds', 'clean');
make_fails('make install after make clean', qr/Nothing is built/, 'install', "DESTDIR=$root_folder");

done_testing();
