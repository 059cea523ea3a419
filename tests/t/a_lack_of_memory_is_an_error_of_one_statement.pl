# If a session cannot get more memory, the guard and the lookup raise an error with SQLSTATE 53200, as the rest of PostgreSQL
# does. A library that ends the process would end all sessions.
use strict;
use warnings;

use ServerUnderTest;
use Test::More;

my $node = start_server('main');

# The arguments of the statements are stored, so that PostgreSQL itself needs little more than one copy of them.
my %bytes = ('1 kB' => 1000, '64 kB' => 64000, '1 MB' => 1000000, '10 MB' => 10000000, '50 MB' => 50000000);
my $values = join(', ', map { "('$_', $bytes{$_})" } sort keys %bytes);
my $arguments = qq{
	-- Tables whose triggers have an argument of a size.
	CREATE FUNCTION make_long(bytes int) RETURNS void LANGUAGE plpgsql AS \$\$
	BEGIN
		EXECUTE format('CREATE TABLE long_%s AS SELECT text ''claude-code'' AS runtime, text ''sonnet'' AS model', bytes);
		EXECUTE format('CREATE TRIGGER guard BEFORE UPDATE ON long_%s FOR EACH ROW EXECUTE FUNCTION
				routable.guard(''runtime=runtime'', ''model=model'', ''constraint=%s'')', bytes, repeat('x', bytes - 100));
	END
	\$\$;
	CREATE FUNCTION update_long(bytes bigint) RETURNS void LANGUAGE plpgsql AS \$\$
	BEGIN
		EXECUTE format('UPDATE long_%s SET model = ''opus''', bytes);
	END
	\$\$;
	SELECT make_long(1000), make_long(10000000);
	CREATE TABLE arguments (size text PRIMARY KEY, bytes bigint, id text, names text[]);
	ALTER TABLE arguments ALTER id SET STORAGE EXTERNAL, ALTER names SET STORAGE EXTERNAL;
	INSERT INTO arguments SELECT size, bytes, repeat('x', bytes),
			ARRAY(SELECT 'NAME_' || n FROM generate_series(1, bytes / 50) AS n)
		FROM (VALUES $values) AS v (size, bytes);
	CREATE TABLE guarded (runtime text, model text);
	CREATE TABLE warned (runtime text, model text);
	CREATE TABLE reset (runtime text, model text);
	CREATE TABLE stored (runtime text, model text);
	ALTER TABLE stored ALTER model SET STORAGE EXTERNAL;
	INSERT INTO guarded VALUES ('claude-code', 'sonnet');
	INSERT INTO warned SELECT 'claude-code', 'm' || n FROM generate_series(1, 20000) AS n;
	INSERT INTO reset SELECT 'hermes', id FROM arguments;
	INSERT INTO stored SELECT 'hermes', id FROM arguments WHERE bytes < 50000000;
	SELECT routable.attach('guarded');
	SELECT routable.attach('warned', on_mismatch => 'warn');
	SELECT routable.attach('reset', on_mismatch => 'reset');
};

my $with = 'FROM arguments WHERE size =';
my %statements = (
	'model_routable' => "SELECT model_routable('hermes', id), model_routable(id, 'sonnet') $with",
	'explain of a model' => "SELECT routable.explain('hermes', id) $with",
	'explain of a runtime' => "SELECT routable.explain(id, 'sonnet') $with",
	'explain with many names' => "SELECT routable.explain('hermes', 'claude-opus-4-7', names) $with",
	'explain with a long name' => "SELECT routable.explain('hermes', 'claude-opus-4-7', ARRAY[id]) $with",
	'derive_provider of a model' => "SELECT routable.derive_provider('hermes', id) $with",
	'derive_provider with many names' => "SELECT routable.derive_provider('hermes', 'claude-opus-4-7', names) $with",
	'default_model' => "SELECT routable.default_model(id) $with",
	'a refused INSERT' => "INSERT INTO guarded SELECT 'hermes', id $with",
	'a refused INSERT of a runtime' => "INSERT INTO guarded SELECT id, 'sonnet' $with",
	'a refused UPDATE' => "UPDATE guarded SET runtime = 'hermes', model = id $with",
	'an UPDATE that resets the model' => "UPDATE reset SET runtime = 'claude-code' FROM arguments WHERE model = id AND size =",
	'an UPDATE of many pairs with warnings' => "UPDATE warned SET runtime = 'hermes' FROM arguments WHERE size =",
	'an INSERT with a warning' => "INSERT INTO warned SELECT 'hermes', id $with",
	'an UPDATE with a long argument of the trigger' => "SELECT update_long(bytes) $with",
	'audit' => "SELECT count(*) FROM routable.audit('stored'), arguments WHERE size =",
);

# Limits the memory of the session that runs it to this many bytes more than it has. It must be run by PostgreSQL's shell,
# whose parent is the session.
sub limit
{
	my ($bytes) = @_;
	# The program reads its input. Otherwise PostgreSQL could find that the program has ended.
	return q{COPY (SELECT) TO PROGRAM 'cat >/dev/null; prlimit --pid $PPID --as=$(( $(sed -n "s/^VmSize: *\t*//p" /proc/$PPID/status | }
	  . qq{tr -dc 0-9) * 1024 + $bytes )):';\n};
}

