# Updates from every released version: the objects of the extension become those of a new installation. Guards and releases
# stay unchanged.
use strict;
use warnings;

use Digest::SHA;
use Installation;
use ServerUnderTest;
use Test::More;
use Upgrade;

my $installation = Installation->new;
$installation->install_scripts(map { install_script($_->{version}) } releases());
my $node = start_server('main');

# The triggers and constraints of guarded tables.
sub guard_parts
{
	return $node->safe_psql('updated', q{
		SELECT oid, tgname, tgenabled FROM pg_trigger
			WHERE NOT tgisinternal AND tgrelid::regclass::text <> 'routable.release_store'
		UNION ALL SELECT oid, conname, '-' FROM pg_constraint
			WHERE contype = 'c' AND conrelid::regclass::text <> 'routable.release_store' ORDER BY 1});
}

for my $release (releases())
{
	my $version = $release->{version};
	is(Digest::SHA->new(256)->addfile(install_script($version))->hexdigest, $release->{sha256},
		"the install script of $version is as it was released");
	for my $schema ('public', '"Else where"')
	{
		extension_database($node, 'fresh', undef, $schema);
		extension_database($node, 'updated', $version, $schema);
		$node->safe_psql('updated', 'ALTER EXTENSION model_routable UPDATE');
		same_catalogue($node, 'fresh', 'updated',
			"in the schema $schema, an update from $version leaves the same objects, comments and privileges as a new installation");
	}

	guarded_database($node, 'updated', $version);
	my $parts = guard_parts();
	like($parts, qr/\|model_routable_final\|/, "a database of $version has guards");
	# Another session asks while the update is not committed.
	my $session = $node->background_psql('updated', on_error_stop => 0);
	is(messages_in($session, 'BEGIN; ALTER EXTENSION model_routable UPDATE;'), '', "the update from $version begins");
	guards_work($node, 'updated', "while the update from $version is under way, the guards work in other sessions");
	guards_work($session, undef, "while the update from $version is under way, the guards work in its own session");
	is(messages_in($session, 'COMMIT;'), '', "the update from $version is committed");
	$session->quit;
	guards_work($node, 'updated', "after the update from $version, the guards work");
	is(every_function($node, 'updated'), '', "after the update from $version, every function works");
	is(guard_parts(), $parts, "the update from $version leaves the triggers and constraints as they are");
}
my $version = $node->safe_psql('postgres', q{SELECT default_version FROM pg_available_extensions WHERE name = 'model_routable'});
ok(!(grep { $_->{version} eq $version } releases()), "the version that is built is none that was released: $version");

done_testing();
