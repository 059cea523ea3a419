# Generated patterns, each of a runtime of its own, and generated ids: the extension, which walks the automaton of each pattern, and
# the SQL edition, which has it as a regular expression of PostgreSQL's, call the same ids routable.
# PATTERNS is how many patterns are made (100), IDS how many ids each is asked of (1500), PATTERN_SEED where the generator begins.

use strict;
use warnings;
use utf8;

use Installation;
use PostgreSQL::Test::Utils;
use ServerUnderTest;
use Test::More;

my ($build) = builds(qw(tool));
my ($count, $ids) = ($ENV{PATTERNS} || 100, $ENV{IDS} || 1500);
srand($ENV{PATTERN_SEED} // 7);

my $node = start_server('main', '', extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->safe_psql('postgres', 'CREATE ROLE app LOGIN; CREATE DATABASE edition OWNER app');
my $folder = PostgreSQL::Test::Utils::tempdir();

# Few characters, so that patterns and ids meet: with cases that fold to others, and one of each length in UTF-8.
my @characters = ('a', 'b', 'A', 'B', 'k', 's', '1', '2', '-', '/', '.', '_', ' ', 'é', 'É', 'ſ', 'K', 'ß', 'Σ', 'ς', '中', "\x{1f600}");
my @special = ('^', '$', '\\', '[', ']', '(', ')', '{', '}', '|', '*', '+', '?', '"', "'", ':', ',', '!', '~', '#', "\t", "\n", "\x{7f}");

sub one { return $_[ int rand @_ ] }
sub chance { return rand() < $_[0] }

sub character
{
	my $character = one(chance(0.85) ? @characters : @special);
	return sprintf '\\x{%x}', ord $character if $character =~ /[\t\n\x7f]/ || chance(0.05);
	return $character =~ /[!-\/:-@\[-`{-~]/ && $character ne '_' && chance(0.99) ? "\\$character" : $character;
}

sub class
{
	my @items = map {
		my ($from, $to) = sort { ord $a <=> ord $b } one(@characters), one(@characters);
		one(sub { character() }, sub { character() }, sub { $from =~ /[-\/. ]/ || $to =~ /[-\/. ]/ ? 'x-z' : "$from-$to" },
			sub { one('\d', '\w', '\s', '\D', '\W', '\S') },
			sub { one('[:alpha:]', '[:digit:]', '[:punct:]', '[:space:]', '[:upper:]', '[:^lower:]', '[:word:]') })->()
	} 1 .. one(1, 1, 2, 3, 4);
	return '[' . one('', '', '^') . join('', @items) . ']';
}

sub atom
{
	my ($depth) = @_;
	return one(('character') x 8, 'dot', 'class', 'class', 'perl', $depth > 0 ? ('group') x 3 : (), 'anchor') =~ s/^(\w+)$/kind($1, $depth)/er;
}

sub kind
{
	my ($kind, $depth) = @_;
	return character() if $kind eq 'character';
	return '.' if $kind eq 'dot';
	return class() if $kind eq 'class';
	return one('\d', '\w', '\s', '\D', '\W', '\S') if $kind eq 'perl';
	return one('^', '$', '\A', '\z') if $kind eq 'anchor';
	return one('(', '(?:', '(?i:', '(?-i:', '(?P<name>') . alternation($depth - 1) . ')';
}

sub repeated
{
	my ($depth) = @_;
	my $atom = atom($depth);
	return $atom if chance(0.7);
	my $least = int rand 4;
	return $atom . one('*', '+', '?', "{$least}", "{$least,}", sprintf('{%d,%d}', $least, $least + int rand 3),
		$depth == 2 ? ('{255}', '{256}', '{250,300}', '{300,}') : ()) . one('', '', '', '?');
}

sub concatenation { my ($depth) = @_; return join '', map { repeated($depth) } 1 .. one(0, 1, 1, 2, 2, 3, 4) }
sub alternation { my ($depth) = @_; return join '|', map { concatenation($depth) } 1 .. one(1, 1, 1, 2, 3) }
sub pattern { return one('', '', '^', '^', '(?i)', '(?i)^') . alternation(2) . one('', '', '', '$') }

sub id { return join '', map { one(chance(0.9) ? @characters : @special) } 1 .. one(1, 1, 2, 2, 3, 3, 4, 5, 7) }

# One pattern a line, so that the tool's faults name it.
sub registry
{
	my @patterns = @_;
	my $number = 0;
	my $name = sub { sprintf 'p%d', $number++ };
	return "schema_version: 1\nproviders:\n"
		. join('', map {
			sprintf "  - {name: %s, display_name: P, protocol: openai, auth_mode: key, auth_env: [K], model_prefix_match: '%s'}\n",
				$name->(), s/'/''/gr } @patterns)
		. "runtimes:\n" . join('', map { "  p$_: {providers: [{name: p$_}]}\n" } 0 .. $#patterns);
}

sub write_registry
{
	my $text = registry(@_);
	utf8::encode($text);
	unlink "$folder/registry.yaml";
	append_to_file("$folder/registry.yaml", $text);
	return $text;
}

# Those that the tool takes for patterns: the generator does not know all rules.
sub without_faults
{
	my @patterns = @_;
	while (1)
	{
		write_registry(@patterns);
		my $report = qx($build/model-routable check '$folder/registry.yaml' 2>&1);
		return @patterns if $? >> 8 == 0;
		my %faulty = map { $_ => 1 } $report =~ /line (\d+):/g;
		die $report if !%faulty;
		@patterns = @patterns[ grep { !$faulty{ $_ + 3 } } 0 .. $#patterns ];
	}
}

my ($asked, $routable, $said) = (0, 0, 0);
my $is_first = 1;
while ($said < $count)
{
	my @patterns = without_faults(map { pattern() } 1 .. 100);
	$said += @patterns;
	my $text = write_registry(@patterns);
	my $option = $is_first ? '' : '--registry-only';
	is(system("$build/model-routable sql $option '$folder/registry.yaml' > $folder/script.sql"), 0, 'the tool says all of them in SQL');
	$node->safe_psql('postgres', "SET client_min_messages = error; SELECT routable.release(\$file\$$text\$file\$)");
	ok(run_log([ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('edition') . ' user=app', '-f', "$folder/script.sql" ]),
		'PostgreSQL compiles each of them');
	my $values = join ', ', map { my $id = $_ =~ s/'/''/gr; utf8::encode($id); "('$id')" }
		(map { id() } 1 .. $ids), map { 'a' x $_ } 254 .. 257, 299 .. 301;
	my @answers = map {
		$node->safe_psql($_, "CREATE TABLE IF NOT EXISTS ids (id text); TRUNCATE ids; INSERT INTO ids VALUES $values");
		[ split /\n/, $node->safe_psql($_, "SELECT runtime, (SELECT string_agg(to_json(id)::text, ' ' ORDER BY id) FROM ids WHERE model_routable(runtime, id))
			FROM routable.runtimes ORDER BY runtime COLLATE \"C\"") ]
	} 'postgres', 'edition';
	for my $line (0 .. $#{ $answers[0] })
	{
		next if $answers[0][$line] eq ($answers[1][$line] // '');
		my ($number) = $answers[0][$line] =~ /^p(\d+)\|/;
		fail("the pattern $patterns[$number] matches the same ids");
		diag "extension: $answers[0][$line]\nedition:   $answers[1][$line]";
	}
	is(scalar @{ $answers[1] }, scalar @patterns, 'each pattern was asked');
	$asked += @patterns * ($ids + 7);
	$routable += () = join("\n", @{ $answers[0] }) =~ /" "|\|"/g;
	$is_first = 0;
}
note "$said patterns, $asked questions, $routable routable";
cmp_ok($routable, '>', $asked / 20, 'many ids match');
cmp_ok($routable, '<', $asked * 19 / 20, 'many ids do not');
$node->stop;

done_testing();
