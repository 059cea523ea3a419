"""asyncpg."""

import asyncio

import asyncpg

from report import BATCH, POOLED, URL, name_of, report, report_answer


async def set_runtime(connection, workspace_id, runtime):
    # docs begin
    try:
        await connection.execute("UPDATE workspaces SET runtime = $1 WHERE id = $2", runtime, workspace_id)
    except asyncpg.CheckViolationError as error:
        if not (error.constraint_name or "").endswith("_model_routable"):
            raise
        code, _, reason = error.detail.partition(": ")
        return 422, {"error": error.message, "code": code, "reason": reason, "hint": error.hint}
    # docs end
    return 200, {}


async def main():
    # A connection pooler in transaction mode can give the next transaction a connection without the statements prepared before.
    connection = await asyncpg.connect(URL, statement_cache_size=0 if POOLED else 100)
    report("version", asyncpg.__version__)
    report_answer(await set_runtime(connection, 2, "hermes"))
    try:
        async with connection.transaction():
            await connection.execute("UPDATE workspaces SET name = 'renamed' WHERE id = 2")
            await connection.execute("UPDATE workspaces SET runtime = 'hermes' WHERE id = 2")
    except asyncpg.IntegrityConstraintViolationError as error:
        report("error", name_of(error))
        report("sqlstate", error.sqlstate)
        report("constraint", error.constraint_name)
    report("after", await connection.fetchval("SELECT name FROM workspaces WHERE id = 2"))
    report("switch", (await set_runtime(connection, 1, "hermes"))[0])
    try:
        async with connection.transaction():
            await connection.executemany("INSERT INTO workspaces VALUES ($1, $2, $3, $4)", BATCH)
    except asyncpg.IntegrityConstraintViolationError as error:
        report("batch", name_of(error))
    await connection.close()


asyncio.run(main())
