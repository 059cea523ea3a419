# A role that may call routable.check, diff or release can pass any text. In every case the session answers, ends soon after a
# cancellation, and frees the memory that it took. crates/registry/tests/loader_fuzz.rs tests the limits of the loader itself.
use strict;
use warnings;

use Registries;
use ServerUnderTest;
use Test::More;
use POSIX qw(sysconf _SC_CLK_TCK);

# In bytes: the longest text that the server reads.
my $longest = 8 << 20;
my $node = start_server('main');
$node->safe_psql('postgres', "CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'");
$node->safe_psql('ascii', 'CREATE EXTENSION model_routable');

# The files by name.
my %hostile;

# A file with one provider and one runtime. The arguments are the text of each.
sub file
{
	my ($provider, $runtimes) = @_;
	return "schema_version: 1\nproviders:\n  - {$provider display_name: A, protocol: openai, auth_mode: key, auth_env: [K]}\n"
	  . "runtimes:\n  $runtimes\n";
}

# A file with many values is padded to the length that allows so many.
sub padded
{
	my ($open, $unit, $close, $length, $separators) = @_;
	my $each = () = $unit =~ /[\n,\[\]{}:?-]/g;
	my $times = int($separators / ($each || 1));
	$times = int(($length - 100) / length $unit) if $times * length $unit > $length - 100;
	my $text = $open . $unit x $times . $close . "\n#";
	return $text . 'x' x ($length - length $text);
}

for my $length (40_000, $longest - 100)
{
	my $number = 0;
	for my $unit ('[:,]', ':,', 'a,', '{},', '[],', '[', '- ', "-\n", "? a\n", "a:\n", "- a:\n", '[[[[[[[[]]]]]]]],', '{a: b},',
		'"",', "''\n", '&a ,', '!a ,', "? ? ? ?\n", "- - - - - -\n", 'a: b: ', 'aaaaaaaa,')
	{
		$number++;
		for my $around ([ "schema_version: 1\nproviders: [", ']' ], $length < $longest / 2 ? [ '', '' ] : ())
		{
			$hostile{"dense $number of $length bytes, $around->[1]"} =
			  padded($around->[0], $unit, $around->[1], $length, 19_900 + $length / 8);
		}
	}
}
for my $depth (127, 129, 19_999)
{
	for my $pair ([ '[', ']' ], [ '{a: ', '}' ], [ '- ', '' ], [ '? ', '' ])
	{
		$hostile{"$depth times $pair->[0]"} = $pair->[0] x $depth . $pair->[1] x $depth;
	}
}
my $doubling = join '', map { "a$_: &a$_ [*a" . ($_ - 1) . ', *a' . ($_ - 1) . "]\n" } 1 .. 40;
$hostile{'aliases that double'} = "a0: &a0 [x, x]\n$doubling";
$hostile{'aliases of a list'} = '[&list [' . 'x,' x 5_000 . '], ' . '*list,' x 5_000 . ']';
$hostile{'aliases of a scalar'} = '[&text ' . 'x' x 100_000 . ', ' . '*text,' x 10_000 . ']';
$hostile{'an alias of itself'} = '&a [*a, *a]';
my $ids = join ', ', map { "id$_" } 1 .. 3_000;
$hostile{'ids that aliases multiply'} =
  file('name: a,', join "\n  ", "r0: {providers: &arms [{name: a, models: [$ids]}]}", map { "r$_: {providers: *arms}" } 1 .. 300);
$hostile{'arms that aliases multiply'} = "ids: &ids [$ids]\nruntimes:\n"
  . join '', map { "  r$_: {providers: [{name: a, models: *ids}]}\n" } 1 .. 2_000;
