# pg_upgrade of a cluster with guarded tables and rows from before their guards to a later version of PostgreSQL. Afterwards
# the extension is updated from its first release. oldinstall is the installation of the earlier version, as in PostgreSQL's
# own test.
use strict;
use warnings;

use File::Basename;
use File::Find;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils qw(slurp_file);
use Test::More;
use Upgrade;

plan skip_all => 'oldinstall does not name an installation of an earlier version' unless $ENV{oldinstall};
my $old = PostgreSQL::Test::Cluster->new('old', install_path => $ENV{oldinstall});
my $new = PostgreSQL::Test::Cluster->new('new');
my ($from, $to) = map { int($_->config_data('--version') =~ s/^\D*(\d+).*$/$1/sr) } $old, $new;
my ($release) = map { $_->{version} } releases();
my @options = ('-E', 'UTF8', '--locale=C');

$old->init(extra => \@options);
$old->start;
guarded_database($old, 'guarded', $release);
$old->safe_psql('guarded', 'CREATE ROLE operators');
# Privileges on parameters exist from 15 on.
$old->safe_psql('guarded', 'GRANT SET ON PARAMETER model_routable.enforcement TO operators') if $from >= 15;
guards_work($old, 'guarded', "on $from, the guards work");
my $state = 'SELECT * FROM routable.guards ORDER BY relation::text; TABLE workspaces ORDER BY id; TABLE parted ORDER BY id;
	TABLE checked; TABLE always ORDER BY id';
my $before = $old->safe_psql('guarded', $state);
$old->stop;

# From 18 on, checksums are the default. The clusters have to be alike.
$new->init(extra => [ @options, $to >= 18 ? '--no-data-checksums' : () ]);
my $bindir = dirname(grep { -x } map { "$_/pg_ctl" } split /:/, $ENV{PATH});
chdir $PostgreSQL::Test::Utils::tmp_check;
$new->command_ok([ 'pg_upgrade', '--no-sync', '-b', "$ENV{oldinstall}/bin", '-B', $bindir, '-d', $old->data_dir, '-D', $new->data_dir,
		'-s', $new->host, '-p', $old->port, '-P', $new->port ], "pg_upgrade takes a cluster with guarded tables from $from to $to");
find(sub { diag($_) for -f && /\.log$/ ? slurp_file($_) =~ /^.*error:.*(?:\n.*){0,3}/mg : () }, $new->data_dir . '/pg_upgrade_output.d')
  unless Test::More->builder->is_passing;
$new->start;
is($new->safe_psql('guarded', $state), $before, "on $to, guards and rows are what they were on $from");
guards_work($new, 'guarded', "on $to, the guards refuse the incident and leave rows from before them editable");
every_function_or_reason(every_function($new, 'guarded'), "on $to, with the objects of $release");
if ($from >= 15)
{
	my (undef, $stdout, $stderr) = $new->psql('guarded', "SET ROLE operators; SET model_routable.enforcement = 'warn'");
	is($stdout . $stderr, '', "on $to, a role that was granted the enforcement parameter on $from sets it");
}
my (undef, $stdout, $stderr) = $new->psql('guarded', 'ALTER EXTENSION model_routable UPDATE');
is($stdout . $stderr, '', "on $to, the extension is updated from $release");
guards_work($new, 'guarded', "on $to, after the update, the guards work");
extension_database($new, 'fresh');
same_catalogue($new, 'fresh', 'guarded', "on $to, after the update, the extension is as a new installation has it");

done_testing();
