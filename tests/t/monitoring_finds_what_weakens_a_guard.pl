# The queries of docs/operations.md, "Monitoring", unchanged. They return no row while everything is well, and find what they
# are for.
use strict;
use warnings;

use Documents;
use Registries;
use ServerUnderTest;
use Test::More;

my $node = start_server('main');
my ($queries) = section('docs/operations.md', 'Monitoring') =~ /^```sql\n(.*?)^```$/ms;

# The rows of the queries, and their messages, sorted.
sub found
{
	my ($out, $messages) = run_script($node, 'postgres', $queries);
	return join("\n", sort split /\n/, $out . $messages);
}

$node->safe_psql('postgres', q{
	CREATE SCHEMA app;
	CREATE TABLE workspaces (runtime text, model text);
	CREATE TABLE app.agents (runtime text, model text);
	CREATE TABLE app.agents_history (runtime text, model text);
	SELECT routable.attach('workspaces'), routable.attach('app.agents');
});
is(found(), '', 'they have no row while all is well');

my $registry = registry_file('migrations/psql/providers.yaml');
$node->safe_psql('postgres', qq{
	ALTER TABLE workspaces DISABLE TRIGGER model_routable_final;
	INSERT INTO workspaces VALUES ('hermes', 'anthropic/claude-opus-4-7');
	DROP TABLE app.agents;
	CREATE TABLE app.agents (runtime text, model text);
	SELECT routable.release(\$file\$$registry\$file\$, 'before the library');
});
unlike(found(), qr/before the library/, 'a release is nothing to tell of');

# A release can be older than the library, for example after a restore.
$node->safe_psql('postgres', q{
	INSERT INTO routable.release_store (number, released_at, released_by, note, source)
	SELECT 2, '2020-01-01', released_by, note, source FROM routable.releases;
});
is(found(), <<'ROWS' =~ s/\n\z//r, 'they find a disabled guard, a table without one, a bad pair, and a library that is newer than the release');
2|before the library
app.agents
app.agents
hermes|anthropic/claude-opus-4-7|1|UNREGISTERED_MODEL_FOR_RUNTIME
public.workspaces
workspaces
workspaces|disabled|{"The trigger \"model_routable_final\", which has the last word, is disabled."}
ROWS

done_testing();
