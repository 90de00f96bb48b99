//! Charges and postings, as callers see them.

use ice_liaison_domain::{charge::State, ledger::Posting};
use redress_chassis::{etag, wire};
use redress_kernel::{Citation, Id};
use redress_proto::{ice_liaison::v1 as proto, r#type::v1 as common};

use crate::{
    convert,
    store::{charge::Charge, ledger::Told},
};

/// A charge as a command leaves it, with why.
pub(crate) fn answer(row: &Charge, because: &[Citation]) -> proto::Charge {
    proto::Charge { citations: because.iter().map(wire::citation).collect(), ..charge(row) }
}

/// A charge as it stands, without its reason.
pub(crate) fn charge(row: &Charge) -> proto::Charge {
    let bare = proto::Charge {
        name: row.id.name(),
        etag: etag::render(row.version),
        examination: row.examination.name(),
        liable: row.liable.name(),
        contract: row.contract.name(),
        state: state(&row.state).into(),
        create_time: Some(wire::timestamp(row.created_at)),
        ..proto::Charge::default()
    };
    match &row.state {
        State::Undecided => bare,
        State::Raised(raised) => {
            let balance = raised.balance();
            proto::Charge {
                complaint: raised.upheld.complaint.name(),
                amount: Some(convert::money(raised.pence)),
                balance: Some(common::Money { pence: balance }),
                decided_on: Some(wire::date(raised.upheld.decided_on)),
                funding_year: raised.funding_year.to_string(),
                authority: raised
                    .reversed_by
                    .clone()
                    .or_else(|| raised.authority.clone())
                    .unwrap_or_default(),
                postings: raised.postings.iter().map(posting).collect(),
                ..bare
            }
        }
        State::Excused(excused) => proto::Charge {
            complaint: excused.upheld.complaint.name(),
            amount: Some(convert::money(excused.pence)),
            balance: Some(convert::money(0)),
            decided_on: Some(wire::date(excused.upheld.decided_on)),
            authority: excused.authority.clone(),
            ..bare
        },
    }
}

fn state(state: &State) -> proto::ChargeState {
    match state {
        State::Undecided => proto::ChargeState::Unspecified,
        State::Excused(_) => proto::ChargeState::Excused,
        State::Raised(raised) if raised.is_reversed() => proto::ChargeState::Reversed,
        State::Raised(raised) if raised.balance() <= 0 => proto::ChargeState::Recovered,
        State::Raised(_) => proto::ChargeState::Raised,
    }
}

fn posting(it: &Posting) -> proto::Posting {
    proto::Posting {
        name: it.id.name(),
        charge: it.charge.name(),
        kind: convert::posting_kind(it.kind).into(),
        debit: it.debit.to_string(),
        credit: it.credit.to_string(),
        amount: Some(convert::money(it.pence)),
        posted_on: Some(wire::date(it.posted_on)),
    }
}

/// A posting as a statement tells it.
pub(crate) fn told(it: &Told) -> proto::Posting {
    proto::Posting {
        name: Id::<ice_liaison_domain::id::Posting>::new(it.id).name(),
        charge: it.charge.name(),
        kind: convert::posting_kind(it.kind).into(),
        debit: it.debit.clone(),
        credit: it.credit.clone(),
        amount: Some(common::Money { pence: it.pence }),
        posted_on: Some(wire::date(it.posted_on)),
    }
}
