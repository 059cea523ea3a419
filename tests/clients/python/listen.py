"""psycopg 3: listens for workspaces that have to restart, until the runtime of one is "elsewhere"."""

import json
import sys

import psycopg

from report import URL, report


def read_workspaces(connection):
    report("workspaces", connection.execute("SELECT count(*) FROM workspaces").fetchone()[0])
    sys.stdout.flush()


def restart(workspace_id, old, new):
    report("restart", f"{workspace_id}, {old['runtime']} {old['model']}, {new['runtime']} {new['model']}")
    if new["runtime"] == "elsewhere":
        sys.exit()


# docs begin
with psycopg.connect(URL, autocommit=True) as connection:
    connection.execute("LISTEN workspace_restart")
    read_workspaces(connection)  # what changed while nobody listened
    for notification in connection.notifies():
        change = json.loads(notification.payload)
        restart(change["id"], change["old"], change["new"])
# docs end
