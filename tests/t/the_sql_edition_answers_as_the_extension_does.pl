# Two databases of one server: one has the extension, the other the script that model-routable sql prints, run by a role that may
# only create schemas. For each registry of the reference answers, both say the same of these questions and of ids as people mistype
# them: verdicts, reasons, suggestions, what audit finds, and what the views list.
# SLIPS is how many ids are mistyped for each registry (150).

use strict;
use warnings;

use Installation;
use PostgreSQL::Test::Utils;
use Registries;
use ServerUnderTest;
use Test::More;

my ($build) = builds(qw(tool));
my $slips = $ENV{SLIPS} || 150;
srand(19);

my $node = start_server('main', '', extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->safe_psql('postgres', 'CREATE ROLE app LOGIN; CREATE DATABASE edition OWNER app');

my $questions = 'CREATE TABLE questions (number int, runtime text, model text, auth_env text[])';
my $answers = <<'END';
CREATE VIEW answered AS
    SELECT number, questions.runtime, questions.model, model_routable(questions.runtime, questions.model) AS verdict,
        routable.derive_provider(questions.runtime, questions.model, auth_env) AS derived,
        routable.default_model(questions.runtime) AS default_model, ARRAY(
            SELECT routable.passes(questions.runtime, questions.model, unknown, near)
            FROM unnest('{allow,deny}'::text[]) AS unknown, unnest('{allow,warn,deny}'::text[]) AS near) AS passes,
        explained::text, finding::text
    FROM questions CROSS JOIN routable.explain(questions.runtime, questions.model, auth_env) AS explained
        LEFT JOIN routable.finding(questions.runtime, questions.model, number % 2 = 0, '2027-01-01') AS finding ON true
END
my ($view) = registry_file('conformance.sql') =~ /^(CREATE VIEW differences AS\n.*?;)$/ms or die 'there is no view of differences';
my $folder = PostgreSQL::Test::Utils::tempdir();

# A script of the tool's, and what it prints as an error. Usage: script(file, option...)
sub script
{
	my ($file, @options) = @_;
	my $script = "$folder/script.sql";
	my $status = system("$build/model-routable sql @options '$FindBin::RealBin/../$file' > $script");
	return $status == 0 ? $script : undef;
}

sub run_as_app
{
	my ($script) = @_;
	return run_log([ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('edition') . ' user=app', '-f', $script ]);
}

sub one { return $_[ int rand @_ ] }

# One of the ways in which an id is written otherwise than it is registered.
sub mistyped
{
	my ($id, @vendors) = @_;
	my $place = int rand(length($id) || 1);
	my $letter = one('a' .. 'z', '0' .. '9', '-', '/', ':', '.', '_', ' ', 'é', "\t");
	my $vendor = one(@vendors, 'openrouter', 'models', 'x-y', 'é', '4you');
	return one(
		sub { uc $id },
		sub { ucfirst $id },
		sub { my $other = one(qw(- . / : _)); $id =~ s/[-.\/:_]/$other/r },
		sub { my $other = one('', qw(- . / : _)); $id =~ s/[-.\/:_]/$other/gr },
		sub { substr($id, $place, 1) = ''; $id },
		sub { substr($id, $place, 0) = $letter; $id },
		sub { substr($id, $place, 1) = $letter; $id },
		sub { $id =~ s/^(.{$place})(.)(.)/$1$3$2/sr },
		sub { $vendor . one('/', ':', '-') . $id },
		sub { $id =~ s/^[^\/:]*[\/:]//r },
		sub { $id =~ s/^[^\/:-]*([\/:-])/$vendor$1/r },
		sub { one(' ', "\t", "\x{3000}") . $id . one('', ' ') },
		sub { $id =~ s/(\d)/($1 + 1) % 10/er },
		sub { one('"', '\\', "\n", "\x01", "\x{301}", "\x{200b}", "\x{1f600}") . $id },
		sub { $id })->();
}

sub literal { my ($text) = @_; return 'NULL' if !defined $text; $text =~ s/'/''/g; return "'$text'" }

# What is asked beside the reference questions, of the registry that is in force.
sub mistyped_questions
{
	my $ids = $node->safe_psql('postgres', 'SELECT runtime, model FROM routable.models WHERE model IS NOT NULL');
	my @ids = map { [ split /\|/ ] } split /\n/, $ids;
	my @vendors = split /\n/, $node->safe_psql('postgres', 'SELECT provider FROM routable.providers');
	my @variables = split /\n/, $node->safe_psql('postgres', 'SELECT DISTINCT unnest(auth_env) FROM routable.providers ORDER BY 1');
	return map {
		my ($runtime, $model) = one(@ids)->@*;
		utf8::decode($_) for $runtime, $model;
		$runtime = one(@ids)->[0] if rand() < 0.2;
		utf8::decode($runtime) if !utf8::is_utf8($runtime);
		$model = mistyped($model, @vendors) for 1 .. one(1, 1, 1, 2, 3);
		$runtime = mistyped($runtime, 'hermes') if rand() < 0.1;
		my $env = join ',', map { '"' . one(@variables) . '"' } 1 .. one(0, 1, 2);
		utf8::encode($_) for $runtime, $model;
		sprintf '(%s, %s, %s)', literal($runtime), literal($model), literal("{$env}")
	} 1 .. $slips;
}

# The lines in which two outputs differ.
sub differences
{
	my ($one, $other) = @_;
	my @other = split /\n/, $other;
	my @lines = split /\n/, $one;
	return [ map { ($lines[$_] // '') eq ($other[$_] // '') ? () : ("extension: " . ($lines[$_] // ''), "edition:   " . ($other[$_] // '')) }
		0 .. (@lines > @other ? $#lines : $#other) ];
}

my $is_first = 1;
for my $number ('shipped', map { sprintf '%02d', $_ } 1 .. 13)
{
	my $file = $number eq 'shipped' ? 'providers.yaml' : "conformance/registry-$number.yaml";
	my $text = registry_file($file);
	$node->safe_psql('postgres', "SELECT routable.release(\$file\$$text\$file\$)");
	ok(run_as_app(script($file, $is_first ? () : '--registry-only')), "registry $number: the script runs");
	if ($is_first)
	{
		$node->safe_psql($_, "$questions; CREATE TABLE answers (answer jsonb); $answers; $view") for 'postgres', 'edition';
		$is_first = 0;
	}
	my @answers = split /\n/, registry_file('conformance/' . ($number eq 'shipped' ? $number : "registry-$number") . '.jsonl');
	my $values = join ', ', map { "(\$answer\$$_\$answer\$)" } @answers;
	my $mistyped = join ', ', mistyped_questions();
	for my $database ('postgres', 'edition')
	{
		$node->safe_psql($database, "TRUNCATE answers, questions; INSERT INTO answers VALUES $values;
			INSERT INTO questions SELECT row_number() OVER (), runtime, model, auth_env::text[]
				FROM (VALUES $mistyped) AS mistyped (runtime, model, auth_env);
			INSERT INTO questions SELECT 10000 + row_number() OVER (), answer ->> 'runtime', answer ->> 'model',
				ARRAY(SELECT jsonb_array_elements_text(answer -> 'auth_env')) FROM answers");
	}
	is($node->safe_psql('edition', 'SELECT answer, code, provider FROM differences LIMIT 5'), '',
		"registry $number: each answer is the reference answer");
	for my $query ('SELECT * FROM answered ORDER BY number', 'TABLE routable.runtimes', 'TABLE routable.providers', 'TABLE routable.models',
		'SELECT schema_version, sha256, runtimes, providers, models, source, release, external_runtimes FROM routable.registry')
	{
		my ($one, $other) = map { $node->safe_psql($_, $query) } 'postgres', 'edition';
		my $differences = differences($one, $other);
		cmp_ok(length $one, '>', 10, "registry $number: there are rows of $query");
		is_deeply([ @$differences[ 0 .. (@$differences > 6 ? 5 : $#$differences) ] ], [], "registry $number: $query");
	}
}
$node->stop;

done_testing();
