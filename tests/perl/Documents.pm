# The tables of the documents, which have to agree with the results of tests.
package Documents;

use strict;
use warnings;

use Exporter 'import';
use FindBin;
use PostgreSQL::Test::Utils qw(slurp_file);
use Test::More;

our @EXPORT = qw(repository_path section document_rows rows_are_documented keep_result);

# The path of a file of the repository. scripts/suites.sh copies it beside the tests.
sub repository_path
{
	my ($name) = @_;
	return "$FindBin::RealBin/../$name";
}

# The text under a heading of a document, up to the next heading of the same level.
sub section
{
	my ($document, $heading) = @_;
	my ($section) = slurp_file(repository_path($document)) =~ /^## \Q$heading\E\n(.*?)(?=^## |\z)/ms
	  or die "$document has no heading $heading";
	return $section;
}

# The rows of the tables in Markdown text, headers included.
sub document_rows
{
	my ($text) = @_;
	return $text =~ /^(\| .*)$/mg;
}

# Asserts that the table under a heading of docs/operations.md has exactly these rows. Keeps them as the result with this
# name.
sub rows_are_documented
{
	my ($heading, $name, @rows) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	keep_result($name, @rows);
	my (undef, @documented) = document_rows(section('docs/operations.md', $heading));
	for my $row (@rows)
	{
		my ($first, $outcomes) = $row =~ /^\| (.*?) \| (.*) \|$/;
		my ($same) = grep { /^\| \Q$first\E \| / } @documented;
		is($row, $same, "$heading: $first: $outcomes");
	}
	return is(scalar @documented, scalar @rows, "$heading: the document has a row for each of these tests, and no other");
}

# Writes lines to a file of the results folder. They can be copied into a document from there.
sub keep_result
{
	my ($name, @lines) = @_;
	my $file = "$PostgreSQL::Test::Utils::log_path/$name";
	open(my $handle, '>', $file) or die "$file: $!";
	print $handle map { "$_\n" } @lines;
	close($handle) or die "$file: $!";
	return;
}

1;
