//! sqlx.

use clients::{Answer, BATCH, locked_version, pooled, report, report_answer, url};
use serde_json::json;
use sqlx::error::ErrorKind;
use sqlx::postgres::{PgConnectOptions, PgDatabaseError};
use sqlx::{ConnectOptions, Connection, Error, PgConnection, query, query_scalar};

async fn set_runtime(connection: &mut PgConnection, id: i64, runtime: &str) -> Result<Answer, Error> {
    let update = query("UPDATE workspaces SET runtime = $1 WHERE id = $2").bind(runtime).bind(id);
    let updated = update.persistent(!pooled()).execute(connection).await;
    // docs begin
    if let Err(Error::Database(error)) = &updated
        && error.is_check_violation()
        && error.constraint().is_some_and(|name| name.ends_with("_model_routable"))
    {
        let error = error.downcast_ref::<PgDatabaseError>(); // detail and hint are PostgreSQL's
        let (code, reason) = error.detail().and_then(|detail| detail.split_once(": ")).unwrap_or_default();
        let body = json!({"error": error.message(), "code": code, "reason": reason, "hint": error.hint()});
        return Ok((422, body));
    }
    updated?;
    // docs end
    Ok((200, json!({})))
}

async fn rename_and_incident(connection: &mut PgConnection) -> Result<(), Error> {
    let mut transaction = connection.begin().await?;
    for update in
        ["UPDATE workspaces SET name = 'renamed' WHERE id = 2", "UPDATE workspaces SET runtime = 'hermes' WHERE id = 2"]
    {
        query(update).persistent(!pooled()).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

async fn insert_batch(connection: &mut PgConnection) -> Result<(), Error> {
    let mut transaction = connection.begin().await?;
    for (id, name, runtime, model) in BATCH {
        let insert = query("INSERT INTO workspaces VALUES ($1, $2, $3, $4)").bind(id).bind(name).bind(runtime);
        insert.bind(model).persistent(!pooled()).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let options: PgConnectOptions = url().parse()?;
    let capacity = if pooled() { 0 } else { 100 };
    let mut connection = options.statement_cache_capacity(capacity).connect().await?;
    report("version", locked_version("sqlx"));
    report_answer(&set_runtime(&mut connection, 2, "hermes").await?);
    if let Err(Error::Database(error)) = rename_and_incident(&mut connection).await {
        assert!(matches!(error.kind(), ErrorKind::CheckViolation));
        report("error", "sqlx::error::ErrorKind::CheckViolation");
        report("sqlstate", error.code().unwrap_or_default());
        report("constraint", error.constraint().unwrap_or_default());
    }
    let name = query_scalar("SELECT name FROM workspaces WHERE id = 2").persistent(!pooled());
    let name: String = name.fetch_one(&mut connection).await?;
    report("after", name);
    report("switch", set_runtime(&mut connection, 1, "hermes").await?.0);
    if let Err(Error::Database(error)) = insert_batch(&mut connection).await {
        assert!(matches!(error.kind(), ErrorKind::CheckViolation));
        report("batch", "sqlx::error::ErrorKind::CheckViolation");
    }
    connection.close().await
}
