# The package of the command-line tool has its man page and its completions where man and the shells look for them.
use strict;
use warnings;

use CleanRoot;
use Test::More;

my $root = CleanRoot->new(grep { m,/model-routable_, } packages('this', '.deb'));
$root->succeeds('the package installs beside man and the shells', <<'END_OF_SCRIPT');
apt-get update
apt-get install ./model-routable_*.deb man-db bash-completion zsh fish
END_OF_SCRIPT

my $page = $root->succeeds('man shows the page', 'man --warnings=w model-routable 2>warnings');
my (undef, $help) = $root->run('model-routable -h');
my ($commands) = $help =~ /^Commands:\n(.*?)\n\n/ms;
my @commands = grep { $_ ne 'help' } $commands =~ /^ +(\S+)/mg;
cmp_ok(scalar @commands, '>', 5, 'the help lists commands');
is(join(' ', grep { $page !~ /^ +\Q$_\E [<\[]/m } @commands), '', 'the page describes each of them');
my (undef, $warnings) = $root->run('cat warnings');
is($warnings, '', 'groff warns of nothing in it');

# Asserts which options a shell offers after "model-routable diff --". The script prints them, one a line.
sub offers_options
{
	my ($shell, $script) = @_;
	my $told = $root->succeeds("$shell completes", $script);
	is_deeply([ sort $told =~ /^(--\w+)/mg ], [qw(--help --json --pairs)], "$shell offers the options of a command") or diag($told);
	return;
}
offers_options('bash', <<'END_OF_SCRIPT');
exec bash -c '
source /usr/share/bash-completion/bash_completion
_completion_loader model-routable || [ $? = 124 ]
[[ $(complete -p model-routable) =~ -F\ ([^ ]+) ]]
COMP_WORDS=(model-routable diff --) COMP_CWORD=2
${BASH_REMATCH[1]} model-routable -- diff
printf "%s\n" "${COMPREPLY[@]}"'
END_OF_SCRIPT
offers_options('fish', q(fish -c "complete -C 'model-routable diff --'"));

# zsh completes only on a terminal. There, one key prints the line as completion has left it, and ends the shell.
my $line = $root->succeeds('zsh completes', <<'END_OF_SCRIPT');
mount -t devpts devpts /dev/pts
cat >typing.zsh <<'END_OF_TYPING'
zmodload zsh/zpty
zpty shell zsh -fi
zpty -w shell "autoload -Uz compinit && compinit -D; tell() { print -r \"line: \$BUFFER\"; exit }; zle -N tell; bindkey '^X' tell"
zpty -w -n shell $'model-routable di\t--pa\t\x18'
while zpty -r shell told; do print -rn -- $told; done
END_OF_TYPING
exec timeout 60 zsh -f typing.zsh
END_OF_SCRIPT
like($line, qr/line: model-routable diff --pairs=/, 'zsh completes a command and its option');
$root->remove;

done_testing();
