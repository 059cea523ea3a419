# Ways to write to a guarded table, each an SQL file, and their outcomes with each kind of guard.
package WritePaths;

use strict;
use warnings;

use Documents;
use Exporter 'import';
use IPC::Run;
use PostgreSQL::Test::Utils qw(append_to_file slurp_file);

our @EXPORT = qw(write_paths kinds_of_guard run_path finders);

# The write paths, in the order of the document. Each file begins with comments: its title, the reason for an exception, and
# fields: since, the first version of PostgreSQL that has it; errors, SQLSTATEs other than check_violation that can occur.
sub write_paths
{
	my @paths;
	for my $file (sort glob(repository_path('write_paths/*.sql')))
	{
		my ($header) = slurp_file($file) =~ /\A((?:--.*\n)+)/ or die "$file has no title";
		my ($title, @lines) = map { s/^-- //r } split /\n/, $header;
		my %fields = map { /^(since|errors): (.*)/ ? ($1 => $2) : () } @lines;
		push @paths, { file => $file, title => $title, reason => join(' ', grep { !/^(?:since|errors): / } @lines),
			since => $fields{since} // 0, errors => [ split /, */, $fields{errors} // '' ] };
	}
	return @paths;
}

# The kinds of guard, in the order of the document's columns, with name and heading.
sub kinds_of_guard
{
	my ($node, $database) = @_;
	my $kinds = $node->safe_psql($database, 'SELECT name, heading FROM kinds_of_guard ORDER BY position');
	return map { my ($name, $heading) = split /\|/; { name => $name, heading => $heading } } split /\n/, $kinds;
}

# Runs a path with a kind of guard, or without a guard. Returns its outcome, and whether routable.guards and
# routable.is_guarded() report its tables. If it is warm, the backend has used the guard before.
sub run_path
{
	my ($node, $database, $path, $kind, $is_warm) = @_;
	my ($out, $errors) = ('', '');
	my $file = $path->{file};
	if ($is_warm)
	{
		$file = PostgreSQL::Test::Utils::tempdir_short() . '/path.sql';
		append_to_file($file, slurp_file($path->{file}) =~ s/^SELECT guard\('(\w+)'.*\n/$&SELECT use_guard('$1');\n/mgr);
	}
	my $setup = repository_path('write_paths/setup');
	# The environment sets the parameters for all sessions that a path starts.
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGDATABASE => $database, PSQLRC => '/dev/null',
		PGOPTIONS => '-c search_path=path,public -c client_min_messages=warning -c write_paths.guard=' . $kind =~ s/ /\\ /gr);
	IPC::Run::run([ 'psql', '-qAt', '-F', ' ', '-v', 'VERBOSITY=sqlstate', '-v', 'SHOW_CONTEXT=never',
			'-f', "$setup/before.sql", '-f', $file, '-f', "$setup/after.sql" ],
		'<', '/dev/null', '>', \$out, '2>', \$errors, IPC::Run::timeout(180));
	my ($counted, $told) = (split /\n/, $out)[ -2, -1 ];
	my ($guards, $is_guarded) = map { $_ eq 't' } split / /, $told // '';
	return { outcome => outcome($path, $counted, $errors), guards => $guards, is_guarded => $is_guarded };
}

# Usage: outcome(path, line with the counts of bad pairs and false refusals, messages)
sub outcome
{
	my ($path, $counted, $errors) = @_;
	return 'not offered' if $errors =~ /ERROR:  NOTOF/;
	my %expected = map { $_ => 1 } 23514, @{ $path->{errors} };
	my %unexpected = map { $_ => 1 } grep { !$expected{$_} } $errors =~ /^.*(?:ERROR|FATAL|PANIC): *(.*)$/mg;
	return 'unexpected error ' . join(' ', sort keys %unexpected) if %unexpected || $errors =~ /connection to server/;
	my ($bad_pairs, $false_refusals) = ($counted // '') =~ /^(\d+) (\d+)$/ or return 'no result';
	return join(', ', number_of($bad_pairs, 'bad pair'), number_of($false_refusals, 'false refusal')) || 'safe';
}

sub number_of
{
	my ($number, $what) = @_;
	return $number == 0 ? () : $number == 1 ? "1 $what" : "$number ${what}s";
}

# What finds the bad pairs and false refusals of a path. Usage: finders([name of a kind, its run]...)
sub finders
{
	my @found = grep { $_->[1] ne '' } map { [ $_->[0], join(', ', finders_of_run($_->[1])) ] } @_;
	my %distinct = map { $_->[1] => 1 } @found;
	# Written once if it is the same for every kind of guard that has an exception.
	return keys %distinct == 1 ? $found[0][1] : join('; ', map { "$_->[0]: $_->[1]" } @found);
}

sub finders_of_run
{
	my ($run) = @_;
	return 'the error of `routable.attach`' if $run->{outcome} eq 'not offered';
	my @finders;
	if ($run->{outcome} =~ /bad pair/)
	{
		push @finders, '`routable.guards`' if $run->{guards};
		push @finders, '`routable.is_guarded`' if $run->{is_guarded};
		push @finders, 'a query';
	}
	if ($run->{outcome} =~ /false refusal/)
	{
		push @finders, 'the error';
		# If the guard itself is broken, the view reports that too.
		push @finders, '`routable.guards`' if $run->{is_guarded};
	}
	return @finders;
}

1;
