//! A complaint as callers see it.

use complaints_domain::{
    Actor, Refusal,
    complaint::{self, Case, Clock, File, LetterStanding, early_access, steps},
};
use jiff::civil::Date;
use redress_chassis::{etag, wire, wire::Telling};
use redress_kernel::{Citation, Id};
use redress_policy::{ClockKind, Pack, Rulebook};
use redress_proto::{complaints::v1 as proto, supply_chain::v1 as chain, r#type::v1 as common};

use crate::{
    command::case::Moved,
    convert,
    pinned::pinned,
    store::{complaint::Complaint, procedure::Procedure},
    world::World,
};

/// What a command on a complaint answers: the complaint as it then stands, without the days of its derivations.
pub(crate) fn answer(moved: &Moved, world: &World, rulebook: &Rulebook) -> Result<proto::Complaint, Refusal> {
    let row = moved.row();
    let procedure = row.state.case().and_then(|case| world.procedures.get(case.file.procedure.id));
    let pack = pinned(rulebook, &row.state, row.id)?;
    render_with(row, procedure, pack, moved.clocks(), Telling::Dates)
}

/// A complaint, without its statement.
pub(crate) fn render(
    row: &Complaint,
    procedure: Option<&Procedure>,
    rulebook: &Rulebook,
    today: Date,
    telling: Telling,
) -> Result<proto::Complaint, Refusal> {
    let pack = pinned(rulebook, &row.state, row.id)?;
    let clocks = complaint::clocks(&row.state, pack, &rulebook.calendars, today)?;
    render_with(row, procedure, pack, &clocks, telling)
}

fn render_with(
    row: &Complaint,
    procedure: Option<&Procedure>,
    pack: &Pack,
    clocks: &[Clock],
    telling: Telling,
) -> Result<proto::Complaint, Refusal> {
    let case = row.state.case().ok_or_else(|| Refusal::NotFound { name: row.id.name() })?;
    let early = early_access::early_access(pack, clocks)?;
    let file = &case.file;
    Ok(proto::Complaint {
        name: row.id.name(),
        case_reference: row.case_reference.clone(),
        participant: file.participant.name(),
        contract: file.contract.name(),
        respondents: file.respondents.iter().map(|respondent| respondent.name()).collect(),
        organisation: file.organisation.name(),
        reference: row.reference.clone().unwrap_or_default(),
        received_on: Some(wire::date(file.received_on)),
        channel: file.receipts.first().map_or(0, |receipt| wire::channel(receipt.channel).into()),
        subject: convert::subject(file.subject).into(),
        formal: file.formal,
        representative_kind: convert::representative(file.representative).into(),
        jobcentre_plus_on: file.jobcentre_plus_on.map(wire::date),
        statement: None,
        stage: convert::stage(case.stage.name()).into(),
        stage_number: case.stage_number().into(),
        pack: Some(chain::PackReference { id: file.pack.id.clone(), version: file.pack.version.clone() }),
        procedure: file.procedure.id.name(),
        handler: file.handler.clone().unwrap_or_default(),
        clocks: clocks.iter().map(|clock| render_clock(clock, telling)).collect(),
        steps: render_steps(row, procedure),
        early_access: Some(render_early_access(&early)),
        letters: file.letters.iter().map(|letter| render_letter(row, letter)).collect(),
        flags: render_flags(file, pack),
        close_reason: render_close_reason(case).into(),
        examiner_window: window(file, clocks).map(|clock| wire::deadline(&clock.deadline, telling)),
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
        update_time: Some(wire::timestamp(row.updated_at)),
        persons_complained_about: row.persons_complained_about.clone(),
    })
}

/// A letter of a complaint, without its text.
pub(crate) fn render_letter(row: &Complaint, letter: &complaint::LetterOnFile) -> proto::Letter {
    let mut rendered = proto::Letter {
        name: letter.id.name(),
        complaint: row.id.name(),
        kind: convert::letter_kind(letter.kind).into(),
        stage_number: letter.stage_number.into(),
        digest: letter.digest.as_str().to_owned(),
        outcome: convert::outcome(letter.outcome).into(),
        ..proto::Letter::default()
    };
    let state = match &letter.standing {
        LetterStanding::Draft => proto::LetterState::Draft,
        LetterStanding::Rework => proto::LetterState::Rework,
        LetterStanding::Approved => proto::LetterState::Approved,
        LetterStanding::Superseded => proto::LetterState::Superseded,
        LetterStanding::Issued { on, channel, signposting_version, corrects, recorded_on: _ } => {
            rendered.issued_on = Some(wire::date(*on));
            rendered.channel = wire::channel(*channel).into();
            rendered.signposting_version =
                signposting_version.map(|version| version.to_string()).unwrap_or_default();
            rendered.corrects = corrects.map(Id::name).unwrap_or_default();
            proto::LetterState::Issued
        }
    };
    rendered.state = state.into();
    rendered
}

/// Who did something.
pub(crate) fn render_actor(actor: &Actor) -> common::Actor {
    common::Actor {
        organisation: actor.organisation.map(Id::name).unwrap_or_default(),
        subject: actor.subject.clone(),
    }
}

fn render_clock(clock: &Clock, telling: Telling) -> proto::Clock {
    proto::Clock {
        deadline: Some(wire::deadline(&clock.deadline, telling)),
        state: convert::clock_state(clock.state).into(),
        met_on: clock.met_on.map(wire::date),
        original_due_on: clock.original_due_on.map(wire::date),
    }
}

fn render_steps(row: &Complaint, procedure: Option<&Procedure>) -> Vec<proto::Step> {
    let title = |step: &complaint::StepRef| {
        procedure.and_then(|procedure| procedure.titles.step(step.stage_number, &step.id)).unwrap_or_default()
    };
    let render = |view: steps::StepView<'_>| proto::Step {
        stage_number: view.step.stage_number.into(),
        title: title(&view.step).to_owned(),
        done_on: view.done.map(|done| wire::date(done.on)),
        done_by: view.done.map(|done| render_actor(&done.by)),
        evidence: view.done.map_or_else(Vec::new, |done| done.evidence.iter().map(|id| id.name()).collect()),
        reopened: view.reopened,
        evidence_required: view.evidence_required,
        id: view.step.id,
    };
    steps::steps(&row.state).into_iter().map(render).collect()
}

