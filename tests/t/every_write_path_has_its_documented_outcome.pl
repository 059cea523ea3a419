# Every way to write a row that we know of, with each kind of guard. docs/write-paths.md says which bad pairs are stored and
# which legitimate writes are refused. A released registry has the same outcomes as the built-in one, and a guard that the backend
# has used before has the same outcomes as a new one.
use strict;
use warnings;

use Documents;
use PostgreSQL::Test::Utils qw(slurp_file);
use Registries;
use ServerUnderTest;
use Test::More;
use WritePaths;

my $node = start_server('main', '', extra => [ '-E', 'UTF8', '--locale=C' ]);
my $major = major($node);
# The document also has paths that this version of PostgreSQL does not have yet.
my @paths = grep { $_->{since} <= $major } write_paths();
my %skipped = map { $_->{title} => 1 } grep { $_->{since} > $major } write_paths();
my ($tables) = slurp_file(repository_path('docs/write-paths.md')) =~ /^\| not offered .*?\n(.*)/ms;
my @documented = grep { !/^\| (.*?) \|/ || !$skipped{$1} } document_rows($tables);
my @registries = ([ 'built_in', '', 0 ], [ 'released', ', by a release and a guard that was used before', 1 ]);

# The outcomes of a path in the document, by column heading, from the first row with its title.
sub documented_outcomes
{
	my ($title) = @_;
	my (undef, @headings) = grep { $_ ne '' } split / *\| */, $documented[0];
	my ($row) = grep { /^\| \Q$title\E \|/ } @documented;
	my %outcomes;
	@outcomes{@headings} = (split / *\| */, $row // '')[ 2 .. 1 + @headings ];
	return \%outcomes;
}

# The tables that the document has to have. Usage: tables(kinds of guard, runs by file of the path and name of the kind)
sub tables
{
	my ($kinds, $runs) = @_;
	my (@outcomes, @exceptions, @others);
	for my $path (@paths)
	{
		my @runs = map { [ $_->{name}, $runs->{ $path->{file} }{ $_->{name} } ] } @$kinds;
		my ($default, @rest) = map { $_->[1]{outcome} } @runs;
		push @outcomes, '| ' . join(' | ', $path->{title}, $default, @rest) . ' |';
		my $why = '| ' . join(' | ', $path->{title}, $path->{reason}, finders(@runs)) . ' |';
		push @exceptions, $why if $default ne 'safe';
		push @others, $why if $default eq 'safe' && grep { $_ ne 'safe' } @rest;
	}
	my $header = '| path | why | what finds it |';
	return ('| ' . join(' | ', 'path', map { $_->{heading} } @$kinds) . ' |', @outcomes, $header, @exceptions, $header, @others);
}

for my $registry (@registries)
{
	my ($database, $with, $is_warm) = @$registry;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, slurp_file(repository_path('write_paths/setup/database.sql')));
	if ($database eq 'released')
	{
		give_registries($node, $database);
		$node->safe_psql($database, release('shipped'));
	}
	my @kinds = kinds_of_guard($node, $database);
	my (%runs, @harmless);
	for my $path (@paths)
	{
		# A path that stores no bad pair without a guard would prove nothing.
		my $unguarded = run_path($node, $database, $path, 'none', $is_warm)->{outcome};
		push @harmless, "$path->{title}: $unguarded" unless $unguarded =~ /^[1-9]\d* bad pairs?$/;
		my $documented = documented_outcomes($path->{title});
		for my $kind (@kinds)
		{
			my $run = run_path($node, $database, $path, $kind->{name}, $is_warm);
			$runs{ $path->{file} }{ $kind->{name} } = $run;
			my $outcome = $documented->{ $kind->{heading} } // 'nothing';
			is($run->{outcome}, $outcome, "$path->{title}, $kind->{name}$with: $outcome");
		}
	}
	is_deeply(\@harmless, [], "without a guard, every path stores a bad pair, and refuses nothing$with");
	my @found = tables(\@kinds, \%runs);
	keep_result("write_paths.$database", @found);
	is_deeply(\@found, \@documented, "the tables of docs/write-paths.md are what these tests found$with");
}

done_testing();
