"""SQLAlchemy 2, ORM, asynchronous, with asyncpg."""

import asyncio

import sqlalchemy
from sqlalchemy import BigInteger, exc
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from report import BATCH, POOLED, URL, name_of, report, report_answer


class Base(DeclarativeBase):
    pass


class Workspace(Base):
    __tablename__ = "workspaces"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    name: Mapped[str]
    runtime: Mapped[str]
    model: Mapped[str]


# For a pooler: no statement stays prepared, and a statement that is prepared once has a unique name.
pooled = {"statement_cache_size": 0, "prepared_statement_name_func": lambda: ""} if POOLED else {}
engine = create_async_engine(URL.replace("postgresql:", "postgresql+asyncpg:"), connect_args=pooled)


async def set_runtime(session, workspace_id, runtime):
    # docs begin
    try:
        (await session.get_one(Workspace, workspace_id)).runtime = runtime
        await session.commit()
    except exc.IntegrityError as error:
        await session.rollback()
        refusal = error.orig.__cause__  # asyncpg's: SQLAlchemy's own lacks constraint and hint
        if not (refusal.constraint_name or "").endswith("_model_routable"):
            raise
        code, _, reason = refusal.detail.partition(": ")
        return 422, {"error": refusal.message, "code": code, "reason": reason, "hint": refusal.hint}
    # docs end
    return 200, {}


async def main():
    report("version", sqlalchemy.__version__)
    async with AsyncSession(engine) as session:
        report_answer(await set_runtime(session, 2, "hermes"))
        workspace = await session.get_one(Workspace, 2)
        workspace.name = "renamed"
        await session.flush()
        workspace.runtime = "hermes"
        try:
            await session.commit()
        except exc.IntegrityError as error:
            await session.rollback()
            report("error", name_of(error))
            report("sqlstate", error.orig.sqlstate)
            report("constraint", error.orig.__cause__.constraint_name)
        await session.refresh(workspace)
        report("after", workspace.name)
        report("switch", (await set_runtime(session, 1, "hermes"))[0])
        session.add_all(Workspace(id=row[0], name=row[1], runtime=row[2], model=row[3]) for row in BATCH)
        try:
            await session.commit()
        except exc.IntegrityError as error:
            await session.rollback()
            report("batch", name_of(error))
    await engine.dispose()


asyncio.run(main())
