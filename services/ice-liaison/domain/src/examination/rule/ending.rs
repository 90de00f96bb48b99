//! How a case ends beside agreement and refusal: the person withdraws it (ICE-25), or ICE closes what it reported on (ICE-27).
//! After the report nobody withdraws: the outcome stands, and what follows from it.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{
    Decided,
    gateway::{closed, moved},
    guard,
};
use crate::examination::{Case, CommandKind, Context, Ending, EndingKind};

pub(super) fn withdraw(case: &Case, withdrawn_on: Date, context: &Context<'_>) -> Decided {
    end(
        case,
        CommandKind::Withdraw,
        ("withdrawn_on", withdrawn_on),
        (EndingKind::Withdrawn, "ICE-25"),
        context,
    )
}

pub(super) fn close(case: &Case, closed_on: Date, context: &Context<'_>) -> Decided {
    end(case, CommandKind::Close, ("closed_on", closed_on), (EndingKind::Investigated, "ICE-27"), context)
}

fn end(
    case: &Case,
    kind: CommandKind,
    (field, on): (&str, Date),
    (outcome, rule): (EndingKind, &str),
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    moved(&mut checks, field, on, case, context);
    checks.done()?;
    guard(case, kind)?;
    let ending = Ending { outcome, on, ground: None };
    Ok(Decision::one(closed(case, ending), vec![Citation::own(rule).with("on", on)]))
}
