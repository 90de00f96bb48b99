//! The joint reply: proposed and sent by Jobcentre Plus, agreed to by the provider at its digest, and what is left over after it.

use jiff::civil::Date;
use redress_kernel::{Channel, Checks, Citation, Decision, Digest};

use super::{Decided, guard, leads, refused};
use crate::{
    ComplaintId, Refusal,
    mixed::{CommandKind, Context, Event, Mixed, Stage},
    refusal::field,
    route::entry_stage,
};

pub(super) fn propose(mixed: &Mixed, digest: &Digest, context: &Context<'_>) -> Decided {
    if mixed.wording() == Some(digest) && mixed.issued.is_none() {
        return Ok(Decision::nothing());
    }
    if let Stage::JcpLeading | Stage::ContributionRequested = mixed.stage {
        // The provider cannot be passed over on its own part.
        return Err(Refusal::ContributionMissing { citation: Box::new(agreed(context)) });
    }
    guard(mixed, CommandKind::ProposeJointReply)?;
    Ok(Decision::one(Event::JointReplyProposed { digest: digest.clone() }, vec![agreed(context)]))
}

pub(super) fn agree(mixed: &Mixed, digest: &Digest, context: &Context<'_>) -> Decided {
    let citation = Box::new(agreed(context));
    match &mixed.stage {
        Stage::JcpLeading | Stage::ContributionRequested => Err(Refusal::ContributionMissing { citation }),
        Stage::ContributionSent { proposed: None } => Err(Refusal::WordingNotProposed { citation }),
        Stage::ContributionSent { proposed: Some(proposed) } if proposed == digest => {
            let event = Event::WordingAgreed { digest: digest.clone() };
            Ok(Decision::one(event, vec![agreed(context)]))
        }
        Stage::WordingAgreed { digest: stands } if stands == digest => Ok(Decision::nothing()),
        Stage::ContributionSent { proposed: Some(stands) } | Stage::WordingAgreed { digest: stands } => {
            Err(Refusal::AgreementDigestMismatch { digest: stands.clone(), citation })
        }
        Stage::RaisedAtProvider
        | Stage::JointReplyIssued
        | Stage::Satisfied { .. }
        | Stage::Residual { .. }
        | Stage::Abandoned => Err(refused(mixed, CommandKind::AgreeWording)),
    }
}

/// RTE-01, RTE-02: Jobcentre Plus sends it, and sends what was agreed to.
pub(super) fn issue(
    mixed: &Mixed,
    digest: &Digest,
    issued_on: Date,
    channel: Channel,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    checks.not_future("issued_on", issued_on, context.today);
    let contributed = mixed.contributions.iter().filter_map(crate::mixed::Contribution::met_on).max();
    if let Some(last) = contributed {
        checks.not_before("issued_on", issued_on, last, "the day of the contribution");
    }
    checks.done().map_err(Refusal::Invalid)?;
    if context.actor.organisation != Some(mixed.jobcentre_plus) {
        let jobcentre_plus = mixed.jobcentre_plus;
        return Err(Refusal::JcpIssuesFinal { jobcentre_plus, citation: Box::new(leads(context)) });
    }
    let citation = Box::new(agreed(context));
    match &mixed.stage {
        Stage::WordingAgreed { digest: stands } if stands == digest => {
            let event = Event::JointReplyIssued { digest: digest.clone(), on: issued_on, channel };
            Ok(Decision::one(event, vec![leads(context)]))
        }
        Stage::WordingAgreed { digest: stands } => {
            Err(Refusal::AgreementDigestMismatch { digest: stands.clone(), citation })
        }
        Stage::ContributionSent { .. } => Err(Refusal::WordingNotAgreed { citation }),
        Stage::JcpLeading | Stage::ContributionRequested => Err(Refusal::ContributionMissing { citation }),
        Stage::RaisedAtProvider
        | Stage::JointReplyIssued
        | Stage::Satisfied { .. }
        | Stage::Residual { .. }
        | Stage::Abandoned => Err(refused(mixed, CommandKind::IssueJointReply)),
    }
}

pub(super) fn satisfied(mixed: &Mixed, on: Date, context: &Context<'_>) -> Decided {
    after_reply(mixed, on, context)?;
    guard(mixed, CommandKind::RecordSatisfaction)?;
    Ok(Decision::one(Event::SatisfactionRecorded { on }, vec![leads(context)]))
}

/// RTE-05, RTE-06, CMP-13: what is left at the provider starts at the next stage, what is left at Jobcentre Plus stays there, and
/// both may stand together.
pub(super) fn residual(
    mixed: &Mixed,
    provider: bool,
    jobcentre_plus: bool,
    on: Date,
    complaint: ComplaintId,
    context: &Context<'_>,
) -> Decided {
    let mut checks = Checks::default();
    let said = "must say whether something is left at the provider, at Jobcentre Plus, or at both";
    checks.require(provider || jobcentre_plus, "provider", field::REQUIRED, said);
    checks.done().map_err(Refusal::Invalid)?;
    after_reply(mixed, on, context)?;
    guard(mixed, CommandKind::RecordResidual)?;
    let (had, left) = match mixed.stage {
        Stage::Residual { provider, jobcentre_plus } => (provider.is_some(), jobcentre_plus),
        Stage::RaisedAtProvider
        | Stage::JcpLeading
        | Stage::ContributionRequested
        | Stage::ContributionSent { .. }
        | Stage::WordingAgreed { .. }
        | Stage::JointReplyIssued
        | Stage::Satisfied { .. }
        | Stage::Abandoned => (false, false),
    };
    let (provider, jobcentre_plus) = (provider && !had, jobcentre_plus && !left);
    if !provider && !jobcentre_plus {
        return Ok(Decision::nothing());
    }
    let pack = context.pack;
    let mut because = Vec::new();
    let mut events = vec![Event::ResidualRecorded {
        provider,
        jobcentre_plus,
        on,
        complaint: provider.then_some(complaint),
    }];
    if provider {
        because.push(pack.stated(&pack.rules.joint_reply_stage, "CMP-13"));
        let starts_at_stage = entry_stage(pack);
        // It is out in every stage that passed the guard.
        let joint_reply_on = mixed.issued.as_ref().map_or(on, |issued| issued.on);
        events.push(Event::ComplaintHandedOver {
            complaint,
            received_on: on,
            starts_at_stage,
            joint_reply_on,
        });
    }
    if jobcentre_plus {
        because.push(Citation::own("RTE-06"));
    }
    Ok(Decision { events, because })
}

fn after_reply(mixed: &Mixed, on: Date, context: &Context<'_>) -> Result<(), Refusal> {
    let mut checks = Checks::default();
    checks.not_future("on", on, context.today);
    if let Some(issued) = &mixed.issued {
        checks.not_before("on", on, issued.on, "the day of the joint reply");
    }
    checks.done().map_err(Refusal::Invalid)
}

/// The wording is agreed (RTE-02).
fn agreed(context: &Context<'_>) -> Citation {
    let stated = context.pack.stated(&context.pack.rules.mixed_routing, "RTE-02");
    Citation { rule: "RTE-02".to_owned(), ..stated }
}
