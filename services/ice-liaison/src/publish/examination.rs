//! Events of examinations.

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA256, digest};
use ice_liaison_domain::{
    PaperRef,
    examination::{Event, Evidence, Opened, Received},
};
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::{Id, hexadecimal};
use redress_proto::{ice_liaison::v1 as proto, supply_chain::v1 as chain};

use crate::{
    convert,
    render::examination::{confirmation, named, withheld},
    store::examination::Examination,
};

/// An event of an examination, at the version that it reaches.
#[expect(clippy::too_many_lines, reason = "one arm for each event")]
pub(crate) fn examination(row: &Examination, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let contract = Some(row.contract.uuid());
    let about = About { kind: "examinations", id: row.id.uuid(), version, contract };
    match event {
        Event::ExaminationOpened(it) => entry(about, &opened(it), citations),
        Event::GatewayCheckBegun { on } => {
            entry(about, &proto::GatewayCheckBegun { on: Some(wire::date(*on)) }, citations)
        }
        Event::IceLetterReceived(it) => entry(about, &received(it), citations),
        Event::IceLetterAnswered { letter, answered_on, taken_on, late } => {
            let message = proto::IceLetterAnswered {
                letter: letter.name(),
                answered_on: Some(wire::date(*answered_on)),
                taken_as_received_on: Some(wire::date(*taken_on)),
                late: *late,
            };
            entry(about, &message, citations)
        }
        Event::IceLetterOverdue { letter, due_on } => {
            let message =
                proto::IceLetterOverdue { letter: letter.name(), due_on: Some(wire::date(*due_on)) };
            entry(about, &message, citations)
        }
        Event::ProcessConfirmed(it) => {
            entry(about, &proto::ProcessConfirmed { confirmation: Some(confirmation(it)) }, citations)
        }
        Event::StepsToRevisit { examination, complaint, steps, requested_on, due_on } => {
            let message = proto::StepsToRevisit {
                examination: examination.name(),
                complaint: complaint.name(),
                steps: steps.iter().map(named).collect(),
                requested_on: Some(wire::date(*requested_on)),
                due_on: due_on.map(wire::date),
            };
            entry(about, &message, citations)
        }
        Event::ProcessCompleted { final_response_on, finding } => {
            let referred_on = row.state.case().map(|case| wire::date(case.file.referred_on));
            let message = proto::ProcessCompleted {
                final_response_on: Some(wire::date(*final_response_on)),
                finding: convert::finding(*finding).into(),
                complaint: row.complaint.name(),
                referred_on,
            };
            entry(about, &message, citations)
        }
        Event::ExaminationAccepted {
            complaint,
            accepted_on,
            finding,
            discretion,
            referred_on,
            notified_on,
        } => {
            let message = proto::ExaminationAccepted {
                complaint: complaint.name(),
                accepted_on: Some(wire::date(*accepted_on)),
                finding: convert::finding(*finding).into(),
                discretion: *discretion,
                referred_on: Some(wire::date(*referred_on)),
                notified_on: Some(wire::date(*notified_on)),
            };
            entry(about, &message, citations)
        }
        Event::ExaminationAdvanced { stage, on, out_of_order } => {
            let message = proto::ExaminationAdvanced {
                stage: convert::stage(*stage).into(),
                on: Some(wire::date(*on)),
                out_of_order: *out_of_order,
            };
            entry(about, &message, citations)
        }
        Event::AccountSubmitted(account) => {
            let message = proto::AccountSubmitted {
                stage: convert::stage(account.stage).into(),
                given_on: Some(wire::date(account.given_on)),
                evidence: names(&account.evidence),
                sha256: account.digest.as_str().to_owned(),
            };
            entry(about, &message, citations)
        }
        Event::EvidenceDelivered(it) => entry(about, &delivered(it), citations),
        Event::ReportIssued(report) => {
            let message = proto::ReportIssued {
                decided_on: Some(wire::date(report.decided_on)),
                outcome: convert::outcome(report.outcome).into(),
                elements: report.elements.iter().copied().map(convert::element).collect(),
                sha256: report.digest.as_ref().map(|digest| digest.as_str().to_owned()).unwrap_or_default(),
                charge_standing: convert::charge_standing(report.charge).into(),
            };
            entry(about, &message, citations)
        }
        Event::RecommendationMade(it) => {
            let message = proto::RecommendationMade {
                recommendation: it.id.name(),
                kind: convert::recommendation_kind(it.kind).into(),
                due_on: it.due_on.map(wire::date),
            };
            entry(about, &message, citations)
        }
        Event::RecommendationAssigned { recommendation, owner, due_on } => {
            let message = proto::RecommendationAssigned {
                recommendation: recommendation.name(),
                owner: owner.clone(),
                due_on: Some(wire::date(*due_on)),
            };
            entry(about, &message, citations)
        }
        Event::RecommendationCompleted { recommendation, completed_on, evidence, procedure, late } => {
            let message = proto::RecommendationCompleted {
                recommendation: recommendation.name(),
                completed_on: Some(wire::date(*completed_on)),
                evidence: names(evidence),
                procedure: procedure.map(Id::name).unwrap_or_default(),
                late: *late,
            };
            entry(about, &message, citations)
        }
        Event::ExaminationClosed(closed) => {
            let message = proto::ExaminationClosed {
                examination: closed.examination.name(),
                complaint: closed.complaint.name(),
                outcome: convert::ending(closed.ending.outcome).into(),
                closed_on: Some(wire::date(closed.ending.on)),
                ground: closed.ending.ground.map_or(0, |ground| convert::ground(ground).into()),
            };
            entry(about, &message, citations)
        }
    }
}

