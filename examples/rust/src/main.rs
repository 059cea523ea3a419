//! PATCH /workspaces/:id, with the whole check left to the database.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::patch;
use axum::{Router, serve};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;
use sqlx::postgres::{PgDatabaseError, PgPool};
use sqlx::{query, query_as, query_scalar};
use tokio::net::TcpListener;

/// The columns to set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    #[serde(default, deserialize_with = "text")]
    runtime: Option<String>,
    #[serde(default, deserialize_with = "text")]
    model: Option<String>,
}

/// A key that is present has a text, not null.
fn text<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    String::deserialize(value).map(Some)
}

#[derive(Serialize)]
struct Workspace {
    id: i64,
    name: String,
    runtime: String,
    model: String,
    needs_restart: bool,
}

#[derive(Serialize)]
struct Refusal {
    error: String,
    code: String,
    runtime: String,
    model: String,
    suggestions: Vec<String>,
}

/// The answer in place of a workspace.
enum Failure {
    NotFound,
    BadRequest(&'static str),
    Refused(Refusal),
    Internal(sqlx::Error),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Internal(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, Json(json!({"error": "no such workspace"}))).into_response(),
            Self::BadRequest(error) => (StatusCode::BAD_REQUEST, Json(json!({"error": error}))).into_response(),
            Self::Refused(refusal) => (StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)).into_response(),
            Self::Internal(error) => {
                // The client only sees that there was an error.
                eprintln!("{error}");
                (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({"error": "internal error"}))).into_response()
            }
        }
    }
}

async fn patch_workspace(
    State(pool): State<PgPool>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Json<Workspace>, Failure> {
    let id: i64 = id.parse().map_err(|_| Failure::NotFound)?;
    let change = read_change(&body)?;
    let mut transaction = pool.begin().await?; // rolled back where it is dropped without a commit
    // The row is locked to know its former values, not to check it.
    let before = "SELECT name, runtime, model FROM workspaces WHERE id = $1 FOR UPDATE";
    let before: Option<(String, String, String)> = query_as(before).bind(id).fetch_optional(&mut *transaction).await?;
    let (name, old_runtime, old_model) = before.ok_or(Failure::NotFound)?;
    let needs_restart = change.runtime.as_ref().is_some_and(|runtime| *runtime != old_runtime);
    let runtime = change.runtime.unwrap_or(old_runtime);
    let model = change.model.unwrap_or(old_model);
    let update = query("UPDATE workspaces SET runtime = $1, model = $2 WHERE id = $3");
    if let Err(error) = update.bind(&runtime).bind(&model).bind(id).execute(&mut *transaction).await {
        transaction.rollback().await?;
        return Err(refused(&pool, error, runtime, model).await);
    }
    transaction.commit().await?;
    Ok(Json(Workspace { id, name, runtime, model, needs_restart }))
}

fn read_change(body: &[u8]) -> Result<Change, Failure> {
    const EXPECTED: Failure = Failure::BadRequest("expected an object with runtime, model, or both, each a text");
    let change: Change = serde_json::from_slice(body).map_err(|_| EXPECTED)?;
    let texts: Vec<&String> = [&change.runtime, &change.model].into_iter().flatten().collect();
    if texts.is_empty() || texts.iter().any(|text| text.contains('\0')) {
        return Err(EXPECTED);
    }
    Ok(change)
}

/// The database's reason why it did not store a pair, and its suggestions.
async fn refused(pool: &PgPool, error: sqlx::Error, runtime: String, model: String) -> Failure {
    let refusal = error.as_database_error().filter(|error| {
        error.is_check_violation() && error.constraint().is_some_and(|name| name.ends_with("_model_routable"))
    });
    let Some(refusal) = refusal.map(|error| error.downcast_ref::<PgDatabaseError>()) else {
        return Failure::Internal(error);
    };
    let (code, reason) = refusal.detail().and_then(|detail| detail.split_once(": ")).unwrap_or_default();
    let suggestions = query_scalar("SELECT suggestions FROM routable.explain($1, $2)").bind(&runtime).bind(&model);
    match suggestions.fetch_one(pool).await {
        Ok(suggestions) => Failure::Refused(Refusal {
            error: reason.to_owned(),
            code: code.to_owned(),
            runtime,
            model,
            suggestions: Option::<Vec<String>>::unwrap_or_default(suggestions),
        }),
        Err(error) => Failure::Internal(error),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pool = PgPool::connect(&std::env::var("DATABASE_URL")?).await?;
    let service = Router::new().route("/workspaces/{id}", patch(patch_workspace)).with_state(pool);
    let port = std::env::var("PORT").unwrap_or("8080".to_owned());
    serve(TcpListener::bind(format!("127.0.0.1:{port}")).await?, service).await?;
    Ok(())
}
