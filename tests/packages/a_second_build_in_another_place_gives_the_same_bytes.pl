# The packages and the source archive of a commit have the same bytes wherever they are built.
use strict;
use warnings;

use CleanRoot;
use File::Basename;
use File::Compare;
use Test::More;

my @files = (packages('this', '.deb'), packages('this', '.zip'));
is(scalar @files, 3, 'there are two Debian packages and the source archive');
for my $file (map { basename($_) } @files)
{
	is(compare("$ENV{PACKAGES}/this/$file", "$ENV{PACKAGES}/again/$file"), 0, "a second build in another place gives the same bytes: $file");
}

done_testing();
