//! tokio-postgres: listens for workspaces that have to restart, until the runtime of one is "elsewhere".

use std::error::Error;
use std::future::poll_fn;

use clients::{report, url};
use serde_json::Value;
use tokio::sync::mpsc::unbounded_channel;
use tokio_postgres::{AsyncMessage, Client, NoTls};

async fn read_workspaces(client: &Client) -> Result<(), tokio_postgres::Error> {
    let count = client.query_one("SELECT count(*) FROM workspaces", &[]).await?;
    report("workspaces", count.get::<_, i64>(0));
    Ok(())
}

/// Whether to go on listening.
fn restart(id: &Value, old: &Value, new: &Value) -> bool {
    let pair = |of: &Value| ["runtime", "model"].map(|name| of[name].as_str().unwrap_or_default().to_owned()).join(" ");
    report("restart", format!("{id}, {}, {}", pair(old), pair(new)));
    new["runtime"] != "elsewhere"
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // docs begin
    let (client, mut connection) = tokio_postgres::connect(&url(), NoTls).await?;
    let (sender, mut notifications) = unbounded_channel();
    tokio::spawn(async move {
        while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(notification) = message {
                let _ = sender.send(notification);
            }
        }
    });
    client.batch_execute("LISTEN workspace_restart").await?;
    read_workspaces(&client).await?; // what changed while nobody listened
    while let Some(notification) = notifications.recv().await {
        let change: Value = serde_json::from_str(notification.payload())?;
        if !restart(&change["id"], &change["old"], &change["new"]) {
            break;
        }
    }
    // docs end
    Ok(())
}
