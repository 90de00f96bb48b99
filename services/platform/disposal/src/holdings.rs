//! What a service brings to be a holder.

use std::future::Future;

use redress_proto::records_retention::v1 as proto;
use redress_store::{DbError, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whether something may be taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is here and closed.
    Closed,
    /// It is here and open.
    Open,
    /// It is not here.
    NotHere,
}

/// What was taken out of the tables, and what is still to be destroyed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remains {
    /// Keys that sealed it.
    pub keys: Vec<Uuid>,
    /// Objects of the store that hold it.
    pub objects: Vec<Vec<u8>>,
    /// How many sealed texts were deleted.
    pub sealed_texts: u32,
    /// Everything by whose name a caller may ask for it.
    pub subjects: Vec<Uuid>,
    /// Organisations that could see it.
    pub seen_by: Vec<Uuid>,
}

/// What a service holds, and how it is taken out.
pub trait Holdings: Send + Sync + 'static {
    /// What this holder is called.
    const HOLDER: proto::Holder;

    /// Whether the thing of this name may be taken out now.
    fn standing(&self, tx: &mut Tx, subject: &str) -> impl Future<Output = Result<Standing, DbError>> + Send;

    /// Takes it out of the tables. A row that others write by its version is blanked and moved on to the next version, never
    /// deleted: who has read it before finds that it has changed, and cannot write it back.
    fn take_out(&self, tx: &mut Tx, subject: &str) -> impl Future<Output = Result<Remains, DbError>> + Send;
}

impl Remains {
    /// Both together.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.keys.extend(other.keys);
        self.objects.extend(other.objects);
        self.sealed_texts = self.sealed_texts.saturating_add(other.sealed_texts);
        self.subjects.extend(other.subjects);
        self.seen_by.extend(other.seen_by);
        for ids in [&mut self.keys, &mut self.seen_by, &mut self.subjects] {
            ids.sort_unstable();
            ids.dedup();
        }
        self
    }
}
