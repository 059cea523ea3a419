# A session that loaded the library of a released version keeps it, whatever is installed and updated meanwhile. A library
# that is put back works with the objects of this version.
use strict;
use warnings;

use Installation;
use ServerUnderTest;
use Test::More;
use Upgrade;

my ($released) = builds(qw(released));
my $installation = Installation->new;
$installation->install_scripts(map { install_script($_->{version}) } releases());
my $node = start_server('main');

for my $release (releases())
{
	my $version = $release->{version};
	ok(-f "$released/$version/model_routable.so", "there is the library of $version") or next;
	$installation->install_libraries("$released/$version");
	guarded_database($node, 'updated', $version);
	my $session = $node->background_psql('updated', on_error_stop => 0);
	$session->query(q{PREPARE incident AS UPDATE workspaces SET runtime = 'hermes' WHERE id = 2; EXECUTE incident;});

	my (undef, undef, $stderr) = $node->psql('updated', "\\set VERBOSITY terse\nALTER EXTENSION model_routable UPDATE");
	every_function_or_reason($stderr, "the update, under the library of $version");
	guards_work($node, 'updated', "after the attempt, under the library of $version, the guards work");

	$installation->restore_libraries;
	(undef, undef, $stderr) = $node->psql('updated', 'ALTER EXTENSION model_routable UPDATE');
	is($stderr, '', "while a session goes on with the library of $version, the extension is updated");
	guards_work($node, 'updated', "with this library, and objects that came with that of $version, the guards work");
	like(messages_in($session, 'EXECUTE incident;'), qr/violates check constraint "workspaces_model_routable"/,
		"a session that loaded the library of $version, and prepared a statement, is refused the incident after the update");
	guards_work($session, undef, "a session that loaded the library of $version goes on with working guards");
	every_function_or_reason(every_function($session), "a session that loaded the library of $version, and the objects of this version");

	$installation->install_libraries("$released/$version");
	guards_work($node, 'updated', "if the library of $version comes back to the objects of this version, the guards work");
	every_function_or_reason(every_function($node, 'updated'), "if the library of $version comes back to the objects of this version");
	$installation->restore_libraries;
	$session->quit;
}

done_testing();
