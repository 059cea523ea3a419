# Random programs: a guarded table, statements that write to it, and triggers and other code that alter it inside these
# statements. The same seed gives the same program. tests/perl/ddl_fuzz.sql runs them.
package DdlFuzz;

use strict;
use warnings;

use ServerUnderTest;

my @runtimes = (q('hermes'), q('claude-code'), q('codex'), q('openclaw'), q('langgraph'), q('nobody''s'), 'NULL');
my @models = (q('sonnet'), q('moonshot/kimi-k2.6'), q('anthropic/claude-opus-4-7'), q('no such model'), q('gpt-5.5'), q(' sonnet '), 'NULL');
# Most models are taken by exactly one of these two runtimes.
my @likely = (q('hermes'), q('claude-code'));

sub one { return $_[ int(rand(@_)) ] }
sub chance { return rand() < $_[0] }
sub runtime { return chance(0.8) ? one(@likely) : one(@runtimes) }
sub model { return one(@models) }

sub table { return one(@{ $_[0]{tables} }) }

# A call of attach. Half of the calls make a guard that refuses.
sub attach
{
	my ($program, $table) = @_;
	my @settings;
	push @settings, 'on_mismatch => ' . one(q('raise'), q('warn'), q('warn'), q('reset'), q('reset')) if chance(0.6);
	push @settings, q(unknown_runtime => 'deny') if chance(0.2);
	push @settings, 'before_update => false' if chance(0.2);
	push @settings, 'on_insert => false' if chance(0.1);
	push @settings, 'replicas => true' if chance(0.15);
	push @settings, q(near_miss => ) . one(q('warn'), q('deny')) if $program->{near_miss} && chance(0.2);
	push @settings, q(deferrable => ) . one(q('immediate'), q('deferred')) . ', before_update => false'
	  if $program->{deferrable} && !grep(/before_update|reset/, @settings) && chance(0.15);
	@settings = (q(mechanism => 'check')) if chance(0.12);
	unshift @settings, 'runtime_column => {runtime_now}, model_column => {model_now}' if chance(0.3);
	s/\{(\w+)_now\}/'{$1}'/g for @settings;
	return "SELECT routable.attach(" . join(', ', "'$table'", @settings) . ')';
}

sub trigger_name { return one(qw(model_routable model_routable_final)) }

