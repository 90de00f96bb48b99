//! Texts under seal, opened for a caller who was found to see what they belong to.

use redress_chassis::Call;
use tonic::Status;
use uuid::Uuid;

use crate::{
    app::{self, App},
    seal::{Part, open},
    store::sealed,
};

/// The text, if there is one. Who read what is personal is on record, by ids only.
pub(super) async fn text(
    app: &App,
    call: &Call,
    part: Part,
    subject: Uuid,
) -> Result<Option<Vec<u8>>, Status> {
    let mut tx = app.read().await?;
    let found = sealed::find(&mut tx, subject, part.as_str()).await.map_err(app::database)?;
    drop(tx);
    let Some(found) = found else { return Ok(None) };
    let key = app.open_key(found.key).await?;
    let text = open(&key, part, &found).map_err(app::database)?;
    tracing::info!(subject.id = %subject, part = part.as_str(), caller = %call.caller.subject, "a sealed text was read");
    Ok(Some(text))
}