# Runs a statement in sessions with increasing memory, and returns the SQLSTATEs.
sub try_limits
{
	my ($database, $statement, $size, $bytes) = @_;
	my $script = '\set VERBOSITY verbose' . "\n";
	for my $part (0 .. 8)
	{
		# The library is loaded and the catalog is read before the limit is set.
		$script .= "\\connect $database\nSET client_min_messages = error;\nSET log_min_messages = panic;\n";
		$script .= "BEGIN;\n$statement '1 kB';\nROLLBACK;\nBEGIN;\n";
		$script .= limit(int($bytes * $part / 2) + 50000 * $part) . "$statement '$size';\nROLLBACK;\n";
	}
	my $stderr;
	my @crashes = crashes_during($node, sub { (undef, $stderr) = run_script($node, $database, $script) });
	# 22023: the trigger's argument is too long.
	my @unexpected = grep { !/ERROR:  (?:53200|23514|22023):/ } $stderr =~ /^.*(?:ERROR|FATAL|PANIC|server closed).*$/mg;
	my $starved = () = $stderr =~ /ERROR:  53200:/g;
	return ($starved, map { "$size in $database: $_" } @crashes, @unexpected);
}

# The cost of a statement does not have to depend on the size of its arguments.
my %sizes = ('an UPDATE of many pairs with warnings' => [ '64 kB' ], 'audit' => [ '1 MB', '10 MB' ],
	'an UPDATE with a long argument of the trigger' => [ '10 MB' ]);

my %encodings = (utf8 => 'UTF8', latin1 => 'LATIN1', ascii => 'SQL_ASCII');
for my $database (sort keys %encodings)
{
	$node->safe_psql('postgres',
		"CREATE DATABASE $database TEMPLATE template0 ENCODING '$encodings{$database}' LC_COLLATE 'C' LC_CTYPE 'C'");
	$node->safe_psql($database, "CREATE EXTENSION model_routable; $arguments");
}
for my $name (sort keys %statements)
{
	my ($starved, @faults) = (0);
	for my $database (sort keys %encodings)
	{
		# Other encodings differ in what is converted first.
		my @sizes = $sizes{$name} ? @{ $sizes{$name} } : $database eq 'utf8' ? sort keys %bytes : '10 MB';
		for my $size (@sizes)
		{
			my ($times, @those) = try_limits($database, $statements{$name}, $size, $bytes{$size});
			$starved += $times;
			push @faults, @those;
		}
	}
	is(join("\n", @faults), '', "$name: an answer or an error, at every limit");
	# A limit that no statement reaches would prove nothing.
	cmp_ok($starved, '>', 0, "$name: some limits were too low");
}

done_testing();
