//! diesel.

use clients::{Answer, BATCH, locked_version, pooled, report, report_answer, url};
use diesel::connection::CacheSize;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use serde_json::json;

diesel::table! {
    workspaces (id) {
        id -> BigInt,
        name -> Text,
        runtime -> Text,
        model -> Text,
    }
}

fn set_runtime(connection: &mut PgConnection, id: i64, runtime: &str) -> QueryResult<Answer> {
    // docs begin
    let updated = diesel::update(workspaces::table.find(id)).set(workspaces::runtime.eq(runtime)).execute(connection);
    if let Err(Error::DatabaseError(DatabaseErrorKind::CheckViolation, error)) = &updated
        && error.constraint_name().is_some_and(|name| name.ends_with("_model_routable"))
    {
        let (code, reason) = error.details().and_then(|detail| detail.split_once(": ")).unwrap_or_default();
        let body = json!({"error": error.message(), "code": code, "reason": reason, "hint": error.hint()});
        return Ok((422, body));
    }
    updated?;
    // docs end
    Ok((200, json!({})))
}

fn rename_and_incident(connection: &mut PgConnection) -> QueryResult<usize> {
    connection.transaction(|connection| {
        let workspace = workspaces::table.find(2);
        diesel::update(workspace).set(workspaces::name.eq("renamed")).execute(connection)?;
        diesel::update(workspace).set(workspaces::runtime.eq("hermes")).execute(connection)
    })
}

fn insert_batch(connection: &mut PgConnection) -> QueryResult<usize> {
    let rows = BATCH.map(|(id, name, runtime, model)| {
        (workspaces::id.eq(id), workspaces::name.eq(name), workspaces::runtime.eq(runtime), workspaces::model.eq(model))
    });
    diesel::insert_into(workspaces::table).values(rows.to_vec()).execute(connection)
}

fn main() -> QueryResult<()> {
    let mut connection = PgConnection::establish(&url()).expect("a connection");
    if pooled() {
        connection.set_prepared_statement_cache_size(CacheSize::Disabled);
    }
    report("version", locked_version("diesel"));
    report_answer(&set_runtime(&mut connection, 2, "hermes")?);
    if let Err(Error::DatabaseError(DatabaseErrorKind::CheckViolation, error)) = rename_and_incident(&mut connection) {
        report("error", "diesel::result::DatabaseErrorKind::CheckViolation");
        report("dropped", "sqlstate");
        report("constraint", error.constraint_name().unwrap_or_default());
    }
    let name: String = workspaces::table.find(2).select(workspaces::name).first(&mut connection)?;
    report("after", name);
    report("switch", set_runtime(&mut connection, 1, "hermes")?.0);
    if let Err(Error::DatabaseError(DatabaseErrorKind::CheckViolation, _)) = insert_batch(&mut connection) {
        report("batch", "diesel::result::DatabaseErrorKind::CheckViolation");
    }
    Ok(())
}
