//! Records a withdrawal. Only the person withdraws, or the representative on record (C26).

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{Decided, guard};
use crate::{
    Channel, DocumentId, Refusal,
    complaint::{Case, CommandKind, Context, Event, WithdrawnBy},
    refusal::field,
};

pub(super) fn decide(
    case: &Case,
    by: WithdrawnBy,
    withdrawn_on: Date,
    channel: Channel,
    document: Option<DocumentId>,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    checks.of_case("withdrawn_on", withdrawn_on, case.file.received_on, context.today);
    checks.require(
        document.is_none_or(|document| context.facts.documents.contains(&document)),
        "document",
        field::NOT_ON_FILE,
        "must be a document of this complaint that was scanned and found clean",
    );
    checks.done()?;
    if by == WithdrawnBy::Representative && case.file.representative.is_none() {
        return Err(Refusal::NotPartyToWithdraw);
    }
    guard(case, CommandKind::Withdraw)?;
    let event = Event::ComplaintWithdrawn { by, withdrawn_on, channel, document };
    Ok(Decision::one(event, vec![Citation::own("CMP-04")]))
}
