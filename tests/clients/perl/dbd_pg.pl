# DBD::Pg.

use strict;
use warnings;

use DBI;

my $pooled = $ENV{POOLED} eq 'yes';
my ($user, $password, $host, $port, $database) = $ENV{DATABASE_URL} =~ m{^postgresql://(.*?):(.*?)@(.*?):(.*?)/(.*)$};

# A pooler in transaction mode can give the next transaction a connection without the statements prepared before.
my $dbh = DBI->connect("dbi:Pg:dbname=$database;host=$host;port=$port", $user, $password,
    { RaiseError => 1, PrintError => 0, AutoCommit => 1, pg_server_prepare => $pooled ? 0 : 1 });

sub report {
    my ($name, $value) = @_;
    print "$name\t$value\n";
}

sub set_runtime {
    my ($id, $runtime) = @_;
    # docs begin
    unless (eval { $dbh->do('UPDATE workspaces SET runtime = ? WHERE id = ?', undef, $runtime, $id); 1 }) {
        my $constraint = $dbh->pg_error_field('constraint_name') // '';
        die $@ unless $dbh->state eq '23514' && $constraint =~ /_model_routable$/;
        my ($code, $reason) = split /: /, $dbh->pg_error_field('detail'), 2;
        return 422, { error => $dbh->pg_error_field('primary'), code => $code, reason => $reason,
            hint => $dbh->pg_error_field('hint') };
    }
    # docs end
    return 200, {};
}

report('version', $DBD::Pg::VERSION);
my ($status, $body) = set_runtime(2, 'hermes');
report('status', $status);
report($_, $body->{$_}) for qw(code reason hint);

$dbh->begin_work;
unless (eval {
    $dbh->do("UPDATE workspaces SET name = 'renamed' WHERE id = 2");
    $dbh->do("UPDATE workspaces SET runtime = 'hermes' WHERE id = 2");
    $dbh->commit;
}) {
    report('error', 'DBI state ' . $dbh->state);
    report('sqlstate', $dbh->state);
    report('constraint', $dbh->pg_error_field('constraint_name'));
    $dbh->rollback;
}
report('after', $dbh->selectrow_array('SELECT name FROM workspaces WHERE id = 2'));
($status) = set_runtime(1, 'hermes');
report('switch', $status);

$dbh->begin_work;
my $insert = $dbh->prepare('INSERT INTO workspaces VALUES (?, ?, ?, ?)');
my @rows;
# The second row is the incident's pair.
unless (eval {
    $insert->execute_array({ ArrayTupleStatus => \@rows }, [11, 12, 13], 'batch', ['hermes', 'hermes', 'codex'],
        ['moonshot/kimi-k2.6', 'anthropic/claude-opus-4-7', 'gpt-5.5']);
    $dbh->commit;
}) {
    # What came after the refusal failed as well, for the transaction was aborted.
    report('batch', "DBI state $rows[1][2]");
    $dbh->rollback;
}
$dbh->disconnect;
