//! What was promised of a contract's records: from which last day they are counted, and for how long (reliability D4).
//!
//! News of a contract comes by a feed, late, again and in any order, and nobody here agreed with it. A later last day counts at once, because whoever
//! relied on the earlier one loses nothing. An earlier one is remembered and counts once two people have agreed and the cooling period is over: until
//! then records are counted from the latest last day that was told. So the same news comes to the same promise in any order of arrival, and the
//! agreement names the version of the contract that was read.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::contract::{Agreed, ContractFacts};

/// What was promised of a contract's records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Last days as they were told, by the version of the contract at which each was so; only those that can still count.
    told: BTreeMap<i64, Date>,
    /// The version from which last days count: two people have given up those before it.
    from: i64,
    /// The period that was agreed since the contract was recorded.
    agreed: Option<Agreed>,
}

impl Promise {
    /// Takes in that at a version of the contract this was its last day. Of two tellings of one version the later day stands: nothing ends sooner
    /// because a source contradicts itself.
    pub fn learn(&mut self, version: i64, end_on: Date) {
        let told = self.told.entry(version).or_insert(end_on);
        *told = (*told).max(end_on);
        self.prune();
    }

    /// The last day as it was last told, and the version at which it was.
    pub fn told(&self) -> Option<(i64, Date)> {
        self.told.last_key_value().map(|(version, end_on)| (*version, *end_on))
    }

    /// The last day from which records are counted: the latest of those that count.
    pub fn end_on(&self) -> Option<Date> {
        self.told.values().max().copied()
    }

    /// The last day that was told and does not count yet, because it is earlier than the one from which records are counted.
    pub fn withheld(&self) -> Option<(i64, Date)> {
        self.told().filter(|(_, told)| self.end_on().is_some_and(|kept| *told < kept))
    }

    /// Two people agreed that the last day of this version counts, though it is earlier than one before.
    pub fn follow(&mut self, version: i64) {
        self.from = self.from.max(version);
        self.prune();
    }

    /// Another period was agreed.
    pub fn agree(&mut self, agreed: Agreed) {
        self.agreed = Some(agreed);
    }

    /// What the dates of the contract's records hang on. Where nothing was told since promises are kept, the contract stands as it is known.
    #[must_use]
    pub fn facts(&self, known: &ContractFacts) -> ContractFacts {
        ContractFacts {
            end_on: self.end_on().or(known.end_on),
            told_end_on: self.withheld().map(|(_, told)| told),
            agreed: self.agreed.clone().or_else(|| known.agreed.clone()),
            version: known.version,
        }
    }

    /// Forgets what can never count again: what two people gave up, and what is no later than a later telling.
    fn prune(&mut self) {
        let mut latest: Option<Date> = None;
        let mut kept = BTreeMap::new();
        for (version, end_on) in self.told.range(self.from..).rev() {
            if latest.is_none_or(|latest| *end_on > latest) {
                kept.insert(*version, *end_on);
                latest = Some(*end_on);
            }
        }
        self.told = kept;
    }
}
