//! A policy pack: what one version of one programme's guidance demands.

mod clocks;
mod duty;
mod entries;
mod practice;
mod rules;
mod values;

use jiff::civil::Date;
use redress_kernel::Citation;
use serde::{Deserialize, Serialize};

use crate::{Basis, Division, Source, Tri, route::Routes};

pub use duty::{Actor, Duty};
pub use entries::{Entry, Standing};
pub use practice::Practice;
pub use rules::Rules;
pub use values::{
    AgreementEvidence, AgreementForm, ChangeApproval, ChangeKind, Charge, ChargeWording, ContractRecord,
    DraftApproval, ElectedMembers, Erasure, ErasureLimit, FundedRetention, IceStage, IceStages, Legislature,
    MixedRouting, Party, ReportDisposal, ReportRecord, Signposting, StatedLimit, Title,
};

/// Names a pack: the programme's file and the date of the guidance in it. Pinned on a case at receipt (Q19).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackRef {
    /// Id of the pack, such as `jets-scotland`.
    pub id: String,
    /// Version of the pack, such as `2022-02-25`.
    pub version: String,
}

/// What one version of one programme's guidance demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Id and version.
    pub reference: PackRef,
    /// The programme, such as `access-to-work-holistic-assessments`; several packs may be of one programme.
    pub programme: String,
    /// What the pack is, in words.
    pub title: String,
    /// Keys of the documents it was read from.
    pub documents: Vec<String>,
    /// What a person is called in letters, such as `Participant` (Q29).
    pub person: String,
    /// Where and since when it applies.
    pub applies: Applies,
    /// What the documents demand.
    pub rules: Rules,
    /// What the suite adds where the documents leave room.
    pub practice: Practice,
    /// Every duty of the documents, paragraph by paragraph.
    pub duties: Vec<Duty>,
    /// Where a contact goes.
    pub routes: Routes,
}

/// Where and since when a pack applies (XCT-01, XCT-02).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applies {
    /// The divisions it is for.
    pub territory: Vec<Division>,
    /// Whether the document itself states the territory; otherwise it is how the programme runs in practice.
    pub territory_stated: bool,
    /// Whose bank holidays count when the contract does not say otherwise (Q4).
    pub calendar: Division,
    /// First effective date of the contracts it covers; nothing when there is no first.
    pub contracts_from: Option<Date>,
    /// The day from which contracts are covered by another pack; nothing when there is none.
    pub contracts_before: Option<Date>,
    /// The day from which this version holds; nothing when no version was found, so that none can be chosen.
    pub in_force_from: Option<Date>,
    /// The day on which the document was withdrawn; nothing when it stands, as far as is known.
    pub withdrawn_on: Option<Date>,
    /// The pack that the document names as its successor.
    pub successor: Option<String>,
    /// Where all this is said.
    pub source: Source,
}

impl Pack {
    /// The citation of `source` as this pack has it.
    pub fn cite(&self, source: &Source) -> Citation {
        source.citation(&self.reference)
    }

    /// The citation of a rule of this pack, when it is stated.
    pub fn citation<T>(&self, rule: &Tri<T>) -> Option<Citation> {
        rule.cite(&self.reference)
    }

    /// The citation of a rule as this pack states it, or the catalogue's own `id` where the pack does not.
    pub fn stated<T>(&self, rule: &Tri<T>, id: &str) -> Citation {
        self.citation(rule).unwrap_or_else(|| Citation::own(id))
    }

    /// Whose bank holidays count when the contract does not say otherwise.
    pub fn basis(&self) -> Basis {
        if self.practice.any_part_of_uk.value {
            Basis::AnyPartOfUk
        } else {
            Basis::Division(self.applies.calendar)
        }
    }

    /// The duties that stem from `rule` of the catalogue, such as `CMP-05`.
    pub fn duties_of<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a Duty> {
        self.duties.iter().filter(move |duty| duty.source.rule == rule)
    }
}

impl Applies {
    /// Whether a contract that takes effect on `date` is covered.
    pub fn covers_contract(&self, date: Date) -> bool {
        self.contracts_from.is_none_or(|from| from <= date)
            && self.contracts_before.is_none_or(|before| date < before)
    }
}
