# Debian's own check of its packages.
use strict;
use warnings;

use CleanRoot;
use File::Basename;
use IPC::Run;
use Test::More;

for my $package (packages('this', '.deb'))
{
	my $output = '';
	my $succeeded = IPC::Run::run([ 'lintian', '--fail-on', 'error', $package ], '<', '/dev/null', '>&', \$output);
	my ($name, @warnings) = (basename($package) =~ /^([^_]*)/, $output =~ /^W:.*$/mg);
	ok($succeeded, "lintian finds no error in $name") or diag(join("\n", $output =~ /^E:.*$/mg));
	note(scalar(@warnings), " warnings\n", $output);
}

done_testing();
