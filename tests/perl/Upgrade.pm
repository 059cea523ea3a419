# Databases with the objects of a released version, and checks of their guards and functions.
package Upgrade;

use strict;
use warnings;

use Exporter 'import';
use FindBin;
use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;

our @EXPORT = qw(releases install_script extension_database guarded_database same_catalogue differences guards_work every_function
  every_function_or_reason messages_in);

my $root = "$FindBin::RealBin/..";

# The releases from sql/released/versions: the version, the commit, and the SHA-256 of the install script.
sub releases
{
	return map { { version => $_->[0], commit => $_->[1], sha256 => $_->[2] } }
	  map { [ split ' ' ] } grep { !/^#/ } split /\n/, slurp_file("$root/sql/released/versions");
}

sub install_script
{
	my ($version) = @_;
	return "$root/sql/released/model_routable--$version.sql";
}

# Usage: extension_database(node, database, version or nothing, schema)
sub extension_database
{
	my ($node, $database, $version, $schema) = @_;
	my $clause = $version ? "VERSION '$version'" : '';
	$schema //= 'public';
	$node->safe_psql('postgres', "DROP DATABASE IF EXISTS $database");
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE template0");
	$node->safe_psql($database, "SET client_min_messages = error; CREATE SCHEMA IF NOT EXISTS $schema;
		CREATE EXTENSION model_routable SCHEMA $schema $clause");
	return;
}

# A database with the objects of a version, and a guard of each kind.
sub guarded_database
{
	my ($node, $database, $version) = @_;
	extension_database($node, $database, $version);
	$node->safe_psql($database, slurp_file("$root/upgrade/database.sql"));
	return;
}

# The lines that only one of two texts has.
sub differences
{
	my ($former, $later) = @_;
	my %count;
	$count{$_}++ for split /\n/, $later;
	my @lacking = grep { --$count{$_} < 0 } split /\n/, $former;
	return join("\n", map({ "-$_" } @lacking), map({ ("+$_") x $count{$_} } grep { $count{$_} > 0 } sort keys %count));
}

# Asserts that the catalogs of two databases have the same objects of the extension.
sub same_catalogue
{
	my ($node, $first, $second, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my ($former, $later) = map { $node->safe_psql($_, slurp_file("$root/upgrade/catalogue.sql")) } $first, $second;
	return is(differences($former, $later), '', $name);
}

# The output of a script in a new session, messages included. settings are statements that run first.
sub output
{
	my ($node, $database, $script, $settings) = @_;
	my ($out, $messages) = run_script($node, $database, ($settings // '') . slurp_file("$root/upgrade/$script"));
	return $out . $messages;
}

# The output of a script in a session that stays connected, messages included.
sub messages_in
{
	my ($session, $script) = @_;
	$session->{stderr} = '';
	my $printed = $session->query($script);
	# Later versions of the module also mark the end of messages.
	my @messages = grep { !/QUERY_SEPARATOR/ } split /\n/, $session->{stderr};
	$session->{stderr} = '';
	return join("\n", grep { length } $printed, @messages);
}

# Asserts that guards refuse the incident and leave the rest alone. Usage: guards_work(node or session, database or nothing, name)
sub guards_work
{
	my ($where, $database, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my $printed = defined $database
	  ? output($where, $database, 'guards_work.sql', "SET statement_timeout = '10s';\n")
	  : messages_in($where, "\\i $root/upgrade/guards_work.sql");
	return is($printed, '', $name);
}

# The functions that do not work, with their errors. Usage: every_function(node or session, database or nothing)
sub every_function
{
	my ($where, $database) = @_;
	return defined $database
	  ? output($where, $database, 'every_function.sql', "\\set VERBOSITY terse\n")
	  : messages_in($where, "\\set VERBOSITY terse\n\\i $root/upgrade/every_function.sql");
}

# Asserts about the result of every_function that all functions work, or that the errors say that the library has another
# version.
sub every_function_or_reason
{
	my ($printed, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my $lacks = qr/could not find function "[a-z_0-9]*" in file ".*model_routable\.so"/;
	my $former = qr/the objects of extension "model_routable" are of an earlier version than its library/;
	my @lines = split /\n/, $printed;
	return is(join("\n", grep { !/ERROR:  (?:$lacks|$former)/ } @lines), '',
		"$name: " . (@lines ? 'what the library lacks is an error that says so (' . @lines . '), and all else works' : 'every function works'));
}

1;
