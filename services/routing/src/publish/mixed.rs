//! Events of mixed complaints.

use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::Id;
use redress_proto::routing::v1 as proto;
use routing_domain::mixed::Event;

use super::answered;
use crate::{
    convert,
    store::{contact::Contact, mixed::Mixed},
};

/// An event of a mixed complaint as an entry of its journal. `contact` is the one it came with.
pub(crate) fn mixed(
    row: &Mixed,
    contact: &Contact,
    version: i64,
    event: &Event,
    citations: Vec<String>,
) -> Draft {
    let about =
        About { kind: "mixedComplaints", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::MixedComplaintRaised { raise, .. } => {
            let message = proto::MixedComplaintRaised {
                mixed_complaint: raise.id.name(),
                contact: raise.contact.name(),
                contract: raise.contract.name(),
                organisation: raise.organisation.name(),
                jobcentre_plus: raise.jobcentre_plus.name(),
                raised_at: convert::raised_at(raise.raised_at).into(),
                received_on: Some(wire::date(raise.received_on)),
            };
            entry(about, &message, citations)
        }
        Event::MixedComplaintDirected { told } => {
            let message = proto::MixedComplaintDirected {
                told_on: Some(wire::date(told.told_on)),
                channel: wire::channel(told.channel).into(),
                paper: told.paper.map(Id::name).unwrap_or_default(),
            };
            entry(about, &message, citations)
        }
        Event::ContributionRequested { requested_on, stated_due_on, due_on, .. } => {
            let message = proto::ContributionRequested {
                requested_on: Some(wire::date(*requested_on)),
                stated_due_on: stated_due_on.map(wire::date),
                due_on: Some(wire::date(*due_on)),
            };
            entry(about, &message, citations)
        }
        Event::ContributionSent { sent, late } => {
            let message = proto::ContributionSent {
                sent_on: Some(wire::date(sent.on)),
                digest: sent.digest.as_str().to_owned(),
                papers: sent.papers.iter().map(|paper| paper.name()).collect(),
                late: *late,
            };
            entry(about, &message, citations)
        }
        Event::MixedClockBreached { breach } => {
            let message = proto::MixedClockBreached {
                kind: breach.kind.name().to_owned(),
                due_on: Some(wire::date(breach.due_on)),
            };
            entry(about, &message, citations)
        }
        Event::JointReplyProposed { digest } => {
            entry(about, &proto::JointReplyProposed { digest: digest.as_str().to_owned() }, citations)
        }
        Event::WordingAgreed { digest } => {
            entry(about, &proto::WordingAgreed { digest: digest.as_str().to_owned() }, citations)
        }
        Event::JointReplyIssued { digest, on, channel } => {
            let message = proto::JointReplyIssued {
                issued_on: Some(wire::date(*on)),
                channel: wire::channel(*channel).into(),
                digest: digest.as_str().to_owned(),
            };
            entry(about, &message, citations)
        }
        Event::SatisfactionRecorded { on } => {
            entry(about, &proto::SatisfactionRecorded { on: Some(wire::date(*on)) }, citations)
        }
        Event::ResidualRecorded { provider, jobcentre_plus, on, complaint } => {
            let message = proto::ResidualRecorded {
                provider: *provider,
                jobcentre_plus: *jobcentre_plus,
                on: Some(wire::date(*on)),
                complaint: complaint.map(Id::name).unwrap_or_default(),
            };
            entry(about, &message, citations)
        }
        Event::ComplaintHandedOver { complaint, received_on, starts_at_stage, joint_reply_on } => {
            let mut message = handed_over(row, contact);
            message.complaint = complaint.name();
            message.received_on = Some(wire::date(*received_on));
            message.starts_at_stage = (*starts_at_stage).into();
            message.joint_reply_on = Some(wire::date(*joint_reply_on));
            entry(about, &message, citations)
        }
        Event::MixedComplaintAbandoned { on } => {
            entry(about, &proto::MixedComplaintAbandoned { on: Some(wire::date(*on)) }, citations)
        }
        Event::HandoverAnswered { complaint, fate, reason, existing } => {
            entry(about, &answered(*complaint, *fate, reason, *existing), citations)
        }
    }
}

/// What is left over of the contact, as the complaints service must know it.
fn handed_over(row: &Mixed, contact: &Contact) -> proto::ComplaintHandedOver {
    let recorded = contact.state.contact();
    let question = recorded.map(|recorded| &recorded.route.question);
    let organisation = row.state.mixed().map(|mixed| mixed.organisation.name()).unwrap_or_default();
    proto::ComplaintHandedOver {
        contact: row.contact.name(),
        contract: row.contract.name(),
        organisation,
        participant: recorded.and_then(|recorded| recorded.participant).map(Id::name).unwrap_or_default(),
        jobcentre_plus_received_on: question
            .and_then(|question| question.jobcentre_plus_received_on)
            .map(wire::date),
        channel: question.map(|question| wire::channel(question.channel).into()).unwrap_or_default(),
        representative_kind: convert::representative(question.and_then(|question| question.representative))
            .into(),
        respondents: question
            .map(|question| question.respondents.iter().map(|respondent| respondent.name()).collect())
            .unwrap_or_default(),
        mixed_complaint: row.id.name(),
        formal: recorded.is_some_and(|recorded| recorded.route.formal),
        persons_complained_about: contact.persons_complained_about.clone(),
        participant_reference: String::new(),
        ..proto::ComplaintHandedOver::default()
    }
}
