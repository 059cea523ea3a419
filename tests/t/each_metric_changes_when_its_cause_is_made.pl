# The queries of docs/monitoring/queries.yaml, as postgres_exporter runs them for an ordinary role: what /metrics serves before and
# after each cause. docs/monitoring.md and the dashboard name these metrics and no others.
use strict;
use warnings;

use Documents;
use File::Temp;
use HTTP::Tiny;
use Installation;
use IPC::Run;
use JSON::PP;
use PostgreSQL::Test::Utils qw(slurp_file);
use Registries;
use ServerUnderTest;
use Test::More;
use Time::HiRes qw(usleep);

my ($exporter_folder) = builds(qw(exporter));
my $program = "$exporter_folder/postgres_exporter";

my $node = start_server('main');
$node->safe_psql('postgres', q{
	CREATE TABLE workspaces (runtime text, model text);
	INSERT INTO workspaces VALUES ('claude-code', 'kimi-k2'), ('claude-code', 'claude-opus-4.7'), ('langgraph', 'any');
	CREATE SCHEMA app;
	CREATE TABLE app.agents_history (runtime text, model text);
	SELECT routable.attach('workspaces');
	CREATE ROLE app;
	CREATE ROLE exporter LOGIN;
	GRANT pg_monitor TO exporter;
	GRANT SELECT ON workspaces TO exporter;
});

# The test reads the results of all queries at each request, without the cache of an hour.
my $queries = slurp_file(repository_path('docs/monitoring/queries.yaml')) =~ s/^( +cache_seconds:) [1-9]\d*$/$1 0/mr;
my $file = File::Temp->new(DIR => $PostgreSQL::Test::Utils::tmp_check);
print $file $queries;
$file->flush;

my $address = '127.0.0.1:' . PostgreSQL::Test::Cluster::get_free_port();
my $said = '';
local $ENV{DATA_SOURCE_NAME} = 'host=' . $node->host . ' port=' . $node->port . ' dbname=postgres user=exporter sslmode=disable';
my $exporter;
END { local $?; $exporter->kill_kill if $exporter }
$exporter = IPC::Run::start([ $program, '--disable-default-metrics', '--disable-settings-metrics',
		"--web.listen-address=$address", '--extend.query-path=' . $file->filename ], '<', '/dev/null', '>&', \$said);

# The text that Prometheus reads.
sub metrics
{
	for (1 .. 300)
	{
		my $answer = HTTP::Tiny->new(timeout => 60)->get("http://$address/metrics");
		return $answer->{content} if $answer->{success};
		$exporter->pump_nb;
		last if !$exporter->pumpable;
		usleep(100_000);
	}
	die "the exporter does not answer: $said";
}

# The value of a metric of the extension with a label. Undefined if there is none.
sub value
{
	my ($text, $name, $label) = @_;
	my ($value) = $text =~ /^model_routable_\Q$name\E\{[^}]*\Q$label\E[^}]*\} (\S+)$/m;
	return $value;
}

# Asserts the values of metrics before and after a cause. Usage: changes(SQL, name of the cause, [metric, label, before,
# after]...)
my $before = metrics();
sub changes
{
	my ($cause, $name, @expected) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	$node->safe_psql('postgres', $cause);
	my $after = metrics();
	for (@expected)
	{
		my ($metric, $label, @values) = @$_;
		is_deeply([ map { value($_, $metric, $label) } $before, $after ], \@values, "$name: $metric of $label")
		  or diag($after, $said);
	}
	$before = $after;
	return;
}

my ($workspaces, $rows) = ('relation="public.workspaces"', 'stored_rows');
like($before, qr/^pg_exporter_last_scrape_error 0$/m, 'an ordinary role may run all queries');
is(value($before, 'table_guarded', 'app.agents_history'), undef, 'a table that must not be guarded is not shown');

changes('ALTER TABLE workspaces DISABLE TRIGGER model_routable_final', 'a disabled trigger',
	[ 'guard_enforcing', $workspaces, 1, 0 ], [ 'guard_issues', $workspaces, 0, 1 ], [ 'table_guarded', $workspaces, 1, 0 ]);
changes(q(INSERT INTO workspaces VALUES ('hermes', 'anthropic/claude-opus-4-7')), 'a bad pair',
	[ $rows, 'code="UNREGISTERED_MODEL_FOR_RUNTIME"', 0, 1 ], [ $rows, 'code="NEAR_MISS"', 1, 1 ]);
changes('ALTER TABLE workspaces ENABLE TRIGGER model_routable_final', 'an enabled trigger',
	[ 'guard_enforcing', $workspaces, 0, 1 ], [ 'guard_issues', $workspaces, 1, 0 ], [ 'table_guarded', $workspaces, 0, 1 ]);
changes(q(SELECT model_routable(NULL, NULL); ALTER ROLE app SET model_routable.enforcement = 'warn'), 'break-glass for a role',
	[ 'guard_enforcing', $workspaces, 1, 1 ], [ 'guard_issues', $workspaces, 0, 1 ]);
changes('CREATE TABLE agents (runtime text, model text)', 'a new table',
	[ 'table_guarded', 'public.agents', undef, 0 ], [ 'guard_enforcing', 'public.agents', undef, undef ]);
changes(q(SELECT routable.attach('agents')), 'attach',
	[ 'table_guarded', 'public.agents', 0, 1 ], [ 'guard_enforcing', 'public.agents', undef, 1 ]);

my $soon = $node->safe_psql('postgres', 'SELECT current_date + 10');
my $registry = registry_file('providers.yaml') =~ s/^( {10}- )kimi-k2$/$1\{id: kimi-k2, retires: $soon\}/mr;
changes("SELECT routable.release(\$file\$$registry\$file\$)", 'a release',
	[ 'registry_release', 'source="built in"', 0, undef ], [ 'registry_release', 'source="release"', undef, 1 ],
	[ 'registry_released_timestamp_seconds', 'source="built in"', 'NaN', undef ],
	[ $rows, 'code="RETIRING"', 0, 1 ]);
my $released = value($before, 'registry_released_timestamp_seconds', 'source="release"');
is($node->safe_psql('postgres', "SELECT abs(extract(epoch FROM released_at) - $released) < 1 FROM routable.registry"), 't',
	'the time of the release is the one that the registry shows');

my %served = map { $_ => 1 } $before =~ /^(model_routable_\w+)\{/mg;
my %shown = map { $_ => 1 } map { /\b(model_routable_\w+)/g } map { $_->{expr} } map { @{ $_->{targets} } }
  @{ decode_json(slurp_file(repository_path('docs/monitoring/dashboard.json')))->{panels} };
is_deeply(\%shown, \%served, 'the dashboard shows each metric');
my %described = map { $_ => 1 } map { /^\| `(model_routable_\w+)` / } document_rows(slurp_file(repository_path('docs/monitoring.md')));
is_deeply(\%described, \%served, 'the document describes each metric');

changes('DROP TABLE workspaces', 'a table that is gone',
	[ 'guard_enforcing', $workspaces, 1, undef ], [ 'table_guarded', $workspaces, 1, 0 ], [ $rows, 'code="RETIRING"', 1, undef ]);
like($before, qr/^pg_exporter_last_scrape_error 0$/m, 'the other queries still run');

done_testing();
