# Tables of the documents, which have to say what tests found.
package Documents;

use strict;
use warnings;

use Exporter 'import';
use FindBin;
use PostgreSQL::Test::Utils qw(slurp_file);
use Test::More;

our @EXPORT = qw(repository_path document_rows section keep_result);

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