fn render_early_access(early: &early_access::EarlyAccess) -> proto::EarlyAccess {
    proto::EarlyAccess {
        state: convert::early_access(early.standing).into(),
        opens_on: early.opens_on.map(wire::date),
        citations: vec![wire::citation(&early.citation)],
    }
}

fn render_flags(file: &File, pack: &Pack) -> Vec<proto::ComplianceFlag> {
    let render = |flag: &complaint::Flag| proto::ComplianceFlag {
        code: flag.code.as_str().to_owned(),
        since: Some(wire::date(flag.since)),
        citations: citations(pack, flag.code.rule()).iter().map(wire::citation).collect(),
    };
    file.flags.iter().map(render).collect()
}

/// Where a pack states a rule: every paragraph of it.
fn citations(pack: &Pack, rule: &str) -> Vec<Citation> {
    pack.duties_of(rule).map(|duty| pack.cite(&duty.source)).collect()
}

fn render_close_reason(case: &Case) -> proto::CloseReason {
    match &case.stage {
        complaint::Stage::Closed { reason, .. } => convert::close_reason(*reason),
        complaint::Stage::Received
        | complaint::Stage::Redirected { .. }
        | complaint::Stage::Acknowledged
        | complaint::Stage::AtStage(_)
        | complaint::Stage::StageResponseIssued { .. }
        | complaint::Stage::FinalResponseIssued { .. }
        | complaint::Stage::WithIce { .. }
        | complaint::Stage::ReopenedByIce(_)
        | complaint::Stage::Withdrawn { .. } => proto::CloseReason::Unspecified,
    }
}

/// The window that the last final response opened, with time for the post where it went that way (CMP-09, Q6).
fn window<'c>(file: &File, clocks: &'c [Clock]) -> Option<&'c Clock> {
    let of_run = |clock: &&Clock| {
        matches!(clock.key.kind, ClockKind::IceWindow | ClockKind::IceWindowByPost)
            && clock.key.number == file.run
    };
    clocks.iter().filter(of_run).max_by_key(|clock| clock.deadline.due_on)
}
