//! Which texts are sealed, and the place each is bound to.

use prost::Message;
use redress_chassis::Call;
use redress_kernel::{Digest, hexadecimal};
use redress_store::{
    DataKey, DbError,
    seal::SealFault,
    sealed::{self, Sealed},
};
use tonic::Status;
use uuid::Uuid;

use crate::app::{App, DOMAIN};

/// A text that is kept under seal, all of them under the key of their contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Who the participant is.
    Person,
    /// What was said.
    Statement,
    /// The member and the office that a letter came from.
    Member,
    /// What the provider says of its part of a mixed complaint.
    Contribution,
    /// A wording of the joint reply.
    Wording,
    /// A holding reply to a member.
    HoldingReply,
    /// The reply to a member.
    Reply,
    /// The name of a paper's file.
    FileName,
}

impl Part {
    /// Its name in the table and in what is authenticated.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Statement => "STATEMENT",
            Self::Member => "MEMBER",
            Self::Contribution => "CONTRIBUTION",
            Self::Wording => "WORDING",
            Self::HoldingReply => "HOLDING_REPLY",
            Self::Reply => "REPLY",
            Self::FileName => "FILE_NAME",
        }
    }

    /// Its name where a thing has several, by the version with which it came.
    pub(crate) fn at(self, version: i64) -> String {
        format!("{}:{version}", self.as_str())
    }
}

/// Seals a text of `subject`.
pub(crate) fn seal(key: &DataKey, part: Part, subject: Uuid, text: &[u8]) -> Result<Sealed, SealFault> {
    sealed::seal(key, part.as_str(), subject, text)
}

/// Opens a text.
pub(crate) fn open(key: &DataKey, part: Part, text: &Sealed) -> Result<Vec<u8>, DbError> {
    Ok(sealed::open(key, part.as_str(), text)?)
}

/// The digest of a text as it is kept.
pub(crate) fn digest(text: &str) -> Result<Digest, Status> {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
    Digest::parse(&hexadecimal(digest.as_ref())).map_err(|error| DOMAIN.internal(&error))
}

/// A message under seal, opened for a caller who was found to see what it belongs to.
pub(crate) async fn message<M: Message + Default>(
    app: &App,
    call: &Call,
    part: Part,
    subject: Uuid,
) -> Result<Option<M>, Status> {
    let opened = app.desk.opened(call, part.as_str(), subject).await?;
    opened.map(|bytes| M::decode(bytes.as_slice()).map_err(|error| DOMAIN.internal(&error))).transpose()
}

/// A text of several, opened likewise.
pub(crate) async fn text(
    app: &App,
    call: &Call,
    part: Part,
    subject: Uuid,
    version: i64,
) -> Result<String, Status> {
    let mut tx = app.desk.read().await?;
    let found = sealed::find(&mut tx, subject, &part.at(version)).await.map_err(crate::app::database)?;
    drop(tx);
    let Some(found) = found else { return Ok(String::new()) };
    let bytes = app.desk.unseal(part.as_str(), &found).await?;
    tracing::info!(subject.id = %subject, part = part.as_str(), caller = %call.caller.subject, "a sealed text was read");
    String::from_utf8(bytes).map_err(|error| DOMAIN.internal(&error.utf8_error()))
}
