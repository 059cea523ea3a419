# A pair that is stored despite a guard is one line in the server's log for each distinct pair of a statement, with table,
# role, pair and code, whatever messages the client asked for.
use strict;
use warnings;

use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;

my $node = start_server('main');
my $superuser = $node->safe_psql('postgres', 'SELECT current_user');
my $begin = -s $node->logfile;
my (undef, $messages) = run_script($node, 'postgres', q{
	CREATE SCHEMA app;
	CREATE TABLE app.agents (id int, runtime text, model text);
	CREATE ROLE logged;
	GRANT USAGE ON SCHEMA app TO logged;
	GRANT INSERT, UPDATE (runtime) ON app.agents TO logged;
	SELECT routable.attach('app.agents', on_mismatch => 'warn');
	INSERT INTO app.agents VALUES (1, 'claude-code', 'sonnet'), (2, 'claude-code', 'sonnet');
	SET client_min_messages = error;
	SET ROLE logged;
	UPDATE app.agents SET runtime = 'hermes';
	INSERT INTO app.agents VALUES (3, 'codex', E'forged"\nLOG:  nothing happened');
	RESET ROLE;
	SELECT routable.attach('app.agents');
	SET model_routable.enforcement = 'warn';
	UPDATE app.agents SET runtime = 'codex' WHERE id < 3;
	RESET model_routable.enforcement;
	UPDATE app.agents SET runtime = 'openclaw' WHERE id = 1;
});
my @lines = split /\n/, substr(slurp_file($node->logfile), $begin);

# Usage: is_logged(pattern of a line from its level on, how often it has to occur, name of the assertion)
sub is_logged
{
	my ($pattern, $times, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	is(scalar(grep { /$pattern/ } @lines), $times, $name) or diag(map { "$_\n" } grep { /unroutable pair stored/ } @lines);
	return;
}

my $stored = 'LOG:  unroutable pair stored in relation "app\.agents" by role';
is_logged(qr/$stored "logged": runtime "hermes", model "sonnet", UNREGISTERED_MODEL_FOR_RUNTIME$/, 1,
	'a pair that warn stores is one line of the log, with table, role, pair and code');
is_logged(qr/^(?!.*unroutable pair stored).*nothing happened/, 0, 'an id cannot forge a line of the log');
is_logged(qr/$stored .* runtime "codex", model "forged\\"\\nLOG:  nothing happened", UNREGISTERED_MODEL_FOR_RUNTIME$/, 1,
	"an id with a line's end in it is logged in one line");
is_logged(qr/$stored "\Q$superuser\E": runtime "codex", model "sonnet", UNREGISTERED_MODEL_FOR_RUNTIME$/, 1,
	'what the enforcement parameter lets through is logged with the role that set it');
is_logged(qr/unroutable pair stored/, 3, 'the log has no other line about stored pairs');
unlike($messages, qr/^(?:psql:.*: )?WARNING/m, 'a client that asks for errors only gets no warning');
like($messages, qr/ERROR:  model "sonnet" is not routable on runtime "openclaw"/, 'what the guard refuses is an error');

done_testing();
