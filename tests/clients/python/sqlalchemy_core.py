"""SQLAlchemy 2, Core, with psycopg."""

import sqlalchemy
from sqlalchemy import column, create_engine, exc, insert, select, table, update

from report import BATCH, POOLED, URL, name_of, report, report_answer

workspaces = table("workspaces", column("id"), column("name"), column("runtime"), column("model"))
engine = create_engine(
    URL.replace("postgresql:", "postgresql+psycopg:"), connect_args={"prepare_threshold": None if POOLED else 5}
)


def set_runtime(workspace_id, runtime):
    # docs begin
    try:
        with engine.begin() as connection:
            connection.execute(update(workspaces).where(workspaces.c.id == workspace_id).values(runtime=runtime))
    except exc.IntegrityError as error:
        diag = error.orig.diag
        if not (diag.constraint_name or "").endswith("_model_routable"):
            raise
        code, _, reason = diag.message_detail.partition(": ")
        return 422, {"error": diag.message_primary, "code": code, "reason": reason, "hint": diag.message_hint}
    # docs end
    return 200, {}


report("version", sqlalchemy.__version__)
report_answer(set_runtime(2, "hermes"))
with engine.connect() as connection:
    try:
        with connection.begin():
            connection.execute(update(workspaces).where(workspaces.c.id == 2).values(name="renamed"))
            connection.execute(update(workspaces).where(workspaces.c.id == 2).values(runtime="hermes"))
    except exc.IntegrityError as error:
        report("error", name_of(error))
        report("sqlstate", error.orig.sqlstate)
        report("constraint", error.orig.diag.constraint_name)
    report("after", connection.scalar(select(workspaces.c.name).where(workspaces.c.id == 2)))
report("switch", set_runtime(1, "hermes")[0])
try:
    with engine.begin() as connection:
        connection.execute(insert(workspaces), [dict(zip(workspaces.c.keys(), row)) for row in BATCH])
except exc.IntegrityError as error:
    report("batch", name_of(error))
