//! Examinations, as callers see them, without their texts.

use ice_liaison_domain::{
    CaseRecord, Refusal,
    admissibility::admissibility,
    examination::{Account, Case, Confirmation, Evidence, Report, Revisit, StageEntry, clock},
    paper::{Paper, Withheld},
    record::StepRef,
};
use jiff::civil::Date;
use redress_chassis::{etag, wire, wire::Telling};
use redress_policy::Rulebook;
use redress_proto::{ice_liaison::v1 as proto, supply_chain::v1 as chain};

use super::{letter, recommendation};
use crate::{
    command::{case::Moved, pinned::pinned},
    convert,
    store::examination::Examination,
    world::World,
};

/// An examination as a command leaves it, with why.
pub(crate) fn answer(
    moved: &Moved,
    world: &World,
    rulebook: &Rulebook,
    today: Date,
) -> Result<proto::Examination, Refusal> {
    let record = world.records.get(&moved.row.complaint);
    let rendered = examination(&moved.row, record, rulebook, today, Telling::Dates)?;
    Ok(proto::Examination { citations: moved.because.iter().map(wire::citation).collect(), ..rendered })
}

/// An examination as it stands.
pub(crate) fn examination(
    row: &Examination,
    record: Option<&CaseRecord>,
    rulebook: &Rulebook,
    today: Date,
    telling: Telling,
) -> Result<proto::Examination, Refusal> {
    let case = row.state.case().ok_or_else(|| Refusal::NotFound { name: row.id.name() })?;
    let file = &case.file;
    let pack = pinned(rulebook, &file.pack, file.complaint)?;
    let calendars = &rulebook.calendars;
    let found = record.map(|record| admissibility(record, file.judged_on, pack, calendars)).transpose()?;
    let standards = clock::standards(&row.state, pack, calendars, today)?;
    let standard = |standard: &clock::Standard| proto::ServiceStandard {
        deadline: Some(wire::deadline(&standard.deadline, telling)),
        met_on: standard.met_on.map(wire::date),
        missed: standard.missed,
    };
    let letters = file.letters.iter().map(|it| letter::letter(case, it, rulebook, today, telling));
    let recommendations = file.recommendations.iter();
    Ok(proto::Examination {
        etag: etag::render(row.version),
        reference: row.reference.clone().unwrap_or_default(),
        admissibility: found.map(|found| super::admissibility::admissibility(&found, telling)),
        letters: letters.collect::<Result<_, _>>()?,
        recommendations: recommendations
            .map(|it| recommendation::recommendation(row.id, it, today))
            .collect(),
        standards: standards.iter().map(standard).collect(),
        complaint_standing: record.map_or(0, |record| convert::complaint_standing(record.standing()).into()),
        create_time: Some(wire::timestamp(row.created_at)),
        update_time: Some(wire::timestamp(row.updated_at)),
        ..plain(case)
    })
}

/// What needs no computing.
fn plain(case: &Case) -> proto::Examination {
    let file = &case.file;
    let ending = case.ending();
    proto::Examination {
        name: file.id.name(),
        complaint: file.complaint.name(),
        contract: file.contract.name(),
        organisation: file.organisation.name(),
        liable: file.liable.name(),
        pack: Some(chain::PackReference { id: file.pack.id.clone(), version: file.pack.version.clone() }),
        referred_on: Some(wire::date(file.referred_on)),
        effective_on: Some(wire::date(file.effective_on)),
        notified_on: Some(wire::date(file.notified_on)),
        stage: convert::stage(case.stage.name()).into(),
        discretion: file.discretion,
        confirmations: file.confirmations.iter().map(confirmation).collect(),
        revisits: file.revisits.iter().map(revisit).collect(),
        history: file.history.iter().copied().map(entry).collect(),
        accounts: file.accounts.iter().map(account).collect(),
        evidence: file.evidence.as_ref().map(evidence),
        report: file.report.as_ref().map(report),
        outcome: ending.map_or(0, |ending| convert::ending(ending.outcome).into()),
        decline_ground: ending.and_then(|ending| ending.ground).map_or(0, |it| convert::ground(it).into()),
        charge_standing: file.report.as_ref().map_or(0, |it| convert::charge_standing(it.charge).into()),
        closed_on: ending.map(|ending| wire::date(ending.on)),
        ..proto::Examination::default()
    }
}

/// What the provider told ICE of its steps.
pub(crate) fn confirmation(it: &Confirmation) -> proto::ProcessConfirmation {
    let step = |(step, done_on): &(StepRef, Option<Date>)| proto::ConfirmedStep {
        stage_number: step.stage_number.into(),
        step: step.id.clone(),
        done_on: done_on.map(wire::date),
    };
    proto::ProcessConfirmation {
        confirmed_on: Some(wire::date(it.on)),
        steps: it.steps.iter().map(step).collect(),
        complete: it.is_complete(),
    }
}

/// A step by its name.
pub(crate) fn named(step: &StepRef) -> proto::NamedStep {
    proto::NamedStep { stage_number: step.stage_number.into(), step: step.id.clone() }
}

/// A paper that was kept back.
pub(crate) fn withheld(it: &Withheld) -> proto::WithheldItem {
    proto::WithheldItem {
        paper: it.paper.name(),
        ground: convert::withholding(it.ground).into(),
        authority: it.authority.clone(),
    }
}

/// A paper on the file of a complaint.
pub(crate) fn paper(it: &Paper) -> proto::Paper {
    proto::Paper {
        name: it.paper.name(),
        sha256: it.digest.as_str().to_owned(),
        on: Some(wire::date(it.on)),
        standing: convert::paper_standing(it.standing).into(),
    }
}

fn revisit(it: &Revisit) -> proto::Revisit {
    proto::Revisit {
        steps: it.steps.iter().map(named).collect(),
        requested_on: Some(wire::date(it.requested_on)),
        due_on: it.due_on.map(wire::date),
        completed_on: it.completed_on.map(wire::date),
    }
}

fn entry(it: StageEntry) -> proto::StageEntry {
    proto::StageEntry {
        stage: convert::stage(it.stage).into(),
        on: Some(wire::date(it.on)),
        out_of_order: it.out_of_order,
    }
}

fn account(it: &Account) -> proto::Account {
    proto::Account {
        stage: it.stage.as_str().to_owned(),
        given_on: Some(wire::date(it.given_on)),
        evidence: it.evidence.iter().map(|paper| paper.name()).collect(),
        sha256: it.digest.as_str().to_owned(),
        statement: String::new(),
    }
}

fn evidence(it: &Evidence) -> proto::EvidenceSent {
    proto::EvidenceSent {
        sent_on: Some(wire::date(it.sent_on)),
        included: it
            .included
            .iter()
            .map(|item| proto::EvidenceItem {
                paper: item.paper.name(),
                sha256: item.digest.as_ref().map(|digest| digest.as_str().to_owned()).unwrap_or_default(),
            })
            .collect(),
        withheld: it.withheld.iter().map(withheld).collect(),
    }
}

fn report(it: &Report) -> proto::Report {
    proto::Report {
        decided_on: Some(wire::date(it.decided_on)),
        outcome: convert::outcome(it.outcome).into(),
        elements: it.elements.iter().copied().map(convert::element).collect(),
        summary: String::new(),
        sha256: it.digest.as_ref().map(|digest| digest.as_str().to_owned()).unwrap_or_default(),
    }
}