# The DDL that a program can run, all equally likely.
my @ddl = (
	sub { my ($p, $t) = @_; my $n = $p->{number}++; my $c = one('{runtime}', '{model}');
		"ALTER TABLE $t RENAME COLUMN $c TO renamed_$n; SELECT nextval('fuzz.renamed')" },
	sub { my ($p, $t) = @_; my ($c, $name) = one([ '{runtime}', 'runtime' ], [ '{model}', 'model' ])->@*;
		"ALTER TABLE $t RENAME COLUMN $c TO $name; SELECT nextval('fuzz.renamed')" },
	sub { my ($p, $t) = @_; my $c = one('{runtime}', '{model}'); my $name = one(qw(runtime model));
		"ALTER TABLE $t RENAME COLUMN $c TO aside; ALTER TABLE $t ADD COLUMN $name text; SELECT nextval('fuzz.renamed')" },
	sub { my ($p, $t) = @_;
		"ALTER TABLE $t RENAME COLUMN {runtime} TO aside; ALTER TABLE $t RENAME COLUMN {model} TO runtime;"
		  . " ALTER TABLE $t RENAME COLUMN aside TO model; SELECT nextval('fuzz.renamed')" },
	sub { my ($p, $t) = @_; "ALTER TABLE $t ADD COLUMN added_" . $p->{number}++ . one(' int', ' text DEFAULT now()', ' bigserial') },
	sub { my ($p, $t) = @_; "ALTER TABLE $t DROP COLUMN " . one('note', '{runtime}', '{model}', 'first_column') . one('', ' CASCADE') },
	sub { my ($p, $t) = @_;
		"ALTER TABLE $t ALTER COLUMN " . one('{runtime}', '{model}', 'note') . ' TYPE ' . one('varchar(200)', 'text', 'char(60)', 'name', 'bytea USING NULL') },
	sub { my ($p, $t) = @_; "ALTER TABLE $t ALTER COLUMN {model} SET DEFAULT " . model() },
	sub { my ($p, $t) = @_; "ALTER TABLE $t RENAME TO t_" . $p->{number}++ },
	sub { my ($p, $t) = @_; "ALTER TABLE $t SET SCHEMA " . one(qw(fuzz_a fuzz_b)) },
	(sub { my ($p, $t) = @_;
		"ALTER TABLE $t " . one('DISABLE', 'ENABLE', 'ENABLE ALWAYS', 'ENABLE REPLICA') . ' TRIGGER ' . one('ALL', 'USER', trigger_name(), trigger_name()) }) x 2,
	# DDL that fails only after it has dropped something else. Other code of the statement may have seen that gone.
	(sub { my ($p, $t) = @_; "DROP TABLE $t" . one('', ' CASCADE') }) x 8,
	(sub { my ($p, $t) = @_; 'DROP TRIGGER IF EXISTS ' . trigger_name() . " ON $t" }) x 3,
	sub { my ($p, $t) = @_; "DROP TRIGGER model_routable_final ON $t; DROP TRIGGER model_routable ON $t" },
	sub { my ($p, $t) = @_; 'ALTER TRIGGER ' . trigger_name() . " ON $t RENAME TO " . one(qw(aaa_routable zzz_routable)) },
	sub { my ($p, $t) = @_; 'CREATE ' . $p->{or_replace} . 'TRIGGER ' . trigger_name() . " AFTER INSERT OR UPDATE ON $t FOR EACH ROW WHEN (false)"
		  . q( EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c')) },
	sub { my ($p, $t) = @_; 'CREATE ' . $p->{or_replace} . "TRIGGER model_routable BEFORE UPDATE ON $t FOR EACH ROW"
		  . q( EXECUTE FUNCTION routable.guard('runtime=runtime', 'model=model', 'constraint=c')) },
	(sub { my ($p, $t) = @_; act_trigger($p, $t, one(@{ $p->{names} })) }) x 2,
	(sub { my ($p, $t) = @_; attach($p, $t) }) x 4,
	sub { my ($p, $t) = @_; "SELECT routable.detach('$t')" },
	sub { my ($p, $t) = @_; "ALTER TABLE {t} DETACH PARTITION $t" },
	sub { my ($p, $t) = @_; "ALTER TABLE {t} ATTACH PARTITION $t " . $p->{bounds}{$t} . q(; SELECT nextval('fuzz.weakened')) },
	sub { my ($p, $t) = @_; my $n = $p->{number}++; "CREATE TABLE fuzz_a.new_$n PARTITION OF $t FOR VALUES IN (" . (100 + $n) . ')' },
	sub { my ($p, $t) = @_; "ALTER TABLE $t NO INHERIT {t}" },
	sub { my ($p, $t) = @_; "ALTER TABLE $t INHERIT {t}; SELECT nextval('fuzz.weakened')" },
	sub { my ($p, $t) = @_; "TRUNCATE $t" },
	sub { my ($p, $t) = @_; "CREATE INDEX ON $t ({runtime}, {model})" },
	sub { my ($p, $t) = @_; "ANALYZE $t" },
	sub { my ($p, $t) = @_; "ALTER TABLE $t " . one('ENABLE', 'DISABLE', 'FORCE', 'NO FORCE') . ' ROW LEVEL SECURITY' },
	sub { my ($p, $t) = @_; one("CREATE POLICY p ON $t USING (fuzz.holds('" . one(@{ $p->{names} }) . "'))", "DROP POLICY p ON $t") },
	sub { my ($p, $t) = @_; one("GRANT SELECT ({model}), UPDATE ({runtime}) ON $t TO", "REVOKE ALL ON $t FROM", "GRANT ALL ON $t TO") =~ s/(TO|FROM)$/$1 fuzz_writer/r },
	sub { my ($p, $t) = @_; one("CREATE RULE r AS ON UPDATE TO $t WHERE false DO ALSO NOTHING", "DROP RULE r ON $t") },
	sub { my ($p, $t) = @_; one("COMMENT ON TABLE $t IS 'x'", "LOCK TABLE $t", "ALTER TABLE $t SET (fillfactor = 50)", "ALTER TABLE $t REPLICA IDENTITY FULL") },
	sub { my ($p, $t) = @_; "ALTER TABLE $t ADD CONSTRAINT c CHECK (fuzz.holds('" . one(@{ $p->{names} }) . q{')) NOT VALID} },
	sub { my ($p, $t) = @_; one("DROP EXTENSION model_routable CASCADE", 'ALTER EXTENSION model_routable UPDATE', q(LOAD 'model_routable')) },
	sub { my ($p, $t) = @_; 'SET model_routable.enforcement = ' . one(qw(warn enforce enforce)) },
	sub { my ($p, $t) = @_; 'SET session_replication_role = ' . one(qw(replica origin origin)) },
	sub { my ($p, $t) = @_; 'SET CONSTRAINTS ALL ' . one(qw(DEFERRED IMMEDIATE)) },
	sub { my ($p, $t) = @_; one('DROP DOMAIN fuzz_a.id CASCADE', q(ALTER TYPE fuzz_a.label ADD VALUE IF NOT EXISTS 'one more')) },
	(sub { my ($p, $t) = @_; dml($p, $t) }) x 5,
);

sub ddl
{
	my ($program) = @_;
	# Partitions are altered as often as the table that the statement names.
	return $ddl[ rand @ddl ]->($program, chance(0.5) ? '{t}' : table($program));
}

# Between the statements, DDL that would end the program is left out.
sub ddl_between
{
	my ($program) = @_;
	my $ddl;
	do { $ddl = ddl($program) } while $ddl =~ /^DROP TABLE \{t\}/;
	return $ddl;
}

# A step of a trigger: one change, caught or not, or several that are undone together.
sub step
{
	my ($program) = @_;
	return q(NEW {"runtime": "hermes"}) if chance(0.04);
	return q(NEW {"model": "no such model"}) if chance(0.04);
	my $step = ddl($program);
	$step = join('; SELECT fuzz.look(); ', $step, ddl($program), 'SELECT 1/0') if chance(0.2);
	return chance(0.75) ? "!$step" : $step;
}

sub dml
{
	my ($p, $t) = @_;
	my $id = 1 + int(rand(6));
	my ($runtime, $model) = (runtime(), model());
	my $values = join(', ', map { '(' . join(', ', 1 + int(rand(6)), runtime(), model()) . ')' } 1 .. 1 + int(rand(4)));
	return one(
		"INSERT INTO $t (id, {runtime}, {model}) VALUES $values",
		"INSERT INTO $t (id, {runtime}, {model}) SELECT id, {runtime}, {model} FROM {t} LIMIT 3",
		"INSERT INTO $t (id, {runtime}, {model}) VALUES ($id, $runtime, $model) ON CONFLICT " . ($p->{unique} ? '(id) DO UPDATE SET {model} = EXCLUDED.{model}' : 'DO NOTHING'),
		"INSERT INTO $t (id, {runtime}, {model}) VALUES ($id, $runtime, $model) ON CONFLICT DO NOTHING",
		"COPY $t (id, {runtime}, {model}) FROM PROGRAM 'printf \"%s\\t%s\\t%s\\n\" $id hermes sonnet 3 claude-code sonnet'",
		"UPDATE $t SET {runtime} = $runtime", "UPDATE $t SET {runtime} = $runtime", "UPDATE $t SET {runtime} = $runtime WHERE id = $id",
		"UPDATE $t SET {model} = $model", "UPDATE $t SET {runtime} = $runtime, {model} = $model",
		"UPDATE $t SET id = $id WHERE id > $id", "UPDATE $t SET note = 'x', {runtime} = {runtime}",
		"UPDATE ONLY $t SET {runtime} = $runtime",
		"DELETE FROM $t WHERE id = $id",
		"WITH a AS (UPDATE $t SET {runtime} = $runtime RETURNING *) INSERT INTO {t} (id, {runtime}, {model}) SELECT id, {runtime}, $model FROM a LIMIT 3",
		($p->{major} >= 15 ? "MERGE INTO $t AS m USING (VALUES ($id), (9)) AS v (id) ON m.id = v.id WHEN MATCHED THEN UPDATE SET {runtime} = $runtime"
			  . " WHEN NOT MATCHED THEN INSERT (id, {runtime}, {model}) VALUES (v.id, $runtime, $model)" : ()),
	);
}

sub act_trigger
{
	my ($p, $t, $name) = @_;
	my $n = $p->{number}++;
	my $trigger = one(qw(aaa aaa model_routable_b zzz)) . "_$n";
	return "CREATE CONSTRAINT TRIGGER $trigger AFTER INSERT OR UPDATE ON $t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fuzz.act('$name')"
	  if chance(0.1);
	return "CREATE TRIGGER $trigger " . one('BEFORE', 'BEFORE', 'AFTER') . ' ' . one('INSERT', 'UPDATE', 'UPDATE', 'INSERT OR UPDATE', 'INSERT OR UPDATE OR DELETE')
	  . " ON $t FOR EACH " . one('ROW', 'ROW', 'ROW', 'STATEMENT') . " EXECUTE FUNCTION fuzz.act('$name')";
}

sub quoted { return join(', ', map { "\$program\$$_\$program\$" } @_) }

# The tables of a program, and the names that the program uses for them.
sub tables
{
	my ($p) = @_;
	my $kind = one(qw(plain plain unlogged temporary partitioned partitioned partitioned nested inherited));
	my $type = one('text', 'text', 'text', 'varchar', 'varchar(80)', 'char(60)', 'name', 'fuzz_a.id', 'fuzz_a.id');
	my $runtime_type = one($type, $type, 'fuzz_a.label');
	my $columns = 'first_column int, id int DEFAULT 1, note text, '
	  . join(', ', chance(0.5) ? ("runtime $runtime_type", "model $type") : ("model $type", "runtime $runtime_type"));
	$columns .= ', last_column text' if chance(0.3);
	$columns =~ s/model \Q$type\E/model text GENERATED ALWAYS AS (lower(note)) STORED/ if chance(0.05);
	my @sql = ("CREATE DOMAIN fuzz_a.id AS text CHECK (fuzz.holds('domain'))",
		q(CREATE TYPE fuzz_a.label AS ENUM ('hermes', 'claude-code', 'codex', 'openclaw', 'langgraph', 'nobody''s')));
	my @tables = qw({t});
	if ($kind =~ /partitioned|nested/)
	{
		push @sql, "CREATE TABLE fuzz_a.t ($columns) PARTITION BY LIST (id)";
		# A partition can have its columns in another order.
		my $other = join(', ', reverse split /, (?=\w+ )/, $columns);
		push @sql, "CREATE TABLE fuzz_a.p1 (LIKE fuzz_a.t INCLUDING ALL)";
		$sql[-1] = "CREATE TABLE fuzz_a.p1 (dropped int, $other); ALTER TABLE fuzz_a.p1 DROP COLUMN dropped" if chance(0.5);
		$p->{bounds}{'{p1}'} = 'FOR VALUES IN (1, 2, 3)';
		$p->{bounds}{'{p2}'} = 'FOR VALUES IN (4, 5, 6)';
		push @sql, 'ALTER TABLE fuzz_a.t ATTACH PARTITION fuzz_a.p1 ' . $p->{bounds}{'{p1}'},
		  'CREATE TABLE fuzz_a.p2 PARTITION OF fuzz_a.t ' . $p->{bounds}{'{p2}'} . ($kind eq 'nested' ? ' PARTITION BY LIST (id)' : '');
		push @sql, 'CREATE TABLE fuzz_a.p3 PARTITION OF fuzz_a.p2 DEFAULT' if $kind eq 'nested';
		push @sql, 'CREATE TABLE fuzz_a.p4 PARTITION OF fuzz_a.t DEFAULT' if chance(0.4);
		push @tables, qw({p1} {p2}), $kind eq 'nested' ? '{p3}' : ();
	}
	else
	{
		my $persistence = { temporary => 'TEMP', unlogged => 'UNLOGGED' }->{$kind} // '';
		push @sql, "CREATE $persistence TABLE " . ($kind eq 'temporary' ? '' : 'fuzz_a.') . "t ($columns)";
		if ($kind eq 'inherited')
		{
			push @sql, 'CREATE TABLE fuzz_a.p1 (extra int) INHERITS (fuzz_a.t)';
			push @tables, '{p1}';
		}
	}
	$p->{unique} = chance(0.4);
	push @sql, 'CREATE UNIQUE INDEX ON t (id)' if $p->{unique};
	push @sql, 'ALTER TABLE t DROP COLUMN first_column' if chance(0.5);
	$p->{bounds}{$_} //= 'DEFAULT' for @tables;
	$p->{tables} = \@tables;
	$p->{kind} = $kind;
	return @sql;
}

# The statements of a program, one per line, for psql, and the statements of its second session if it has one.
sub program
{
	my ($seed, $server) = @_;
	srand($seed);
	my $p = { %$server, seed => $seed, number => 1, or_replace => $server->{major} >= 14 && chance(0.5) ? 'OR REPLACE ' : '',
		names => [qw(domain a b c)] };
	my @sql = tables($p);
	push @sql, 'TRUNCATE fuzz.program, fuzz.known',
	  'INSERT INTO fuzz.program VALUES ' . join(', ', map { my $every = one(1, 1, 2, 3, 7);
		"('$_', $every, " . int(rand($every)) . ', ARRAY[' . quoted(map { step($p) } 1 .. 1 + int(rand(4))) . '])' } @{ $p->{names} }),
	  q(INSERT INTO fuzz.known SELECT relname, oid, NULL FROM pg_class WHERE oid = 't'::regclass OR relnamespace = 'fuzz_a'::regnamespace AND relkind IN ('r', 'p')),
	  q(INSERT INTO fuzz.known SELECT attname, attrelid, attnum FROM pg_attribute WHERE attrelid = 't'::regclass AND attname IN ('runtime', 'model'));
	push @sql, q(INSERT INTO {t} (id, runtime, model) VALUES (1, 'claude-code', 'old-1'), (4, 'claude-code', 'sonnet'), (5, 'hermes', 'moonshot/kimi-k2.6'));
	push @sql, attach($p, '{t}');
	push @sql, map { 'GRANT ALL ON ' . $_ . ' TO fuzz_writer' } @{ $p->{tables} };
	push @sql, map { act_trigger($p, chance(0.7) ? '{t}' : table($p), one(@{ $p->{names} })) } 1 .. 1 + int(rand(3));
	push @sql, q(ALTER TABLE {t} ALTER COLUMN note SET DEFAULT fuzz.holds('a')::text) if chance(0.15);
	push @sql, q(ALTER TABLE {t} ADD CHECK (fuzz.holds('b'))) if chance(0.1);
	push @sql, q(CREATE POLICY q ON {t} USING (fuzz.holds('c'))), 'ALTER TABLE {t} ENABLE ROW LEVEL SECURITY' if chance(0.1);
	push @sql, 'judge';
	for my $n (1 .. 8 + int(rand(12)))
	{
		push @sql, 'SET ROLE fuzz_writer' if chance(0.15);
		my $block = chance(0.2);
		push @sql, 'BEGIN' if $block;
		for (1 .. ($block ? 1 + int(rand(3)) : 1))
		{
			push @sql, $block && chance(0.2) ? ddl_between($p) : dml($p, chance(0.7) ? '{t}' : table($p));
		}
		push @sql, one('COMMIT', 'COMMIT', 'COMMIT', 'ROLLBACK') if $block;
		push @sql, 'RESET ROLE', 'judge';
		push @sql, ddl_between($p), 'judge' if chance(0.2);
		push @sql, 'pending', 'judge' if $server->{major} >= 14 && $p->{kind} =~ /partitioned|nested/ && chance(0.05);
		push @sql, 'RESET session_replication_role', 'RESET model_routable.enforcement',
		  'CREATE EXTENSION IF NOT EXISTS model_routable SCHEMA public',
		  chance(0.5) ? attach($p, '{t}') : q(SELECT routable.attach('{t}', '{runtime}', '{model}')), 'judge' if chance(0.3);
	}
	my @beside;
	if ($p->{kind} ne 'temporary' && chance(0.25))
	{
		for (1 .. 15)
		{
			# The state of the guard is checked before a change, and after it before any other session can see the change.
			push @beside, 'BEGIN', 'SELECT fuzz.look()', ddl_between($p), 'SELECT fuzz.look()', one(qw(COMMIT COMMIT ROLLBACK)), 'SELECT fuzz.look()';
			push @beside, 'ALTER TABLE {t} DETACH PARTITION ' . one('{p1}', '{p2}') . ' CONCURRENTLY' if $server->{major} >= 14 && $p->{kind} =~ /partitioned|nested/ && chance(0.2);
		}
	}
	return { setup => setup(), main => script($p, @sql), beside => @beside ? script($p, @beside) : undef };
}

# The start of each program. It removes everything of the program before.
sub setup
{
	return q{
		SET client_min_messages = error;
		DROP SCHEMA IF EXISTS fuzz_a, fuzz_b CASCADE;
		CREATE EXTENSION IF NOT EXISTS model_routable SCHEMA public;
		CREATE SCHEMA fuzz_a;
		CREATE SCHEMA fuzz_b;
		GRANT ALL ON SCHEMA fuzz_a, fuzz_b TO fuzz_writer;
		SELECT nextval('fuzz.weakened'), nextval('fuzz.renamed'), nextval('fuzz.weakened_before'), nextval('fuzz.renamed_before'),
			nextval('fuzz.calls'), nextval('fuzz.done'), nextval('fuzz.judged'), setval('fuzz.columns_before', 1), setval('fuzz.calls', 1), setval('fuzz.spent', 1);
	};
}

# The script for psql. The names in a step are resolved when the step runs, so that it finds tables and columns under their
# current names.
sub script
{
	my ($p, @steps) = @_;
	my $script = "SET application_name = 'FUZZ_SEED=$p->{seed}';\nSET search_path = fuzz_a, public;\nSET lock_timeout = '500ms';\nSET deadlock_timeout = '50ms';\nSET statement_timeout = '3s';\n";
	my $last = '';
	for my $step (@steps)
	{
		if ($step eq 'judge')
		{
			$script .= "SELECT fuzz.judge(\$label\$$last\$label\$);\n";
		}
		elsif ($step eq 'pending')
		{
			$script .= detach_pending('{t}', one('{p1}', '{p2}')) =~ s/^\s*(.*\{.*);$/SELECT fuzz.resolved(\$step\$$1\$step\$) \\gexec/mgr;
		}
		else
		{
			$last = $step unless $step =~ /^(RESET|SET ROLE)/;
			$script .= $step =~ /\{\w+\}/ && $step !~ /^INSERT INTO fuzz\./ ? "SELECT fuzz.resolved(\$step\$$step\$step\$) \\gexec\n" : "$step;\n";
		}
	}
	return $script;
}

1;
