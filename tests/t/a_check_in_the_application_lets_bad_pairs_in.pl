# The load of many_clients_store_no_bad_pair.pl on a table that only the application checks: each client reads the row, has the pair
# validated that it is about to make, and writes. STRESS_SECONDS says for how long (10).
use strict;
use warnings;

use Load;
use Test::More;

my $node = start_loaded_server();
start_clients($node, 'application', 32);
sleep stress_seconds();
stop_clients($node);
my $checked = () = printed_by('application', 'out') =~ /^UPDATE 1$/mg;
# The rows are few, and a bad pair that is stored can be overwritten: bad pairs are counted as they come in.
my $let_in = $node->safe_psql('stress', 'SELECT count(*) FROM let_in');
note("the application's check let in $let_in bad pairs in $checked writes; "
	  . bad_pairs_in($node, 'checked_by_application') . ' of 8 rows are bad at the end');
cmp_ok($let_in, '>', 0, 'the same load gets bad pairs past a check in the application');

done_testing();
