//! Events of charges and of the ledger.

use ice_liaison_domain::{IceYear, charge::Event};
use jiff::civil::Date;
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_proto::ice_liaison::v1 as proto;
use uuid::Uuid;

use crate::{convert::money, store::charge::Charge};

/// An event of a charge, at the version its row has.
pub(crate) fn charge(row: &Charge, event: &Event, citations: Vec<String>) -> Draft {
    let contract = Some(row.contract.uuid());
    let about = About { kind: "charges", id: row.id.uuid(), version: row.version, contract };
    match event {
        Event::ChargeRaised(raised) => {
            let message = proto::ChargeRaised {
                charge: raised.id.name(),
                examination: raised.upheld.examination.name(),
                liable: raised.upheld.liable.name(),
                amount: Some(money(raised.pence)),
                funding_year: raised.funding_year.begins().into(),
                authority: raised.authority.clone().unwrap_or_default(),
                posted_on: raised.postings.first().map(|posting| wire::date(posting.posted_on)),
            };
            entry(about, &message, citations)
        }
        Event::ChargeExcused(excused) => {
            let message = proto::ChargeExcused {
                charge: excused.id.name(),
                examination: excused.upheld.examination.name(),
                authority: excused.authority.clone(),
                decided_on: Some(wire::date(excused.decided_on)),
            };
            entry(about, &message, citations)
        }
        Event::PaymentRecorded(posting) => {
            let message = proto::PaymentRecorded {
                amount: Some(money(posting.pence)),
                posted_on: Some(wire::date(posting.posted_on)),
            };
            entry(about, &message, citations)
        }
        Event::ChargeReversed { posting, authority } => {
            let message = proto::ChargeReversed {
                amount: Some(money(posting.pence)),
                authority: authority.clone(),
                posted_on: Some(wire::date(posting.posted_on)),
            };
            entry(about, &message, citations)
        }
    }
}

/// A year of the ledger was closed. It belongs to no contract.
pub(crate) fn year(stream: Uuid, year: IceYear, closed_on: Date) -> Draft {
    let about = About { kind: "ledgerYears", id: stream, version: 1, contract: None };
    let message =
        proto::LedgerYearClosed { year: year.begins().into(), closed_on: Some(wire::date(closed_on)) };
    entry(about, &message, vec!["ICE-34".to_owned()])
}
