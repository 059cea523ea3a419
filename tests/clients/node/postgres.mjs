// postgres.js (postgres).

import { readFileSync } from "node:fs";
import postgres from "postgres";
import { batch, pooled, report, reportAnswer, url } from "./report.mjs";

// A connection pooler in transaction mode can give the next transaction a connection without the statements prepared before.
const sql = postgres(url, { max: 1, prepare: !pooled, fetch_types: false });

async function setRuntime(id, runtime) {
    // docs begin
    try {
        await sql`UPDATE workspaces SET runtime = ${runtime} WHERE id = ${id}`;
    } catch (error) {
        if (error.code !== "23514" || !error.constraint_name?.endsWith("_model_routable")) throw error;
        const [, code, reason] = error.detail.match(/^(\w+): (.*)/s);
        return [422, { error: error.message, code, reason, hint: error.hint }];
    }
    // docs end
    return [200, {}];
}

report("version", JSON.parse(readFileSync("node_modules/postgres/package.json")).version);
reportAnswer(await setRuntime(2, "hermes"));
try {
    await sql.begin(async (sql) => {
        await sql`UPDATE workspaces SET name = 'renamed' WHERE id = 2`;
        await sql`UPDATE workspaces SET runtime = 'hermes' WHERE id = 2`;
    });
} catch (error) {
    report("error", `postgres.${error.constructor.name}`);
    report("sqlstate", error.code);
    report("constraint", error.constraint_name);
}
report("after", (await sql`SELECT name FROM workspaces WHERE id = 2`)[0].name);
report("switch", (await setRuntime(1, "hermes"))[0]);
try {
    await sql`INSERT INTO workspaces ${sql(batch)}`;
} catch (error) {
    report("batch", `postgres.${error.constructor.name}`);
}
await sql.end();
