export async function up(knex) {
    await knex.raw("CREATE EXTENSION IF NOT EXISTS model_routable");
    await knex.raw("SELECT routable.attach('workspaces')");
}

export async function down(knex) {
    await knex.raw("SELECT routable.detach('workspaces')");
}
