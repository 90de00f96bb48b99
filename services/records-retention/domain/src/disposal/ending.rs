//! How a disposal that stands still is ended: two people have it go on after what was wrong is put right, accept what the
//! holders counted, or bring back the records that nobody has touched yet (RET-14, L40).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issued, Item, Receipt};
use crate::{Actor, RecordId};

/// What becomes of a disposal that stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Ending {
    /// The holders are told again of what is not done.
    Resume,
    /// What the holders counted stands, and the certificate says so.
    AcceptCounts,
    /// The records that nobody has destroyed come back.
    Abandon,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EndingReason {
    /// What was wrong at the holder was put right.
    Corrected,
    /// The other count was looked into, and there is an explanation.
    Explained,
    /// The records are still needed.
    StillNeeded,
    /// They should not have been proposed.
    Mistaken,
}

/// How somebody would end it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedEnding {
    /// How.
    pub ending: Ending,
    /// Why.
    pub reason: EndingReason,
    /// Where the reasons are written down.
    pub reference: String,
    /// Who proposed it.
    pub by: Actor,
    /// Day on which they did.
    pub on: Date,
}

/// How it was ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedEnding {
    /// What was proposed.
    pub proposed: ProposedEnding,
    /// Who agreed.
    pub by: Actor,
    /// Day on which they did.
    pub on: Date,
}

impl Issued {
    /// The records that come back when it is abandoned: every holder of each has answered that it destroyed nothing, and will
    /// not do so any more. What is done already stays so.
    ///
    /// # Errors
    /// The first record of which a holder has destroyed something, or has not answered since it was last told.
    pub fn untouched(&self) -> Result<Vec<RecordId>, RecordId> {
        let mut untouched = Vec::new();
        for item in self.proposal.items.iter().filter(|item| !self.is_done(item)) {
            let refused = |receipt: &Receipt| !receipt.destroyed && receipt.telling == self.tellings;
            let said =
                |holder| self.receipts.iter().find(|it| it.record == item.record && it.holder == holder);
            if !item.parts.keys().all(|holder| said(*holder).is_some_and(refused)) {
                return Err(item.record);
            }
            untouched.push(item.record);
        }
        Ok(untouched)
    }

    /// Whether its holders have all done what they were told, or came back untouched.
    pub(super) fn is_settled(&self, item: &Item) -> bool {
        self.recalled.contains(&item.record) || self.is_done(item)
    }

    /// Whether every holder has destroyed its parts of a record.
    pub(super) fn is_done(&self, item: &Item) -> bool {
        item.parts.iter().all(|(holder, parts)| {
            self.receipts.iter().any(|receipt| {
                receipt.record == item.record
                    && receipt.holder == *holder
                    && receipt.destroyed
                    && (receipt.parts == *parts || receipt.accepted)
            })
        })
    }
}
