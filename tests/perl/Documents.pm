# Tables of the documents, which have to say what tests found.
package Documents;

use strict;
use warnings;

use Exporter 'import';
use FindBin;
use PostgreSQL::Test::Utils qw(slurp_file);
use Test::More;

our @EXPORT = qw(repository_path section document_rows rows_are_documented keep_result);

# The path of a file of the repository, which scripts/suites.sh put beside the tests.
sub repository_path
{
	my ($name) = @_;
	return "$FindBin::RealBin/../$name";
}

# What stands under a heading of a document, up to the next one of its level.
sub section
{
	my ($document, $heading) = @_;
	my ($section) = slurp_file(repository_path($document)) =~ /^## \Q$heading\E\n(.*?)(?=^## |\z)/ms
	  or die "$document has no heading $heading";
	return $section;
}

# The rows of the tables in a text of Markdown, headers included.
sub document_rows
{
	my ($text) = @_;
	return $text =~ /^(\| .*)$/mg;
}

# Asserts that the table of docs/operations.md under a heading has these rows and no others. They are kept as the result of a name.
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

# Writes lines to a file of the results folder, from where they can be copied into a document.
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
