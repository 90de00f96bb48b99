//! This service as the holder of what lies with its records.

use records_retention_domain::PartId;
use redress_disposal::{Holdings, Remains, Standing};
use redress_proto::records_retention::v1 as proto;
use redress_store::{DbError, Tx, sealed};

use crate::{app::CONTENT, store::content};

/// What lies with records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contents;

impl Holdings for Contents {
    const HOLDER: proto::Holder = proto::Holder::RecordsRetention;

    async fn standing(&self, tx: &mut Tx, subject: &str) -> Result<Standing, DbError> {
        let Some(part) = part(subject) else { return Ok(Standing::NotHere) };
        let text = sealed::find(tx, part.uuid(), CONTENT).await?;
        let here = text.is_some() || content::find(tx, part).await?.is_some();
        Ok(if here { Standing::Closed } else { Standing::NotHere })
    }

    /// The record answers for itself afterwards; it needs no tombstone beside its own.
    async fn take_out(&self, tx: &mut Tx, subject: &str) -> Result<Remains, DbError> {
        let Some(part) = part(subject) else { return Ok(Remains::default()) };
        let text = sealed::find(tx, part.uuid(), CONTENT).await?;
        let content = content::find(tx, part).await?;
        let sealed_texts = sealed::delete(tx, vec![part.uuid()]).await?;
        content::delete(tx, part).await?;
        let keys = text.iter().map(|text| text.key).chain(content.iter().map(|content| content.key));
        let objects = content.iter().map(|content| content.blob.bytes().to_vec());
        Ok(Remains { keys: keys.collect(), objects: objects.collect(), sealed_texts, ..Remains::default() })
    }
}

fn part(subject: &str) -> Option<PartId> {
    PartId::parse_name(subject).ok()
}
