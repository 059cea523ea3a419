// node-postgres (pg).

import { readFileSync } from "node:fs";
import pg from "pg";
import { batch, report, reportAnswer, url } from "./report.mjs";

const client = new pg.Client(url);
await client.connect();

async function setRuntime(id, runtime) {
    // docs begin
    try {
        await client.query("UPDATE workspaces SET runtime = $1 WHERE id = $2", [runtime, id]);
    } catch (error) {
        if (error.code !== "23514" || !error.constraint?.endsWith("_model_routable")) throw error;
        const [, code, reason] = error.detail.match(/^(\w+): (.*)/s);
        return [422, { error: error.message, code, reason, hint: error.hint }];
    }
    // docs end
    return [200, {}];
}

report("version", JSON.parse(readFileSync("node_modules/pg/package.json")).version);
reportAnswer(await setRuntime(2, "hermes"));
try {
    await client.query("BEGIN");
    await client.query("UPDATE workspaces SET name = 'renamed' WHERE id = 2");
    await client.query("UPDATE workspaces SET runtime = 'hermes' WHERE id = 2");
    await client.query("COMMIT");
} catch (error) {
    await client.query("ROLLBACK");
    report("error", `pg.${error.constructor.name}`);
    report("sqlstate", error.code);
    report("constraint", error.constraint);
}
report("after", (await client.query("SELECT name FROM workspaces WHERE id = 2")).rows[0].name);
report("switch", (await setRuntime(1, "hermes"))[0]);
try {
    await client.query(
        "INSERT INTO workspaces SELECT * FROM json_populate_recordset(NULL::workspaces, $1)",
        [JSON.stringify(batch)],
    );
} catch (error) {
    report("batch", `pg.${error.constructor.name}`);
}
await client.end();
