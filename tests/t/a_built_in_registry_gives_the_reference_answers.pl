# The reference answers in SQL, from libraries with the shipped registry and with other registries built in.
use strict;
use warnings;

use FindBin;
use Installation;
use Registries;
use ServerUnderTest;
use Test::More;

my ($third, $eighth) = builds(qw(registry-03 registry-08));
my $installation = Installation->new;
my $node = start_server('main');
my $root = "$FindBin::RealBin/..";
my %build = ('shipped' => undef, 'registry-03' => $third, 'registry-08' => $eighth);
for my $name (sort keys %build)
{
	$build{$name} ? $installation->install_libraries($build{$name}) : $installation->restore_libraries;
	my $database = $name =~ tr/-/_/r;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	my $asked = () = registry_file("conformance/$name.jsonl") =~ /\n/g;
	cmp_ok($asked, '>', 100, "$name: there are answers");
	my ($status, $stdout, $stderr) = $node->psql($database, undef,
		extra_params => [ '-v', "answers=$root/conformance/$name.jsonl", '-f', "$root/conformance.sql" ]);
	is("$stdout$stderr", "$asked asked, 0 wrong", "$name: each of $asked answers is the reference answer");
}

done_testing();
