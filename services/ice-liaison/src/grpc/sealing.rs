//! Texts of a case on their way under seal: the caller must see the case before anything is sealed for it.

use ice_liaison_domain::ExaminationId;
use redress_chassis::Call;
use redress_kernel::text;
use redress_store::{DataKey, sealed::Sealed};
use tonic::Status;
use uuid::Uuid;

use crate::{
    app::{self, App, DOMAIN},
    part::{Part, seal},
    store,
};

/// The key of a case that the caller sees.
pub(crate) async fn key_of(app: &App, call: &Call, id: ExaminationId) -> Result<DataKey, Status> {
    let mut tx = app.desk.read().await?;
    let key =
        store::examination::find_key(&mut tx, id, App::organisation(call)).await.map_err(app::database)?;
    drop(tx);
    app.desk.open_key(key.ok_or_else(|| DOMAIN.not_found("examination", &id.name()))?).await
}

/// A text of `subject` under a key; none for an empty one.
pub(crate) fn sealed(
    key: &DataKey,
    part: Part,
    subject: Uuid,
    words: &str,
) -> Result<Option<Sealed>, Status> {
    let words = text::normalise(words);
    if words.is_empty() {
        return Ok(None);
    }
    seal(key, part, subject, &words).map(Some).map_err(app::seal)
}

/// A text of a case; none for an empty one.
pub(crate) async fn of_case(
    app: &App,
    call: &Call,
    id: ExaminationId,
    (part, subject): (Part, Uuid),
    words: &str,
) -> Result<Option<Sealed>, Status> {
    if text::normalise(words).is_empty() {
        return Ok(None);
    }
    let key = key_of(app, call, id).await?;
    sealed(&key, part, subject, words)
}
