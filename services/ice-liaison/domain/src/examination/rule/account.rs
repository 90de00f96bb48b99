//! The provider's version of events with what supports it, at every stage (ICE-15, J0 7.19).

use jiff::civil::Date;
use redress_kernel::{Checks, Decision, Digest};

use super::{Decided, evidence, guard, record};
use crate::{
    PaperRef,
    examination::{Account, Case, CommandKind, Context, Event},
};

pub(super) fn submit(
    case: &Case,
    given_on: Date,
    papers: &[PaperRef],
    digest: &Digest,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    checks.not_future("given_on", given_on, context.today);
    checks.not_before("given_on", given_on, case.file.referred_on, "the day the person went to ICE");
    evidence::on_file(&mut checks, papers, record(case, context)?);
    checks.done()?;
    guard(case, CommandKind::SubmitAccount)?;
    let account =
        Account { stage: case.stage.name(), given_on, evidence: papers.to_vec(), digest: digest.clone() };
    if case.file.accounts.contains(&account) {
        return Ok(Decision::nothing());
    }
    let because =
        context.pack.stated(&context.pack.rules.ice_stages, "ICE-15").with("stage", account.stage.as_str());
    Ok(Decision::one(Event::AccountSubmitted(account), vec![because]))
}
