# The commands of the README take a Debian without PostgreSQL and without a compiler to the refused incident.
use strict;
use warnings;

use CleanRoot;
use FindBin;
use Test::More;

my $major = $ENV{PG_MAJOR};
my ($block) = contents("$FindBin::RealBin/../../README.md") =~ /^## Install\n.*?^```console\n(.*?)^```$/ms;
my @commands = map { s/\b15\b/$major/gr } $block =~ /^\$ (.*)$/mg;
is(scalar @commands, 5, 'the README installs the packages by five commands, up to the incident');
my $incident = pop @commands;

my $root = CleanRoot->new(packages('this', '.deb'));
ok(!($root->run("command -v $_"))[0], "the clean root has no $_") for qw(psql cc cargo);
# psql ends with an error if the server refuses.
my $told = $root->succeeds('the commands before the incident succeed, and the incident fails', join("\n", @commands, "! $incident"));
like($told, qr/^ERROR:  model "anthropic\/claude-opus-4-7" is not routable on runtime "hermes"/m, 'the incident is refused');
like($told, qr/^DETAIL:  UNREGISTERED_MODEL_FOR_RUNTIME: /m, 'the refusal has its code');
ok(!($root->run("command -v $_"))[0], "$_ was not installed") for qw(cc cargo);

my (undef, $explained) = $root->run('model-routable explain hermes anthropic/claude-opus-4-7');
like($explained, qr/not routable/, 'the command-line tool gives the same answer');
$root->remove;

done_testing();
