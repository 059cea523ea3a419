// Drizzle, with node-postgres.

import { readFileSync } from "node:fs";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { bigint, pgTable, text } from "drizzle-orm/pg-core";
import { batch, report, reportAnswer, url } from "./report.mjs";

const workspaces = pgTable("workspaces", {
    id: bigint({ mode: "number" }).primaryKey(),
    name: text().notNull(),
    runtime: text().notNull(),
    model: text().notNull(),
});
const db = drizzle(url);

async function setRuntime(id, runtime) {
    // docs begin
    try {
        await db.update(workspaces).set({ runtime }).where(eq(workspaces.id, id));
    } catch (error) {
        const refusal = error.cause; // Drizzle's own error has the query alone, its cause is node-postgres's
        if (refusal?.code !== "23514" || !refusal.constraint?.endsWith("_model_routable")) throw error;
        const [, code, reason] = refusal.detail.match(/^(\w+): (.*)/s);
        return [422, { error: refusal.message, code, reason, hint: refusal.hint }];
    }
    // docs end
    return [200, {}];
}

report("version", JSON.parse(readFileSync("node_modules/drizzle-orm/package.json")).version);
reportAnswer(await setRuntime(2, "hermes"));
try {
    await db.transaction(async (transaction) => {
        await transaction.update(workspaces).set({ name: "renamed" }).where(eq(workspaces.id, 2));
        await transaction.update(workspaces).set({ runtime: "hermes" }).where(eq(workspaces.id, 2));
    });
} catch (error) {
    report("error", `drizzle-orm.${error.constructor.name}`);
    report("sqlstate", error.cause.code);
    report("constraint", error.cause.constraint);
}
report("after", (await db.select().from(workspaces).where(eq(workspaces.id, 2)))[0].name);
report("switch", (await setRuntime(1, "hermes"))[0]);
try {
    await db.insert(workspaces).values(batch);
} catch (error) {
    report("batch", `drizzle-orm.${error.constructor.name}`);
}
await db.$client.end();
