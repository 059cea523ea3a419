# Each target is one command. PG_CONFIG=/path/to/pg_config chooses another PostgreSQL than the first on the PATH.

.PHONY: help demo psql test test-clients stress lint install installcheck

help:
	@echo 'make demo          show PostgreSQL refusing the incident, on a throw-away server'
	@echo 'make psql          open psql on the same database'
	@echo 'make test          run every test, on a throw-away server'
	@echo 'make test-clients  drivers, frameworks, migration tools and the example services, from their registries'
	@echo 'make stress        many clients and a crash against the guard, for two minutes'
	@echo 'make lint          check formatting, lint, and check the install script'
	@echo 'make install       build the extension and install it (PG_CONFIG=... chooses into which PostgreSQL)'
	@echo 'make installcheck  test the installed extension in a running server (PGHOST, PGPORT, PGUSER)'

demo:
	@scripts/demo.sh

psql:
	@scripts/psql.sh

test:
	@scripts/test.sh

test-clients:
	@scripts/test_clients.sh

stress:
	@scripts/stress.sh

lint:
	@scripts/lint.sh

install:
	@scripts/install.sh

installcheck:
	@scripts/installcheck.sh
