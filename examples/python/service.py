"""PATCH /workspaces/:id, with the whole check left to the database."""

import json
import os
from contextlib import asynccontextmanager

import psycopg
import uvicorn
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route

pool = AsyncConnectionPool(os.environ["DATABASE_URL"], kwargs={"row_factory": dict_row}, open=False)


async def patch_workspace(request):
    try:
        change = read_change(await request.body())
    except ValueError:
        return JSONResponse({"error": "expected an object with runtime, model, or both, each a text"}, 400)
    try:
        async with pool.connection() as connection:  # a transaction: an exception rolls it back
            # The row is locked to know its former values, not to check it.
            rows = await connection.execute(
                "SELECT id, name, runtime, model FROM workspaces WHERE id = %(id)s FOR UPDATE", request.path_params
            )
            before = await rows.fetchone()
            if before is None:
                raise HTTPException(404)
            after = before | change
            await connection.execute(
                "UPDATE workspaces SET runtime = %(runtime)s, model = %(model)s WHERE id = %(id)s", after
            )
    except psycopg.errors.CheckViolation as error:
        if not (error.diag.constraint_name or "").endswith("_model_routable"):
            raise
        return await refused(error, after["runtime"], after["model"])
    return JSONResponse(after | {"needs_restart": after["runtime"] != before["runtime"]})


def read_change(body):
    """The columns to set: an object with a runtime, a model, or both."""
    change = json.loads(body)
    if not isinstance(change, dict) or not change or not change.keys() <= {"runtime", "model"}:
        raise ValueError
    for value in change.values():
        if not isinstance(value, str) or b"\0" in value.encode():
            raise ValueError
    return change


async def refused(error, runtime, model):
    """The database's reason why it did not store a pair, and its suggestions."""
    code, _, reason = error.diag.message_detail.partition(": ")
    async with pool.connection() as connection:
        rows = await connection.execute("SELECT suggestions FROM routable.explain(%s, %s)", (runtime, model))
        suggestions = (await rows.fetchone())["suggestions"] or []
    body = {"error": reason, "code": code, "runtime": runtime, "model": model, "suggestions": suggestions}
    return JSONResponse(body, 422)


async def not_found(request, error):
    return JSONResponse({"error": "no such workspace"}, 404)


async def internal_error(request, error):
    # Starlette logs the error with its traceback. The client only sees that there was an error.
    return JSONResponse({"error": "internal error"}, 500)


@asynccontextmanager
async def lifespan(app):
    async with pool:
        yield


app = Starlette(
    routes=[Route("/workspaces/{id:int}", patch_workspace, methods=["PATCH"])],
    exception_handlers={404: not_found, Exception: internal_error},
    lifespan=lifespan,
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8080")), log_level="warning")