my $huge = 'x' x ($longest - 1_000);
$hostile{'a huge scalar'} = $huge;
$hostile{'a huge key'} = "$huge: 1";
$hostile{'a huge number'} = 'schema_version: ' . '9' x 1_000_000;
$hostile{'huge names'} = file('name: ' . 'x' x 2_000_000 . ',', 'y' x 2_000_000 . ': {providers: [{name: ' . 'x' x 2_000_000 . '}]}');
$hostile{'a huge pattern'} = file('name: a, model_prefix_match: ' . 'x' x 2_000_000 . ',', 'r: {}');
$hostile{'a huge text in quotes'} = 'a: "' . '\u0001' x 1_000_000 . '"';
$hostile{'a huge block'} = "a: |\n" . "  line\n" x 20_000;
$hostile{'duplicate keys'} = join '', map { 'k' . $_ % 10 . ": 1\n" } 1 .. 15_000;
$hostile{'unknown keys'} = join '', map { "shema_version$_: 1\n" } 1 .. 10_000;
$hostile{'ids with faults'} = file('name: a,', 'r: {providers: [{name: a, models: [' . '" a", ' x 30_000 . ']}]}');
for my $length (1, 2_000, 100_000)
{
	$hostile{"ids with warnings in a runtime of $length bytes"} = file('name: a,',
		"? @{[ 'r' x $length ]}\n  : {providers: [{name: a, models: [" . join(',', map { "a $_" } 1 .. 6_000) . ']}]}');
}
my $number = 0;
for my $pattern ('(?i)[a-z]*q[a-z]{20}$', '^.{100}', '(((((((a?){9}){9}){9})))))', 'x.{5}$', '[^a]{50}x', '((a|b|c|d)*x){1,40}',
	'(a*)*(a*)*(a*)*b', '[a-y]*[b-z]{12}$')
{
	$number++;
	$hostile{"pattern $number, often"} = "schema_version: 1\nproviders:\n"
	  . join '', map { "  - {name: p$_, model_prefix_match: '$pattern'}\n" } 1 .. 2_000;
}
srand(5);
my @classes = map {
	join '', map { '[' . join('', chr(97 + int(rand(26))), grep { rand() < 0.2 } 'a' .. 'z') . ']' } 1 .. 4
} 1 .. 400;
$hostile{'patterns that overlap'} = "schema_version: 1\nproviders:\n"
  . join('', map { "  - {name: p$_, display_name: P, protocol: openai, auth_mode: key, auth_env: [K], model_prefix_match: '^$classes[$_]'}\n" }
	  0 .. $#classes)
  . "runtimes:\n" . join '', map { "  r$_: {providers: [" . join(', ', map { "{name: p$_}" } 0 .. $#classes) . "]}\n" } 0 .. 9;
$hostile{'as many ids as fit'} = file('name: a,', join "\n  ",
	map { my $runtime = $_; "r$runtime: {providers: [{name: a, models: [" . join(', ', map { "vendor/model-$runtime-$_" } 1 .. 3_300) . ']}]}' }
	  1 .. 100);

# Changes bytes of a valid file. The seed makes a failure repeatable.
srand(7);
my $valid = registry_file('conformance/registry-08.yaml');
my @tokens = ("\xff", "\xc3", "\n", "\t", '[', ']', '{', '}', ': ', '- ', '&a ', '*a', '!x ', "\xef\xbb\xbf", "'", '*', '|');
for my $number (1 .. 200)
{
	my $text = $valid;
	for (0 .. int(rand(3)))
	{
		my $at = int(rand(length $text));
		my $kind = int(rand(4));
		if ($kind == 0) { substr($text, $at, 1) = chr(ord(substr $text, $at, 1) ^ 1 << int(rand(8))) }
		elsif ($kind == 1) { substr($text, $at, 0) = $tokens[ rand @tokens ] }
		elsif ($kind == 2) { substr($text, $at, int(rand(40))) = '' }
		else { my $copy = substr $text, $at, int(rand(80)); substr($text, int(rand(length $text)), 0) = $copy }
	}
	$hostile{"changed $number"} = $text =~ tr/\0//dr;
}
for my $number (1 .. 100)
{
	$hostile{"random $number"} = join '', map {
		rand() < 0.4 ? substr("[]{}:,-?&*!|>'\"%\@`# \n\t", int(rand(22)), 1) : chr(1 + int(rand(255)))
	} 1 .. rand(300);
}

# The memory of the session's process, in kB: all of it, and PostgreSQL's part.
sub held
{
	my ($session) = @_;
	my $pid = answer($session, 'SELECT pg_backend_pid();');
	my ($resident) = PostgreSQL::Test::Utils::slurp_file("/proc/$pid/status") =~ /^(?:RssAnon):\s*(\d+) kB/m;
	my $contexts = major($node) >= 14
	  ? answer($session, 'SELECT sum(total_bytes) / 1024 FROM pg_backend_memory_contexts;') : 0;
	return ($resident, $contexts);
}

# The processor time of a process in seconds. Other work on the machine does not change it (proc(5), stat).
sub processor_time
{
	my ($pid) = @_;
	my @fields = split ' ', PostgreSQL::Test::Utils::slurp_file("/proc/$pid/stat") =~ s/^.*\) //sr;
	return ($fields[11] + $fields[12]) / sysconf(_SC_CLK_TCK);
}

# In seconds: five times the longest time that was seen between a timeout of 200 ms and the end. A loop that cannot be
# cancelled takes minutes.
my $soon = 2;

# Asserts that the session has little more memory than before, in kB: the C library keeps some for the next call (mallopt(3),
# M_TRIM_THRESHOLD), and PostgreSQL has caches.
sub holds_little_more
{
	my ($session, $name, @before) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	my @after = held($session);
	note("$name: from @before kB to @after kB");
	cmp_ok($after[0] - $before[0], '<', 96 << 10, "$name: the process gives its memory back");
	cmp_ok($after[1] - $before[1], '<', 4 << 10, "$name: PostgreSQL's contexts are as small as before");
	return;
}

my %calls = (
	check => 'SELECT count(*) FROM hostile, routable.check(file) WHERE name =',
	diff => 'SELECT count(*) FROM hostile, routable.diff(file) WHERE name =',
	release => 'SELECT routable.release(file) FROM hostile WHERE name =',
);
my $timeout = 'ERROR:  canceling statement due to statement timeout';

my %databases = (postgres => sub { $_[0] =~ /^(?!.*[\x80-\xff])/s }, ascii => sub { 1 });
for my $database (sort keys %databases)
{
	$node->safe_psql($database, 'CREATE TABLE hostile (name text PRIMARY KEY, file text)');
	# As hexadecimal digits, which are the same in all encodings.
	my @names = grep { $databases{$database}->($hostile{$_}) } sort keys %hostile;
	@names = grep { length $hostile{$_} < 100_000 } @names if $database eq 'ascii';
	my (undef, $messages) = run_script($node, $database, join '', map {
		"INSERT INTO hostile VALUES ('$_', convert_from('\\x" . unpack('H*', $hostile{$_}) . "', 'SQL_ASCII'));\n"
	} @names);
	is($messages, '', "$database: the files are stored") or next;

	my $session = $node->background_psql($database, on_error_stop => 0, timeout => 600);
	answer($session, "SELECT count(*) FROM routable.check('schema_version: 1');");
	my @before = held($session);
	my $pid = answer($session, 'SELECT pg_backend_pid();');
	answer($session, 'SET client_min_messages = error;');
	for my $function ($database eq 'ascii' ? 'check' : sort keys %calls)
	{
		my ($slowest, @cancelled, @faults) = (0);
		# With a timeout. A call that the timeout ends is repeated some times, because leaks add up.
		my @crashes = crashes_during($node, sub {
			answer($session, "SET statement_timeout = '200ms';");
			for my $name (@names)
			{
				my ($began, $answer) = (processor_time($pid), answer($session, "$calls{$function} '$name';"));
				my $took = processor_time($pid) - $began;
				push @faults, sprintf '%s: ended after %.2f s of processor time', $name, $took if $took > $soon;
				push @cancelled, $name if $answer eq $timeout;
				push @faults, "$name: $answer" if $answer !~ /^(?:\d+|\Q$timeout\E|ERROR:  the registry has (?:a fault|\d+ faults))$/;
				$slowest = $took if $took > $slowest;
			}
			for my $name ((@cancelled) x 3) { answer($session, "$calls{$function} '$name';") }
			answer($session, 'SET statement_timeout = 0;');
		});
		note(sprintf '%s: %d files, %d cancelled, the slowest after %.2f s of processor time', $function, scalar(@names), scalar(@cancelled), $slowest);
		is(join("\n", @crashes), '', "$database: no file that $function is given crashes anything");
		is(join("\n", @faults), '', "$database: each $function has an answer, or soon ends if statement_timeout is 200 ms");
		# A limit that no call reaches would prove nothing.
		cmp_ok(scalar(@cancelled), '>', 0, "$database: some calls of $function were cancelled") if $database ne 'ascii';
		holds_little_more($session, "$database, after cancelled calls of $function", @before);
		answer($session, 'SELECT routable.revert(0);') if $function eq 'release';
	}

	# Without a timeout, and often.
	my @faults;
	for my $name (@names)
	{
		my $answer = answer($session, "$calls{check} '$name';");
		push @faults, "$name: $answer" if $answer !~ /^\d+$/;
	}
	is(join("\n", @faults), '', "$database: each check that is given time has an answer");
	holds_little_more($session, "$database, called to the end", @before);
	answer($session, q{DO $$ BEGIN FOR pass IN 1 .. 20 LOOP
		PERFORM count(*) FROM hostile, routable.check(file) WHERE length(file) < 5000; END LOOP; END $$;});
	holds_little_more($session, "$database, called often", @before);
	$session->quit;
}

done_testing();
