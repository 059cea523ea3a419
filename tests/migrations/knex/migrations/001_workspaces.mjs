export async function up(knex) {
    await knex.schema.createTable("workspaces", (table) => {
        table.bigInteger("id").primary();
        table.text("name").notNullable();
        table.text("runtime").notNullable();
        table.text("model").notNullable();
    });
}

export async function down(knex) {
    await knex.schema.dropTable("workspaces");
}
