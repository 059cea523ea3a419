# Every way to write a row that we know of, in a database that the script of the SQL edition made: what is stored, and what is refused,
# is what docs/write-paths.md says of the extension, except for the differences below.
use strict;
use warnings;

use Documents;
use Edition;
use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;
use WritePaths;

# By path and kind of guard: what comes of it, and why.
my $renamed = 'the event trigger that refuses such an ALTER TABLE needs a superuser; routable.guards tells of it';
my $enforcement = 'the parameter needs a library; without one, anybody could set it';
my %differences = (
	'Two columns swap their names, default' => [ '1 bad pair', $renamed ],
	'Two columns swap their names, last word' => [ '2 bad pairs', $renamed ],
	'Two columns swap their names, check' => [ '2 bad pairs', $renamed ],
	'Two columns swap their names, second' => [ '1 bad pair, 1 false refusal', $renamed ],
	'RENAME COLUMN, then ADD COLUMN of the old name, default' => [ '1 bad pair, 1 false refusal', $renamed ],
	'RENAME COLUMN, then ADD COLUMN of the old name, last word' => [ '1 bad pair', $renamed ],
	'RENAME COLUMN, then ADD COLUMN of the old name, check' => [ '1 bad pair', $renamed ],
	'RENAME COLUMN, then ADD COLUMN of the old name, second' => [ '1 bad pair, 1 false refusal', $renamed ],
	'model_routable.enforcement = warn, default' => [ 'safe', $enforcement ],
	'model_routable.enforcement = warn, last word' => [ 'safe', $enforcement ],
	'model_routable.enforcement = warn, second' => [ 'safe', $enforcement ],
);

my $node = start_server('main', '', without_extension => 1, extra => [ '-E', 'UTF8', '--locale=C' ]);
my $major = major($node);
my $database = 'edition';
$node->safe_psql('postgres', "CREATE DATABASE $database");
run_edition($node, $database, edition_script());
$node->safe_psql($database, slurp_file(repository_path('write_paths/setup/database.sql')) =~ s/^CREATE EXTENSION model_routable;\n//mr);

my ($tables) = slurp_file(repository_path('docs/write-paths.md')) =~ /^\| not offered .*?\n(.*)/ms;
my @documented = document_rows($tables);
my (undef, @headings) = grep { $_ ne '' } split / *\| */, $documented[0];

# Deferral is not offered at all.
my @kinds = grep { $_->{name} ne 'deferred' } kinds_of_guard($node, $database);
for my $path (grep { $_->{since} <= $major } write_paths())
{
	my ($row) = grep { /^\| \Q$path->{title}\E \|/ } @documented;
	my %documented;
	@documented{@headings} = (split / *\| */, $row // '')[ 2 .. 1 + @headings ];
	for my $kind (@kinds)
	{
		my $name = "$path->{title}, $kind->{name}";
		my ($expected, $why) = @{ $differences{$name} // [ $documented{ $kind->{heading} } ] };
		is(run_path($node, $database, $path, $kind->{name})->{outcome}, $expected, "$name: $expected" . ($why ? "; $why" : ''));
	}
}
my $deferred = run_path($node, $database, (write_paths())[0], 'deferred');
is($deferred->{outcome}, 'not offered', 'a deferred guard is not offered');

done_testing();
