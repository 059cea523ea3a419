# Registries to release, and sessions that stay connected during releases.
package Registries;

use strict;
use warnings;

use Exporter 'import';
use FindBin;
use PostgreSQL::Test::Utils qw(slurp_file);
use Test::More;

our @EXPORT = qw(registry_file give_registries release answer judges $judge);

# A question that the shipped registry and the registry without kimi-k2 answer differently.
our $judge = "SELECT model_routable('claude-code', 'kimi-k2');";

# The content of a file of the repository. scripts/suites.sh copies it beside the tests.
sub registry_file
{
	my ($name) = @_;
	return slurp_file("$FindBin::RealBin/../$name");
}

# Stores two registries in a table, so that SQL can release them: the shipped one, and the one without kimi-k2.
sub give_registries
{
	my ($node, $database) = @_;
	my $shipped = registry_file('providers.yaml');
	my $withdrawn = $shipped =~ s/^ {10}- kimi-k2\n/        withdrawn_models: [kimi-k2]\n/mr;
	die 'kimi-k2 is not in the registry as it was' if $withdrawn eq $shipped;
	$node->safe_psql($database, "CREATE TABLE registries (name text, file text);
		INSERT INTO registries VALUES ('shipped', \$file\$$shipped\$file\$), ('withdrawn', \$file\$$withdrawn\$file\$);");
	return;
}

# The statement that releases one of them.
sub release
{
	my ($name, $more) = @_;
	return "SELECT routable.release(file" . ($more ? ", $more" : '') . ") FROM registries WHERE name = '$name';";
}

# The output of a statement in a session that stays connected, and the first line of each error message.
sub answer
{
	my ($session, $statement) = @_;
	$session->{stderr} = '';
	my $printed = $session->query($statement);
	my @errors = $session->{stderr} =~ /(ERROR:  .*|FATAL:  .*)/g;
	$session->{stderr} = '';
	return join("\n", (length $printed ? $printed : ()), @errors);
}

# Asserts a session's answer for kimi-k2.
sub judges
{
	my ($session, $expected, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	return is(answer($session, $judge), $expected, $name);
}

1;
