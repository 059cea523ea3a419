"""50 requests at once on one row of an example service. Each answer is right for the row at the time of its write."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

CHANGES = [
    {"runtime": "claude-code"},
    {"model": "claude-opus-4-7"},
    {"runtime": "hermes"},
    {"model": "moonshot/kimi-k2.6"},
    {"runtime": "hermes", "model": "moonshot/kimi-k2.5"},
]
HISTORY = """
    CREATE TABLE history (runtime text, model text, old_runtime text);
    CREATE FUNCTION record() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO history VALUES (NEW.runtime, NEW.model, OLD.runtime); RETURN NULL; END $$;
    UPDATE workspaces SET runtime = 'claude-code', model = 'moonshot/kimi-k2.6' WHERE id = 1;
    CREATE TRIGGER record AFTER UPDATE ON workspaces FOR EACH ROW EXECUTE FUNCTION record();
"""


def run_race(service, server):
    with server.connect("examples") as database:
        database.execute(HISTORY)
        try:
            with ThreadPoolExecutor(50) as clients:
                answers = list(clients.map(lambda number: service.patch(1, CHANGES[number % len(CHANGES)]), range(50)))
            routable = database.execute("SELECT bool_and(model_routable(runtime, model)) FROM history").fetchone()[0]
            restarts = database.execute("SELECT count(*) FROM history WHERE runtime <> old_runtime").fetchone()[0]
        finally:
            database.execute("DROP TABLE history; DROP FUNCTION record CASCADE")
    return SimpleNamespace(answers=answers, statuses={status for status, _ in answers}, routable=routable, restarts=restarts)


@pytest.fixture(scope="module")
def race(service, server):
    return run_race(service, server)


def test_each_request_is_written_or_refused_and_both_happen(race):
    assert race.statuses == {200, 422}


def test_no_request_stores_a_bad_pair_even_for_a_moment(race):
    assert race.routable is True


def test_needs_restart_is_true_as_often_as_the_runtime_changed(race):
    assert sum(answer.get("needs_restart", False) for _, answer in race.answers) == race.restarts > 0


def test_each_refusal_names_a_pair_that_is_not_routable(race, database):
    refusals = [answer for status, answer in race.answers if status == 422]
    judge = "SELECT model_routable(%(runtime)s, %(model)s)"
    assert refusals
    assert [answer for answer in refusals if database.execute(judge, answer).fetchone()[0]] == []


def test_without_the_guard_the_same_requests_store_a_bad_pair(service, server, database):
    """The service itself checks nothing."""
    database.execute("SELECT routable.detach('workspaces')")
    try:
        race = run_race(service, server)
    finally:
        database.execute("SELECT routable.attach('workspaces')")
    assert race.statuses == {200}
    assert race.routable is False
