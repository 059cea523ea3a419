# The load of many_clients_store_no_bad_pair.pl on a table that only the application checks: each client reads the row,
# validates the pair that it is about to make, and writes. STRESS_SECONDS is the duration (10).
use strict;
use warnings;

use Load;
use Test::More;

my $node = start_loaded_server();
start_clients($node, 'application', 32);
sleep stress_seconds();
stop_clients($node);
my $checked = () = printed_by('application', 'out') =~ /^UPDATE 1$/mg;
# There are few rows, and a stored bad pair can be overwritten. So bad pairs are counted when they are stored.
my $let_in = $node->safe_psql('stress', 'SELECT count(*) FROM let_in');
note("the application's check let in $let_in bad pairs in $checked writes; "
	  . bad_pairs_in($node, 'checked_by_application') . ' of 8 rows are bad at the end');
cmp_ok($let_in, '>', 0, 'the same load gets bad pairs past a check in the application');

done_testing();
