# The SQL tests of tests/pg_regress, in databases that the script of the SQL edition made: they print what they print for the extension,
# except for what tests/sql_edition shows. There, lines that begin with "-" are the extension's alone, and with "+" the edition's.
use strict;
use warnings;

use Documents;
use Edition;
use PostgreSQL::Test::Utils qw(slurp_file);
use ServerUnderTest;
use Test::More;
use Upgrade qw(differences);

# The tests of what only the extension has. The edition cannot be asked of these at all.
my %not_asked = (
	a_deferred_guard_judges_what_a_transaction_leaves => 'deferral follows row versions',
	a_guard_replaced_within_a_statement_lets_none_in => 'the edition always asks the last word',
	a_hardened_database_takes_legitimate_writes => 'it creates the extension in a database of its own',
	a_latin1_database_is_guarded => 'the edition is for databases in UTF8',
	a_registry_with_faults_is_not_released => 'a registry is compiled by the command-line tool',
	a_release_follows_its_transaction => 'a registry is compiled by the command-line tool',
	a_release_is_in_force_at_once => 'a registry is compiled by the command-line tool',
	a_release_that_cannot_be_read_fails_closed => 'no image of a release is read',
	an_euc_jp_database_is_guarded => 'the edition is for databases in UTF8',
	an_sql_ascii_database_is_guarded => 'the edition is for databases in UTF8',
	create_extension_calls_nothing_that_was_planted => 'it creates the extension',
	create_extension_tells_how_to_guard => 'it creates the extension',
	diff_tells_what_a_release_would_change => 'a registry is compiled by the command-line tool',
	drop_extension_is_refused_while_it_guards => 'it drops the extension',
	enforcement_is_for_those_who_may_set_it => 'model_routable.enforcement needs a library',
	is_guarded_is_true_only_if_no_bad_pair_is_stored => 'its 708 variants of a guard take minutes in PL/pgSQL',
	huge_ids_are_judged_and_clipped => 'to read ids of 100 MB takes minutes',
	no_other_table_is_read_as_the_releases => 'it creates the extension',
	text_of_another_encoding_is_refused => 'the edition is for databases in UTF8',
	the_lookup_is_told_by_what_the_extension_owns => 'the lookup is told by its text and owner',
	the_registry_tells_of_retirements_and_replacements => 'a registry is compiled by the command-line tool',
	the_last_word_is_asked_if_a_row_can_still_change => 'the edition always asks the last word',
	warnings_show_only_what_the_role_may_read => 'it revokes USAGE on schema routable, without which no function in SQL is found',
	whoever_keeps_the_registry_is_granted_it => 'whoever owns the objects keeps the registry',
);

my $node = start_server('main', '', without_extension => 1, extra => [ '--encoding=UTF8', '--locale=C' ]);
my $major = major($node);
$node->safe_psql('postgres', 'CREATE DATABASE edition TEMPLATE template0');
run_edition($node, 'edition', edition_script());
my $tests = "$FindBin::RealBin/../pg_regress";
my %asked = map { s/\.sql$//r => 1 } map { s,.*/,,r } glob "$tests/sql/*.sql";
delete @asked{'setup', $major < 15 ? 'merge_is_guarded' : ()};
is(join(' ', grep { !$asked{$_} } sort keys %not_asked), '', 'what the edition is not asked is a test');
delete @asked{ keys %not_asked };

# As pg_regress runs it: in a database of this name, with these settings.
sub printed
{
	my ($name) = @_;
	my ($out, $errors) = ('', '');
	# What an earlier test left behind would be in the way: it expects to be the only one.
	$node->safe_psql('postgres', 'DROP DATABASE IF EXISTS contrib_regression');
	my $roles = $node->safe_psql('postgres', q{SELECT string_agg(format('DROP ROLE %I;', rolname), ' ') FROM pg_roles WHERE rolname ~ '^regress_'});
	$node->safe_psql('postgres', $roles) if $roles ne '';
	$node->safe_psql('postgres', 'CREATE DATABASE contrib_regression TEMPLATE edition');
	local %ENV = (%ENV, PGHOST => $node->host, PGPORT => $node->port, PGAPPNAME => "pg_regress/$name", PGTZ => 'America/Los_Angeles',
		PGDATESTYLE => 'Postgres, MDY', PGOPTIONS => '-c intervalstyle=postgres_verbose');
	IPC::Run::run([ 'psql', '-X', '-a', '-q', '-d', 'contrib_regression' ], '<', "$tests/sql/$name.sql", '>', \$out, '2>&1',
		IPC::Run::timeout(300));
	return without_context($out);
}

for my $name (sort keys %asked)
{
	my $printed = printed($name);
	# PostgreSQL's own words differ between versions: any of the expected outputs will do.
	my @differences = map { differences(without_context(slurp_file($_)), $printed) } glob "$tests/expected/${name}{,_[0-9]}.out";
	my ($fewest) = sort { ($a =~ tr/\n//) <=> ($b =~ tr/\n//) || length $a <=> length $b } @differences;
	keep_result("sql_edition.$name", split /\n/, $fewest);
	my $file = "$FindBin::RealBin/../sql_edition/$name.diff";
	my $listed = -e $file ? slurp_file($file) =~ s/\n\z//r : '';
	is($fewest, $listed, "$name prints what is expected" . ($listed eq '' ? '' : ', except for what is listed'));
}

done_testing();
