# pgxn install builds and installs the source archive, here below a root of its own, and PostgreSQL loads the extension from there.
use strict;
use warnings;

use CleanRoot;
use File::Find;
use File::Temp;
use IPC::Run;
use Test::More;

my ($archive) = packages('this', '.zip');
my $root = File::Temp->newdir;
# The server's user is another one.
chmod 0755, $root;
my @with = ('--pg_config', $ENV{PG_CONFIG}, '--sudo', 'env', $archive);
my @pgxn = ('env', "DESTDIR=$root", $ENV{PGXN});

command_succeeds('pgxn install succeeds', @pgxn, 'install', @with);
my @question = (qw(psql -XAtq -v ON_ERROR_STOP=1 -c), 'CREATE EXTENSION model_routable',
	'-c', "SELECT NOT model_routable('hermes', 'anthropic/claude-opus-4-7')");
chomp(my $libraries = qx($ENV{PG_CONFIG} --pkglibdir));
IPC::Run::run([ 'pg_virtualenv', '-v', $ENV{PG_MAJOR}, '-o', "extension_destdir=$root",
		'-o', "dynamic_library_path=$root$libraries:\$libdir", @question ], '<', '/dev/null', '>', \my $answer, '2>', \my $messages);
like($answer, qr/^t$/m, 'PostgreSQL creates the extension that pgxn installed, and asks it') or diag($messages);

command_succeeds('pgxn uninstall succeeds', @pgxn, 'uninstall', @with);
my @left;
find({ no_chdir => 1, wanted => sub { push @left, $_ if -f } }, $root);
is_deeply(\@left, [], 'pgxn uninstall leaves no file');

done_testing();
