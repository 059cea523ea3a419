//! tokio-postgres.

use clients::{Answer, BATCH, locked_version, report, report_answer, url};
use serde_json::json;
use tokio_postgres::error::{DbError, SqlState};
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error, NoTls};

/// query_typed prepares nothing that outlives the statement, so it works with a pooler.
async fn set_runtime(client: &Client, id: i64, runtime: &str) -> Result<Answer, Error> {
    let update = "UPDATE workspaces SET runtime = $1 WHERE id = $2";
    let updated = client.query_typed(update, &[(&runtime, Type::TEXT), (&id, Type::INT8)]).await;
    // docs begin
    match updated.as_ref().map_err(|error| error.as_db_error()) {
        Err(Some(error))
            if *error.code() == SqlState::CHECK_VIOLATION
                && error.constraint().is_some_and(|name| name.ends_with("_model_routable")) =>
        {
            let (code, reason) = error.detail().and_then(|detail| detail.split_once(": ")).unwrap_or_default();
            let body = json!({"error": error.message(), "code": code, "reason": reason, "hint": error.hint()});
            return Ok((422, body));
        }
        _ => updated?,
    };
    // docs end
    Ok((200, json!({})))
}

async fn rename_and_incident(client: &mut Client) -> Result<(), Error> {
    let transaction = client.transaction().await?;
    transaction.batch_execute("UPDATE workspaces SET name = 'renamed' WHERE id = 2").await?;
    transaction.batch_execute("UPDATE workspaces SET runtime = 'hermes' WHERE id = 2").await?;
    transaction.commit().await
}

async fn insert_batch(client: &mut Client) -> Result<(), Error> {
    let transaction = client.transaction().await?;
    let insert = "INSERT INTO workspaces VALUES ($1, $2, $3, $4)";
    for (id, name, runtime, model) in BATCH {
        let row: [(&(dyn tokio_postgres::types::ToSql + Sync), Type); 4] =
            [(&id, Type::INT8), (&name, Type::TEXT), (&runtime, Type::TEXT), (&model, Type::TEXT)];
        transaction.query_typed(insert, &row).await?;
    }
    transaction.commit().await
}

fn refusal(error: &Error) -> &DbError {
    error.as_db_error().expect("an error of the server")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let (mut client, connection) = tokio_postgres::connect(&url(), NoTls).await?;
    tokio::spawn(connection);
    report("version", locked_version("tokio-postgres"));
    report_answer(&set_runtime(&client, 2, "hermes").await?);
    if let Err(error) = rename_and_incident(&mut client).await {
        assert_eq!(error.code(), Some(&SqlState::CHECK_VIOLATION));
        report("error", "SqlState::CHECK_VIOLATION");
        report("sqlstate", refusal(&error).code().code());
        report("constraint", refusal(&error).constraint().unwrap_or_default());
    }
    let name = client.query_typed("SELECT name FROM workspaces WHERE id = 2", &[]).await?;
    report("after", name[0].get::<_, &str>(0));
    report("switch", set_runtime(&client, 1, "hermes").await?.0);
    if let Err(error) = insert_batch(&mut client).await {
        assert_eq!(error.code(), Some(&SqlState::CHECK_VIOLATION));
        report("batch", "SqlState::CHECK_VIOLATION");
    }
    Ok(())
}
