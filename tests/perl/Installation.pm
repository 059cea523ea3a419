# A PostgreSQL whose extension a test can replace: a copy, made of links, of the installation that the tests use.
package Installation;

use strict;
use warnings;

use Exporter 'import';
use File::Basename;
use File::Copy;
use PostgreSQL::Test::Utils qw(append_to_file slurp_file);
use Test::More;

our @EXPORT = qw(builds);

# The folders of other builds of the extension. The folder BUILDS has one for each name. Without BUILDS, the test is skipped.
sub builds
{
	my @names = @_;
	my $folder = $ENV{BUILDS} // '';
	my @missing = grep { !-d "$folder/$_" } @names;
	plan(skip_all => "other builds of the extension are not in the folder BUILDS: @missing") if @missing;
	return map { "$folder/$_" } @names;
}

# Servers that are made after this use this installation, because it comes first in PATH: the module of PostgreSQL 13 has no
# other way. The tree of folders is that of SERVER_TREE, with the server at the path that pg_config prints.
sub new
{
	my ($class) = @_;
	my $tree = $ENV{SERVER_TREE} or die 'SERVER_TREE does not name a tree of folders with the server';
	my $copy = PostgreSQL::Test::Utils::tempdir('installation');
	my %self = (tree => $tree, copy => $copy);
	for my $place (qw(bindir sharedir pkglibdir))
	{
		chomp($self{$place} = qx(pg_config --$place));
	}
	system('cp', '-rs', "$tree/.", $copy) == 0 or die 'the installation cannot be copied';
	# The server finds its other files relative to its own program, and would follow a link.
	for my $program (map { "$self{bindir}/$_" } qw(postgres initdb pg_ctl))
	{
		unlink "$copy$program";
		copy("$tree$program", "$copy$program") or die "$program: $!";
		chmod 0755, "$copy$program";
	}
	$ENV{PATH} = "$copy$self{bindir}:$ENV{PATH}";
	return bless \%self, $class;
}

# The folder of its programs.
sub bindir
{
	my ($self) = @_;
	return "$self->{copy}$self->{bindir}";
}

# Copies the libraries of a folder into place, as new files, because running sessions have mapped the former ones.
sub install_libraries
{
	my ($self, $folder) = @_;
	for my $file (glob "$folder/model_routable*.so")
	{
		my $installed = "$self->{copy}$self->{pkglibdir}/" . basename($file);
		copy($file, "$installed.new") or die "$file: $!";
		chmod 0755, "$installed.new";
		rename "$installed.new", $installed or die "$installed: $!";
	}
	return;
}

# Puts the libraries of this version back.
sub restore_libraries
{
	my ($self) = @_;
	return $self->install_libraries("$self->{tree}$self->{pkglibdir}");
}

# Adds install scripts of released versions. Up to 0.2.0, functions named the library with its folder.
sub install_scripts
{
	my ($self, @files) = @_;
	for my $file (@files)
	{
		append_to_file("$self->{copy}$self->{sharedir}/extension/" . basename($file),
			slurp_file($file) =~ s,MODULE_PATHNAME,\$libdir/model_routable,gr);
	}
	return;
}

1;