fn opened(it: &Opened) -> proto::ExaminationOpened {
    proto::ExaminationOpened {
        examination: it.id.name(),
        complaint: it.complaint.name(),
        contract: it.contract.name(),
        organisation: it.organisation.name(),
        liable: it.liable.name(),
        pack: Some(chain::PackReference { id: it.pack.id.clone(), version: it.pack.version.clone() }),
        referred_on: Some(wire::date(it.referred_on)),
        effective_on: Some(wire::date(it.effective_on)),
        notified_on: Some(wire::date(it.notified_on)),
        finding: convert::finding(it.finding).into(),
        discretion: false,
        programme: it.programme.clone(),
        tier: it.tier.into(),
    }
}

fn received(it: &Received) -> proto::IceLetterReceived {
    let letter = &it.letter;
    proto::IceLetterReceived {
        letter: letter.id.name(),
        kind: convert::letter_kind(letter.kind).into(),
        received_on: Some(wire::date(letter.received_on)),
        stated_on: letter.stated_on.map(wire::date),
        due_on: letter.due_on.map(wire::date),
        warn_on: it.warn_on.map(wire::date),
        wants_answer: letter.wants_answer,
        calendar_version: it.calendar_version.clone(),
        stated_later: letter.stated_later,
        not_needed_yet: letter.not_needed_yet,
    }
}

/// What went to ICE, by the digest of its list: a case may have more papers than an entry has room for.
fn delivered(it: &Evidence) -> proto::EvidenceDelivered {
    let mut list = String::new();
    for item in &it.included {
        let digest = item.digest.as_ref().map_or("", |digest| digest.as_str());
        let _ = writeln!(list, "{} {digest}", item.paper);
    }
    proto::EvidenceDelivered {
        sent_on: Some(wire::date(it.sent_on)),
        papers: i32::try_from(it.included.len()).unwrap_or(i32::MAX),
        withheld: it.withheld.iter().map(withheld).collect(),
        sha256: hexadecimal(digest(&SHA256, list.as_bytes()).as_ref()),
    }
}

fn names(papers: &[PaperRef]) -> Vec<String> {
    papers.iter().map(|paper| paper.name()).collect()
}
