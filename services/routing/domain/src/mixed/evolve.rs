//! The state of a mixed complaint after each event.

use super::{Contribution, Event, Issued, Mixed, RaisedAt, Schema, Stage, State};
use crate::Fate;

pub(super) fn evolve(state: State, event: &Event) -> State {
    if let Event::MixedComplaintRaised { raise, recorded_on, pack } = event {
        return match state {
            State::Raised(_) => state,
            State::Unraised => State::Raised(Box::new(Mixed {
                schema: Schema::V1,
                stage: match raise.raised_at {
                    RaisedAt::Provider => Stage::RaisedAtProvider,
                    RaisedAt::JobcentrePlus => Stage::JcpLeading,
                },
                id: raise.id,
                contact: raise.contact,
                contract: raise.contract,
                organisation: raise.organisation,
                jobcentre_plus: raise.jobcentre_plus,
                raised_at: raise.raised_at,
                received_on: raise.received_on,
                recorded_on: *recorded_on,
                pack: pack.clone(),
                division: raise.division,
                told: None,
                contributions: Vec::new(),
                issued: None,
                fate: None,
                breaches: Vec::new(),
            })),
        };
    }
    match state {
        State::Unraised => State::Unraised,
        State::Raised(mut mixed) => {
            moved(&mut mixed, event);
            State::Raised(mixed)
        }
    }
}

fn moved(mixed: &mut Mixed, event: &Event) {
    match event {
        Event::MixedComplaintRaised { .. } => {}
        Event::MixedComplaintDirected { told } => {
            mixed.told = Some(told.clone());
            if matches!(mixed.stage, Stage::RaisedAtProvider) {
                mixed.stage = Stage::JcpLeading;
            }
        }
        Event::ContributionRequested { requested_on, recorded_on, stated_due_on, due_on } => {
            mixed.contributions.push(Contribution {
                requested_on: *requested_on,
                recorded_on: *recorded_on,
                stated_due_on: *stated_due_on,
                due_on: *due_on,
                sent: Vec::new(),
            });
            mixed.stage = Stage::ContributionRequested;
        }
        Event::ContributionSent { sent, .. } => {
            if let Some(contribution) = mixed.contributions.last_mut() {
                contribution.sent.push(sent.clone());
            }
            if matches!(mixed.stage, Stage::ContributionRequested) {
                mixed.stage = Stage::ContributionSent { proposed: None };
            }
        }
        Event::MixedClockBreached { breach } => mixed.breaches.push(breach.clone()),
        Event::JointReplyProposed { digest } => {
            mixed.stage = Stage::ContributionSent { proposed: Some(digest.clone()) };
        }
        Event::WordingAgreed { digest } => mixed.stage = Stage::WordingAgreed { digest: digest.clone() },
        Event::JointReplyIssued { digest, on, channel } => {
            mixed.issued = Some(Issued { on: *on, channel: *channel, digest: digest.clone() });
            mixed.stage = Stage::JointReplyIssued;
        }
        Event::SatisfactionRecorded { on } => mixed.stage = Stage::Satisfied { on: *on },
        Event::ResidualRecorded { jobcentre_plus, complaint, .. } => {
            let (before, there) = match mixed.stage {
                Stage::Residual { provider, jobcentre_plus } => (provider, jobcentre_plus),
                Stage::RaisedAtProvider
                | Stage::JcpLeading
                | Stage::ContributionRequested
                | Stage::ContributionSent { .. }
                | Stage::WordingAgreed { .. }
                | Stage::JointReplyIssued
                | Stage::Satisfied { .. }
                | Stage::Abandoned => (None, false),
            };
            mixed.stage =
                Stage::Residual { provider: before.or(*complaint), jobcentre_plus: there || *jobcentre_plus };
        }
        Event::ComplaintHandedOver { .. } => mixed.fate = Some(Fate::Awaited),
        Event::MixedComplaintAbandoned { .. } => mixed.stage = Stage::Abandoned,
        Event::HandoverAnswered { fate, .. } => mixed.fate = Some(*fate),
    }
}
