# The library is installed before the extension is updated. With the objects of every released version, the guards work, and
# each function works or raises an error that says what to do.
use strict;
use warnings;

use Installation;
use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;
use Upgrade;

my $installation = Installation->new;
$installation->install_scripts(map { install_script($_->{version}) } releases());
my $node = start_server('main');

# The symbols that the objects call, with their declarations.
sub symbols
{
	my ($database) = @_;
	my $declarations = $node->safe_psql($database, slurp_file("$FindBin::RealBin/../upgrade/symbols.sql"));
	return map { /^(\S+) (.*)$/ } split /\n/, $declarations;
}

my %now = symbols('postgres');
for my $release (releases())
{
	my $version = $release->{version};
	guarded_database($node, 'former', $version);
	guards_work($node, 'former', "with the objects of $version and this library, the guards work");
	every_function_or_reason(every_function($node, 'former'), "with the objects of $version and this library");
	my %then = symbols('former');
	my @shared = grep { exists $now{$_} } sort keys %then;
	cmp_ok(@shared, '>', 0, "the objects of $version ask this library for symbols");
	# A session with the library of one version must not read columns that the objects of another version do not have.
	is_deeply([ grep { $then{$_} ne $now{$_} } @shared ], [],
		"no symbol of the library that $version asks for is declared in another way now");
}

done_testing();
