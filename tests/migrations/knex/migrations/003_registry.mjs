import { readFile } from "node:fs/promises";

export async function up(knex) {
    const registry = await readFile(new URL("003_registry.yaml", import.meta.url), "utf8");
    await knex.raw("SELECT routable.release(?, 'kimi-k2 is suspended')", [registry]);
}

export async function down(knex) {
    await knex.raw("SELECT routable.revert(0)");
}
