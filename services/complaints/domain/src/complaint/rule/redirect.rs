//! Sends the person to Jobcentre Plus when triage finds that the complaint is about programme policy (RTE-08, J0 7.12) or
//! about both bodies (RTE-03, J0 7.08).

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{Decided, guard};
use crate::{
    Channel,
    complaint::{Case, CommandKind, Context, Event, Subject},
    refusal::field,
};

pub(super) fn decide(
    case: &Case,
    subject: Subject,
    told_on: Date,
    channel: Channel,
    context: &Context<'_>,
) -> Decided {
    let rules = &context.pack.rules;
    let mut checks = Checks::default();
    checks.of_case("told_on", told_on, case.file.received_on, context.today);
    let because = match subject {
        Subject::ProgrammePolicy => context.pack.stated(&rules.policy_complaints, "RTE-08"),
        Subject::Mixed => context.pack.stated(&rules.mixed_routing, "RTE-03"),
        Subject::Service | Subject::DataProtection => {
            checks.require(
                false,
                "subject",
                field::NOT_ALLOWED,
                "must be programme policy or mixed; every other complaint is the provider's own",
            );
            Citation::own("CMP-17")
        }
    };
    checks.done()?;
    guard(case, CommandKind::Redirect)?;
    Ok(Decision::one(Event::ComplaintRedirected { subject, told_on, channel }, vec![because]))
}
