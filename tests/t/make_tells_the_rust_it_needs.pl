# A build with a Rust that is too old ends at once, and says which version to install. Otherwise cargo would fail with an
# error of a dependency, after minutes.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Temp;
use FindBin;
use IPC::Run;
use PostgreSQL::Test::Utils qw(append_to_file slurp_file);
use Test::More;

my $root = abs_path("$FindBin::RealBin/..");
# The build keeps its logs here, because the caller's folder can belong to another user.
my $cache = File::Temp->newdir;
$ENV{MODEL_ROUTABLE_CACHE} = "$cache";
my ($needed) = slurp_file("$root/Cargo.toml") =~ /^rust-version = "(.*)"$/m;

# A folder with a rustc of another version, and a cargo that must not be called.
sub toolchain
{
	my ($version) = @_;
	my $folder = File::Temp->newdir;
	append_to_file("$folder/rustc", "#!/bin/sh\necho 'rustc $version (0000000 2024-01-01)'\n");
	append_to_file("$folder/cargo", "#!/bin/sh\necho 'cargo was called' >&2\nexit 1\n");
	chmod 0755, "$folder/rustc", "$folder/cargo";
	return $folder;
}

for my $version ('1.80.0', '1.94.1')
{
	my $folder = toolchain($version);
	local $ENV{PATH} = "$folder:$ENV{PATH}";
	my ($output, $error);
	my $succeeded = IPC::Run::run([ 'make', '-C', $root, 'all' ], '>', \$output, '2>', \$error);
	ok(!$succeeded, "make with Rust $version fails");
	like($error, qr/Rust is version \Q$version\E .*needs \Q$needed\E or later/, "make with Rust $version tells the version it needs");
	like($error, qr/rustup update stable/, "make with Rust $version says what to do");
	unlike($error, qr/cargo was called/, "make with Rust $version does not begin to build");
}

my $folder = toolchain($needed);
local $ENV{PATH} = "$folder:$ENV{PATH}";
IPC::Run::run([ 'make', '-C', $root, 'all' ], '>', \my $output, '2>', \my $error);
unlike($error, qr/needs \Q$needed\E or later/, "make with Rust $needed is content");

done_testing();
