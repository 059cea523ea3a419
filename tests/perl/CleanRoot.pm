# A clean root of this machine's Debian, in which a test installs packages. What runs in it is of its own: no process outlives the
# command that started it, and no variable comes from this machine, where PGHOST would name a server.
package CleanRoot;

use strict;
use warnings;

use Exporter 'import';
use File::Basename;
use IPC::Run;
use Test::More;

our @EXPORT = qw(packages contents command_succeeds);

# The packages of a build, sorted by name. Builds are the folders of PACKAGES: this, again and previous. Usage: packages(build, ending)
sub packages
{
	my ($build, $ending) = @_;
	my $folder = $ENV{PACKAGES} or die 'PACKAGES does not name the folder with the packages';
	return sort glob "$folder/$build/*$ending";
}

# The contents of a file.
sub contents
{
	local (@ARGV, $/) = @_;
	return scalar <>;
}

# Asserts that a command succeeds, and shows what it printed if it did not. Usage: command_succeeds(name, command...)
sub command_succeeds
{
	my ($name, @command) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my $output = '';
	my $succeeded = ok(IPC::Run::run(\@command, '<', '/dev/null', '>&', \$output), $name);
	show_end($output) unless $succeeded;
	return $succeeded;
}

sub show_end
{
	my @lines = split /\n/, shift;
	diag(join("\n", @lines > 20 ? @lines[-20 .. -1] : @lines));
	return;
}

# This process can be an ordinary user's, who may use sudo.
sub as_root
{
	my @command = @_;
	return $> == 0 ? @command : ('sudo', '-n', @command);
}

sub must
{
	my @command = as_root(@_);
	my $output = '';
	IPC::Run::run(\@command, '<', '/dev/null', '>&', \$output) or die "@command: $output";
	return;
}

# Makes a root without Recommends of packages and without services that start by themselves. apt-get asks nothing. The folder
# /packages has the files. Usage: CleanRoot->new(file...)
sub new
{
	my ($class, @files) = @_;
	my $base = "$ENV{PACKAGES}/base";
	make_base($base) unless -d $base;
	my $root = "$ENV{PACKAGES}/root." . basename($0, '.pl');
	must('rm', '-rf', $root);
	must('cp', '-a', $base, $root);
	must('mkdir', "$root/packages");
	must('cp', '-r', @files, "$root/packages");
	return bless { root => $root }, $class;
}

# The tests share what debootstrap makes, since it takes a minute.
sub make_base
{
	my ($base) = @_;
	my ($codename) = contents('/etc/os-release') =~ /^VERSION_CODENAME=(.*)$/m;
	# With the updates, because the package can need a PostgreSQL as late as the one that it was built with.
	my @sources = split /^/, qx(apt-get indextargets --format 'deb \$(REPO_URI) \$(RELEASE) \$(COMPONENT)' 'Created-By: Packages' 'Origin: Debian');
	my ($mirror) = map { m,^deb (\S+) \Q$codename\E main$, } @sources;
	must('rm', '-rf', "$base.new");
	must('debootstrap', '--variant=minbase', '--include=sudo', $codename, "$base.new", $mirror);
	must('cp', '/etc/resolv.conf', "$base.new/etc/resolv.conf");
	my $settings = "cat >/etc/apt/sources.list <<'END_OF_LIST'\n" . join('', @sources) . "END_OF_LIST\n" . <<'END_OF_SCRIPT';
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
printf 'APT::Get::Assume-Yes "true";\nAPT::Install-Recommends "false";\n' >/etc/apt/apt.conf.d/test
mkdir -p /etc/postgresql-common/createcluster.d
echo "listen_addresses = ''" >/etc/postgresql-common/createcluster.d/test.conf
END_OF_SCRIPT
	must('chroot', "$base.new", '/bin/sh', '-ec', $settings);
	must('mv', "$base.new", $base);
	return;
}

# Runs a script of the shell in the folder /packages, which ends at the first command that fails. Returns whether none failed, and
# what it printed.
sub run
{
	my ($self, $script) = @_;
	my @isolated = qw(env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
	  unshare --mount --pid --fork --kill-child chroot);
	my $output = '';
	my $succeeded = IPC::Run::run(
		[   as_root(@isolated, $self->{root}, '/bin/sh', '-ec',
				"mount -t proc proc /proc\nexport DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8\ncd /packages\n$script") ],
		'<', '/dev/null', '>&', \$output);
	return ($succeeded, $output);
}

# Asserts that a script succeeds, and returns what it printed.
sub succeeds
{
	my ($self, $name, $script) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my ($succeeded, $output) = $self->run($script);
	ok($succeeded, $name) or show_end($output);
	return $output;
}

# Files and folders whose names have one of these words, other than the packages themselves and logs.
sub files_named
{
	my ($self, @words) = @_;
	my $found = '';
	my ($root, @names) = ($self->{root}, map { ('-o', '-name', "*$_*") } @words);
	IPC::Run::run([ as_root('find', $root, '-xdev', '(', @names[ 1 .. $#names ], ')',
			'-not', '-path', "$root/packages/*", '-not', '-path', "$root/var/log/*") ], '>', \$found) or die 'find fails';
	return split /\n/, $found;
}

sub remove
{
	my ($self) = @_;
	must('rm', '-rf', $self->{root});
	return;
}

1;
