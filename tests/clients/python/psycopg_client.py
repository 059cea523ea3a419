"""psycopg 3."""

import psycopg

from report import BATCH, POOLED, URL, name_of, report, report_answer

# A connection pooler in transaction mode can give the next transaction a connection without the statements prepared before.
connection = psycopg.connect(URL, autocommit=True, prepare_threshold=None if POOLED else 5)


def set_runtime(workspace_id, runtime):
    # docs begin
    try:
        connection.execute("UPDATE workspaces SET runtime = %s WHERE id = %s", (runtime, workspace_id))
    except psycopg.errors.CheckViolation as error:
        if not (error.diag.constraint_name or "").endswith("_model_routable"):
            raise
        code, _, reason = error.diag.message_detail.partition(": ")
        return 422, {"error": error.diag.message_primary, "code": code, "reason": reason, "hint": error.diag.message_hint}
    # docs end
    return 200, {}


report("version", psycopg.__version__)
report_answer(set_runtime(2, "hermes"))
try:
    with connection.transaction():
        connection.execute("UPDATE workspaces SET name = 'renamed' WHERE id = 2")
        connection.execute("UPDATE workspaces SET runtime = 'hermes' WHERE id = 2")
except psycopg.IntegrityError as error:
    report("error", name_of(error))
    report("sqlstate", error.sqlstate)
    report("constraint", error.diag.constraint_name)
report("after", connection.execute("SELECT name FROM workspaces WHERE id = 2").fetchone()[0])
report("switch", set_runtime(1, "hermes")[0])
try:
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO workspaces VALUES (%s, %s, %s, %s)", BATCH)
except psycopg.IntegrityError as error:
    report("batch", name_of(error))
