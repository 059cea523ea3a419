"""SQLAlchemy 2, Core, asynchronous, with asyncpg."""

import asyncio

import sqlalchemy
from sqlalchemy import column, exc, insert, select, table, update
from sqlalchemy.ext.asyncio import create_async_engine

from report import BATCH, POOLED, URL, name_of, report, report_answer

workspaces = table("workspaces", column("id"), column("name"), column("runtime"), column("model"))
# For a pooler: no statement stays prepared, and a statement that is prepared once has a unique name.
pooled = {"statement_cache_size": 0, "prepared_statement_name_func": lambda: ""} if POOLED else {}
engine = create_async_engine(URL.replace("postgresql:", "postgresql+asyncpg:"), connect_args=pooled)


async def set_runtime(workspace_id, runtime):
    # docs begin
    try:
        async with engine.begin() as connection:
            await connection.execute(update(workspaces).where(workspaces.c.id == workspace_id).values(runtime=runtime))
    except exc.IntegrityError as error:
        refusal = error.orig.__cause__  # asyncpg's: SQLAlchemy's own lacks constraint and hint
        if not (refusal.constraint_name or "").endswith("_model_routable"):
            raise
        code, _, reason = refusal.detail.partition(": ")
        return 422, {"error": refusal.message, "code": code, "reason": reason, "hint": refusal.hint}
    # docs end
    return 200, {}


async def main():
    report("version", sqlalchemy.__version__)
    report_answer(await set_runtime(2, "hermes"))
    async with engine.connect() as connection:
        try:
            async with connection.begin():
                await connection.execute(update(workspaces).where(workspaces.c.id == 2).values(name="renamed"))
                await connection.execute(update(workspaces).where(workspaces.c.id == 2).values(runtime="hermes"))
        except exc.IntegrityError as error:
            report("error", name_of(error))
            report("sqlstate", error.orig.sqlstate)
            report("constraint", error.orig.__cause__.constraint_name)
        report("after", await connection.scalar(select(workspaces.c.name).where(workspaces.c.id == 2)))
    report("switch", (await set_runtime(1, "hermes"))[0])
    try:
        async with engine.begin() as connection:
            await connection.execute(insert(workspaces), [dict(zip(workspaces.c.keys(), row)) for row in BATCH])
    except exc.IntegrityError as error:
        report("batch", name_of(error))
    await engine.dispose()


asyncio.run(main())
