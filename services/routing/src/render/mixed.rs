//! Mixed complaints.

use redress_chassis::{etag, wire, wire::Telling};
use redress_kernel::Id;
use redress_policy::Rulebook;
use redress_proto::routing::v1 as proto;
use routing_domain::{
    Refusal,
    mixed::{self, Stage, clocks},
};

use crate::{
    convert,
    store::{list::MixedRow, mixed::Mixed},
};

/// A mixed complaint, without what is sealed.
pub(crate) fn mixed(
    row: &Mixed,
    rulebook: &Rulebook,
    telling: Telling,
) -> Result<proto::MixedComplaint, Refusal> {
    let mixed = row.state.mixed().ok_or_else(|| Refusal::NotFound { name: row.id.name() })?;
    let pack = rulebook.library.get(&mixed.pack)?;
    let clocks = clocks(mixed, pack, &rulebook.calendars)?;
    Ok(proto::MixedComplaint {
        name: row.id.name(),
        contact: mixed.contact.name(),
        contract: mixed.contract.name(),
        organisation: mixed.organisation.name(),
        jobcentre_plus: mixed.jobcentre_plus.name(),
        raised_at: convert::raised_at(mixed.raised_at).into(),
        received_on: Some(wire::date(mixed.received_on)),
        stage: convert::mixed_stage(mixed.stage.name()).into(),
        pack: Some(convert::pack(&mixed.pack)),
        clocks: clocks.iter().map(|clock| wire::deadline(&clock.deadline, telling)).collect(),
        contributions: mixed.contributions.iter().map(contribution).collect(),
        joint_reply: joint_reply(mixed),
        satisfied: matches!(mixed.stage, Stage::Satisfied { .. }),
        residual_complaint: mixed.residual().map(Id::name).unwrap_or_default(),
        residual_jobcentre_plus: matches!(mixed.stage, Stage::Residual { jobcentre_plus: true, .. }),
        residual_fate: convert::fate(mixed.fate).into(),
        breaches: mixed.breaches.iter().map(|breach| breach.kind.name().to_owned()).collect(),
        statement: None,
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
        update_time: Some(wire::timestamp(row.updated_at)),
    })
}

fn contribution(contribution: &mixed::Contribution) -> proto::Contribution {
    let sent = contribution.sent.last();
    proto::Contribution {
        requested_on: Some(wire::date(contribution.requested_on)),
        stated_due_on: contribution.stated_due_on.map(wire::date),
        due_on: Some(wire::date(contribution.due_on)),
        sent_on: contribution.met_on().map(wire::date),
        late: contribution.is_late(),
        papers: sent.map(|sent| sent.papers.iter().map(|paper| paper.name()).collect()).unwrap_or_default(),
        text: String::new(),
    }
}

fn joint_reply(mixed: &mixed::Mixed) -> Option<proto::JointReply> {
    let digest = mixed.wording()?;
    let agreed = mixed.issued.is_some() || matches!(mixed.stage, Stage::WordingAgreed { .. });
    Some(proto::JointReply {
        digest: digest.as_str().to_owned(),
        agreed,
        issued_on: mixed.issued.as_ref().map(|issued| wire::date(issued.on)),
        channel: mixed.issued.as_ref().map(|issued| wire::channel(issued.channel).into()).unwrap_or_default(),
        text: String::new(),
    })
}

/// A row of a list. Words that are kept are words of the contract.
pub(crate) fn row(row: &MixedRow) -> proto::MixedComplaintRow {
    let stage = proto::MixedStage::from_str_name(&format!("MIXED_STAGE_{}", row.stage));
    proto::MixedComplaintRow {
        name: row.id.name(),
        contract: row.contract.name(),
        organisation: row.organisation.name(),
        stage: stage.unwrap_or_default().into(),
        received_on: Some(wire::date(row.received_on)),
        next_due_on: row.next_due_on.map(wire::date),
        next_due_kind: row.next_due_kind.clone().unwrap_or_default(),
    }
}
