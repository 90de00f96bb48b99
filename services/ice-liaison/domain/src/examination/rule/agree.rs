//! An agreement: a resolution while ICE brokers without evidence, a settlement with the evidence in hand (ICE-06, ICE-08). It
//! takes both sides (I23), and costs nothing (ICE-10).

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{
    Decided,
    gateway::{closed, moved},
    guard,
};
use crate::{
    Refusal,
    examination::{Case, CommandKind, Context, Ending, EndingKind, StageName},
};

pub(super) fn decide(
    case: &Case,
    person_agreed_on: Option<Date>,
    provider_agreed_on: Option<Date>,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    for (field, on) in [("person_agreed_on", person_agreed_on), ("provider_agreed_on", provider_agreed_on)] {
        if let Some(on) = on {
            moved(&mut checks, field, on, case, context);
        }
    }
    checks.done()?;
    guard(case, CommandKind::Agree)?;
    let (outcome, rule) = if case.stage.name() == StageName::Settlement {
        (EndingKind::Settled, "ICE-08")
    } else {
        (EndingKind::Resolved, "ICE-06")
    };
    let (Some(person), Some(provider)) = (person_agreed_on, provider_agreed_on) else {
        return Err(Refusal::BothPartiesRequired { citation: Box::new(Citation::own(rule)) });
    };
    let ending = Ending { outcome, on: person.max(provider), ground: None };
    let because = Citation::own(rule).with("person_agreed_on", person).with("provider_agreed_on", provider);
    Ok(Decision::one(closed(case, ending), vec![because]))
}
