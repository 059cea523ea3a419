// Knex, with node-postgres.

import { readFileSync } from "node:fs";
import makeKnex from "knex";
import { batch, report, reportAnswer, url } from "./report.mjs";

const knex = makeKnex({ client: "pg", connection: url });

async function setRuntime(id, runtime) {
    // docs begin
    try {
        await knex("workspaces").where({ id }).update({ runtime });
    } catch (error) {
        if (error.code !== "23514" || !error.constraint?.endsWith("_model_routable")) throw error;
        const [, code, reason] = error.detail.match(/^(\w+): (.*)/s);
        return [422, { error: error.message, code, reason, hint: error.hint }];
    }
    // docs end
    return [200, {}];
}

report("version", JSON.parse(readFileSync("node_modules/knex/package.json")).version);
reportAnswer(await setRuntime(2, "hermes"));
try {
    await knex.transaction(async (transaction) => {
        await transaction("workspaces").where({ id: 2 }).update({ name: "renamed" });
        await transaction("workspaces").where({ id: 2 }).update({ runtime: "hermes" });
    });
} catch (error) {
    report("error", `pg.${error.constructor.name}`);
    report("sqlstate", error.code);
    report("constraint", error.constraint);
}
report("after", (await knex("workspaces").where({ id: 2 }))[0].name);
report("switch", (await setRuntime(1, "hermes"))[0]);
try {
    await knex.batchInsert("workspaces", batch, 1);
} catch (error) {
    report("batch", `pg.${error.constructor.name}`);
}
await knex.destroy();
