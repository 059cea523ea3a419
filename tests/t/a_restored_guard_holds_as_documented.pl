# What pg_dump and pg_restore do with a guarded table that has a row from before the guard, for each kind of guard.
# docs/operations.md has the same results.
use strict;
use warnings;

use Documents;
use IPC::Run;
use ServerUnderTest;
use Test::More;

my $node = start_server('main');
my $folder = $PostgreSQL::Test::Utils::tmp_check;
my $bad_pair = q{'hermes', 'anthropic/claude-opus-4-7'};
my %more = (default => '', always => ', replicas => true', check => q{, mechanism => 'check'});

# Makes a database with a guarded table, and its dumps. pg_restore -t would leave out the triggers; pg_dump -t includes them.
for my $guard (sort keys %more)
{
	$node->safe_psql('postgres', "CREATE DATABASE dumped_$guard");
	$node->safe_psql("dumped_$guard", qq{
		CREATE EXTENSION model_routable;
		CREATE TABLE workspaces (id int PRIMARY KEY, runtime text, model text);
		INSERT INTO workspaces VALUES (1, $bad_pair), (2, 'hermes', 'moonshot/kimi-k2.6');
		SELECT routable.attach('workspaces'$more{$guard});
	});
	my %dumps = (sql => [], custom => ['-Fc'], one_table => [ '-t', 'workspaces' ]);
	$node->command_ok([ 'pg_dump', @{ $dumps{$_} }, '-f', "$folder/$guard.$_", "dumped_$guard" ], "pg_dump writes $guard.$_")
	  for sort keys %dumps;
}
$node->safe_psql('postgres', 'CREATE DATABASE with_extension');
$node->safe_psql('with_extension', 'CREATE EXTENSION model_routable');

# Runs commands against a new database. Each command gets the name of a file of the guard's dump as its last argument. Returns
# the outcome.
# Usage: restored(guard, template, [suffix of the dump, command]...)
sub restored
{
	my ($guard, $template, @steps) = @_;
	$node->safe_psql('postgres', 'DROP DATABASE IF EXISTS restored');
	$node->safe_psql('postgres', "CREATE DATABASE restored TEMPLATE $template");
	my $problems = '';
	for my $step (@steps)
	{
		my ($dump, @command) = @$step;
		my $errors = '';
		local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port);
		my $succeeded = IPC::Run::run([ @command, "$folder/$guard.$dump" ], '<', '/dev/null', '>', '/dev/null', '2>', \$errors);
		print $errors =~ s/^/# /mgr;
		$problems = ', with errors' if !$succeeded || $errors =~ /ERROR:/;
	}
	my ($failed, $rows) = $node->psql('restored', 'SELECT count(*) FROM workspaces');
	return "no table$problems" if $failed;
	my %rows = (0 => 'no rows', 2 => 'all rows');
	return ($rows{$rows} // "$rows rows") . ', ' . guarded() . $problems;
}

# Whether the restored table is guarded, tested by a write. If the extension exists, routable.is_guarded has to agree.
sub guarded
{
	my (undef, undef, $refusal) = $node->psql('restored', "INSERT INTO workspaces VALUES (3, $bad_pair)");
	my $enforced = $refusal =~ /_model_routable"$/m ? 'guarded' : 'not guarded';
	my (undef, $answer) = $node->psql('restored',
		q{SELECT routable.is_guarded('workspaces'), issues::text ~ 'no longer ENABLE ALWAYS' FROM routable.guards});
	my ($is_guarded, $no_longer_always) = map { $_ eq 't' } split /\|/, $answer // '';
	return "$enforced, but is_guarded says otherwise" if ($enforced eq 'guarded') ne ($is_guarded // '');
	return $enforced . ($no_longer_always ? ', no longer ENABLE ALWAYS' : '');
}

my @psql = ('psql', '-Xq', '-d', 'restored', '-f');
my @pg_restore = ('pg_restore', '-d', 'restored');
my @schema = ('custom', @pg_restore, '--schema-only');
my @data = ('custom', @pg_restore, '--data-only');
my @ways = (
	[ 'whole, by psql', 'template0', [ 'sql', @psql ] ],
	[ 'whole, by pg_restore, in parallel', 'template0', [ 'custom', @pg_restore, '-j', '2' ] ],
	[ '`--schema-only`', 'template0', \@schema ],
	[ '`--schema-only`, then `--data-only`', 'template0', \@schema, \@data ],
	[ '`--schema-only`, then `--data-only --disable-triggers`', 'template0', \@schema, [ @data, '--disable-triggers' ] ],
	[ '`-t workspaces`, into a database with the extension', 'with_extension', [ 'one_table', @psql ] ],
	[ '`-t workspaces`, into a database without it', 'template0', [ 'one_table', @psql ] ],
);
my @rows;
for my $way (@ways)
{
	my ($what, @how) = @$way;
	push @rows, '| ' . join(' | ', $what, map { restored($_, @how) } qw(default always check)) . ' |';
}
rows_are_documented('Dump and restore', 'dump_restore', @rows);

done_testing();
