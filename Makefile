# make and make install are as with every extension of PostgreSQL. Each target is one command. PG_CONFIG=/path/to/pg_config
# chooses another PostgreSQL than the first on the PATH.

.PHONY: all install uninstall clean installcheck help demo psql test test-clients matrix stress instructions bench lint package image packagecheck release

all:
	@scripts/build.sh

install:
	@scripts/install.sh

uninstall:
	@scripts/uninstall.sh

clean:
	rm -rf build target

installcheck:
	@scripts/installcheck.sh $(REGRESS)

help:
	@echo 'make               build the extension (PG_CONFIG=... chooses for which PostgreSQL)'
	@echo 'make install       copy what make built into PostgreSQL, or below DESTDIR'
	@echo 'make uninstall     remove what make install copies'
	@echo 'make clean         remove what make built'
	@echo "make installcheck  test the installed extension in a running server (PGHOST, PGPORT, PGUSER, REGRESS='name name')"
	@echo
	@echo 'These install what is missing, and say so:'
	@echo 'make demo          show PostgreSQL refusing the incident, on a throw-away server'
	@echo 'make psql          open psql on the same database'
	@echo "make test          run every test, on a throw-away server (TESTS='name name' runs these only)"
	@echo 'make test-clients  drivers, frameworks, migration tools and the example services (TESTS=psycopg runs what has this name)'
	@echo 'make matrix        run every test on every PostgreSQL that is supported, and upgrades between them'
	@echo 'make stress        many clients, a crash and random DDL against the guard, for four and a half minutes'
	@echo 'make instructions  count the instructions of the lookup and of the guard, against what is allowed'
	@echo 'make bench         measure the product beside what people would use instead, for 25 minutes'
	@echo 'make lint          check formatting, lint, and check the install script'
	@echo 'make package       make the Debian packages and the source archive'
	@echo 'make image         make the image that a container of PostgreSQL 18 mounts as a volume, from a Debian package'
	@echo 'make release       make the files of a release, and say what a person has to do'
	@echo 'make packagecheck  install, upgrade and remove the packages on a clean root'

demo:
	@scripts/demo.sh

psql:
	@scripts/psql.sh

test:
	@scripts/test.sh $(TESTS)

test-clients:
	@scripts/test_clients.sh '$(TESTS)'

matrix:
	@scripts/matrix.sh

stress:
	@scripts/stress.sh

instructions:
	@scripts/instructions.sh

bench:
	@scripts/bench.sh

lint:
	@scripts/lint.sh

package:
	@scripts/package.sh

image:
	@scripts/image.sh

packagecheck:
	@scripts/packagecheck.sh

release:
	@scripts/release.sh
