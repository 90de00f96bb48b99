//! This service as the holder of what lies with its records.

use redress_disposal::{Holdings, Remains, Standing};
use redress_proto::records_retention::v1 as proto;
use redress_store::{DbError, Tx, sealed};
use uuid::Uuid;

use crate::app::CONTENT;

/// What lies with records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contents;

impl Holdings for Contents {
    const HOLDER: proto::Holder = proto::Holder::RecordsRetention;

    async fn standing(&self, tx: &mut Tx, subject: &str) -> Result<Standing, DbError> {
        let Some(part) = part(subject) else { return Ok(Standing::NotHere) };
        let found = sealed::find(tx, part, CONTENT).await?;
        Ok(if found.is_some() { Standing::Closed } else { Standing::NotHere })
    }

    /// The record answers for itself afterwards; it needs no tombstone beside its own.
    async fn take_out(&self, tx: &mut Tx, subject: &str) -> Result<Remains, DbError> {
        let Some(part) = part(subject) else { return Ok(Remains::default()) };
        let found = sealed::find(tx, part, CONTENT).await?;
        let sealed_texts = sealed::delete(tx, vec![part]).await?;
        let keys = found.into_iter().map(|text| text.key).collect();
        Ok(Remains { keys, sealed_texts, ..Remains::default() })
    }
}

fn part(subject: &str) -> Option<Uuid> {
    subject.strip_prefix("parts/")?.parse().ok()
}
