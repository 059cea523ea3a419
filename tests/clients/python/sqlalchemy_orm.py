"""SQLAlchemy 2, ORM, with psycopg."""

import sqlalchemy
from sqlalchemy import BigInteger, create_engine, exc
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from report import BATCH, POOLED, URL, name_of, report, report_answer


class Base(DeclarativeBase):
    pass


class Workspace(Base):
    __tablename__ = "workspaces"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    name: Mapped[str]
    runtime: Mapped[str]
    model: Mapped[str]


engine = create_engine(
    URL.replace("postgresql:", "postgresql+psycopg:"), connect_args={"prepare_threshold": None if POOLED else 5}
)


def set_runtime(session, workspace_id, runtime):
    # docs begin
    try:
        session.get_one(Workspace, workspace_id).runtime = runtime
        session.commit()
    except exc.IntegrityError as error:
        session.rollback()
        diag = error.orig.diag
        if not (diag.constraint_name or "").endswith("_model_routable"):
            raise
        code, _, reason = diag.message_detail.partition(": ")
        return 422, {"error": diag.message_primary, "code": code, "reason": reason, "hint": diag.message_hint}
    # docs end
    return 200, {}


report("version", sqlalchemy.__version__)
with Session(engine) as session:
    report_answer(set_runtime(session, 2, "hermes"))
    workspace = session.get_one(Workspace, 2)
    workspace.name = "renamed"
    session.flush()
    workspace.runtime = "hermes"
    try:
        session.commit()
    except exc.IntegrityError as error:
        session.rollback()
        report("error", name_of(error))
        report("sqlstate", error.orig.sqlstate)
        report("constraint", error.orig.diag.constraint_name)
    report("after", workspace.name)
    report("switch", set_runtime(session, 1, "hermes")[0])
    session.add_all(Workspace(id=row[0], name=row[1], runtime=row[2], model=row[3]) for row in BATCH)
    try:
        session.commit()
    except exc.IntegrityError as error:
        session.rollback()
        report("batch", name_of(error))
