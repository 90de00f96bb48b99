//! One complaint: where it stands, what runs, what is done, what is out.

use std::fmt::Write as _;

use redress_proto::complaints::v1::{ClockState, Complaint, EarlyAccess, EarlyAccessState, Stage, Step};

use crate::client::Names;

use super::{Fields, Grid, Screen, Tone, citation, date, deadline, letter, word};

/// All that is known of a complaint but its timeline, with the names that people use.
pub fn show(screen: Screen, complaint: &Complaint, names: &Names) -> String {
    let mut parts = vec![heading(screen, complaint), fields(screen, complaint, names)];
    if let Some(statement) = &complaint.statement {
        parts.push(section(screen, "What the person says", &screen.wrap(&statement.narrative, 1)));
        if !statement.desired_outcome.is_empty() {
            parts.push(section(screen, "What should happen", &screen.wrap(&statement.desired_outcome, 1)));
        }
    }
    if !complaint.clocks.is_empty() {
        parts.push(section(screen, "Clocks", &deadline::clocks(screen, &complaint.clocks)));
    }
    if !complaint.steps.is_empty() {
        parts.push(section(screen, "Steps", &steps(screen, &complaint.steps)));
    }
    if !complaint.letters.is_empty() {
        parts.push(section(screen, "Letters", &letter::list(screen, &complaint.letters)));
    }
    if !complaint.flags.is_empty() {
        parts.push(section(screen, "Not as it should be", &flags(screen, complaint)));
    }
    parts.join("\n\n")
}

/// What a command brought about: the heading, and what runs now.
pub fn outcome(screen: Screen, complaint: &Complaint) -> String {
    let mut text = heading(screen, complaint);
    let running: Vec<_> = complaint
        .clocks
        .iter()
        .filter(|clock| matches!(clock.state(), ClockState::Running | ClockState::Breached))
        .cloned()
        .collect();
    if !running.is_empty() {
        text.push_str("\n\n");
        text.push_str(&deadline::clocks(screen, &running));
    }
    if let Some(next) = complaint.steps.iter().find(|step| step.done_on.is_none()) {
        let _ = write!(text, "\n\n next step: {} ({})", next.title, next.id);
    }
    for flag in &complaint.flags {
        let rule = citation::all(&flag.citations);
        let _ = write!(
            text,
            "\n {}",
            screen.paint(Tone::Warn, &format!("note: {} {rule}", word::of(&flag.code)))
        );
    }
    text
}

/// `C-7K3M-9QXD · at stage 1 · stage response due Tue 27 Feb 2024 (in 3 days)`, on two lines where one is too short.
pub fn heading(screen: Screen, complaint: &Complaint) -> String {
    let stage = stage(complaint.stage(), complaint.stage_number);
    let reference = screen.paint(Tone::Strong, &complaint.case_reference);
    let Some((tone, due)) = next_due(screen, complaint) else { return format!("{reference} · {stage}") };
    let length = [complaint.case_reference.as_str(), &stage, &due]
        .map(|part| part.chars().count())
        .iter()
        .sum::<usize>();
    // Two separators, and the margin of whoever shows it.
    let between = if length + 10 > usize::from(screen.width) { "\n   " } else { " · " };
    format!("{reference} · {stage}{between}{}", screen.paint(tone, &due))
}

/// A stage in words, with its number where that says something.
pub fn stage(stage: Stage, number: i32) -> String {
    let words = word::of_value(stage.as_str_name(), "STAGE_");
    match stage {
        Stage::AtStage => format!("at stage {number}"),
        Stage::StageResponseIssued => format!("stage {number} response issued"),
        Stage::Unspecified
        | Stage::Received
        | Stage::Redirected
        | Stage::Acknowledged
        | Stage::DraftPendingApproval
        | Stage::Rework
        | Stage::FinalResponseIssued
        | Stage::WithIce
        | Stage::ReopenedByIce
        | Stage::Closed
        | Stage::Withdrawn => words,
    }
}

fn next_due(screen: Screen, complaint: &Complaint) -> Option<(Tone, String)> {
    let clock = complaint
        .clocks
        .iter()
        .find(|clock| matches!(clock.state(), ClockState::Running | ClockState::Breached))?;
    let deadline = clock.deadline.as_ref()?;
    let due = date::read(deadline.due_on.as_ref())?;
    let text = format!("{} due {}", deadline::kind(deadline), date::due(due, screen.today));
    Some((urgency(screen, due, date::read(deadline.warn_on.as_ref())), text))
}

/// How a date that is still to come, or has passed, should strike the eye.
pub fn urgency(screen: Screen, due: jiff::civil::Date, warn: Option<jiff::civil::Date>) -> Tone {
    if due < screen.today {
        Tone::Bad
    } else if warn.is_some_and(|warn| warn <= screen.today) || due == screen.today {
        Tone::Warn
    } else {
        Tone::Plain
    }
}

fn fields(screen: Screen, complaint: &Complaint, names: &Names) -> String {
    let mut fields = Fields::new(screen);
    let respondents = complaint.respondents.iter().map(|name| names.of(name));
    let subject = word::of_value(complaint.subject().as_str_name(), "SUBJECT_");
    let formal = if complaint.formal { "formal" } else { "" };
    let kinds = [subject.as_str(), formal].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let channel = word::of_value(complaint.channel().as_str_name(), "CHANNEL_");
    fields
        .add("name", &complaint.name)
        .add("reference", &complaint.reference)
        .add("received", format!("{} by {channel}", date::shown(complaint.received_on.as_ref())))
        .add("at Jobcentre", date::shown(complaint.jobcentre_plus_on.as_ref()))
        .add("about", kinds.join(", "))
        .add("participant", names.of(&complaint.participant))
        .add("contract", names.of(&complaint.contract))
        .add("respondents", respondents.collect::<Vec<_>>().join("\n"))
        .add("worked by", names.of(&complaint.organisation))
        .add("handler", &complaint.handler)
        .add("representative", {
            word::of_value(complaint.representative_kind().as_str_name(), "REPRESENTATIVE_KIND_")
        })
        .add("procedure", names.of(&complaint.procedure));
    if let Some(pack) = &complaint.pack {
        fields.add("policy pack", format!("{} of {}", pack.id, pack.version));
    }
    if let Some(access) = &complaint.early_access {
        fields.add("eight weeks", early_access(screen, access));
    }
    if let Some(window) = &complaint.examiner_window {
        let due =
            date::read(window.due_on.as_ref()).map(|due| date::due(due, screen.today)).unwrap_or_default();
        fields.add("ICE window", format!("to {due} {}", citation::all(&window.citations)));
    }
    fields.add("closed", word::of_value(complaint.close_reason().as_str_name(), "CLOSE_REASON_"));
    fields.text()
}

/// The right to go to the examiner without a final response, in words.
pub fn early_access(screen: Screen, access: &EarlyAccess) -> String {
    let rule = citation::all(&access.citations);
    let opens = date::read(access.opens_on.as_ref()).map(date::plain).unwrap_or_default();
    let words = match access.state() {
        EarlyAccessState::Unspecified => return String::new(),
        EarlyAccessState::NotInPack => "the pack gives no right to go to ICE early".to_owned(),
        EarlyAccessState::Unknown => {
            "the pack's text on going to ICE early is not known; ask the department".to_owned()
        }
        EarlyAccessState::NotYet => match date::read(access.opens_on.as_ref()) {
            Some(date) => format!("the right to go to ICE opens {}", date::due(date, screen.today)),
            None => "the right to go to ICE is not open yet".to_owned(),
        },
        EarlyAccessState::Open => format!("the right to go to ICE is open since {opens}"),
        EarlyAccessState::Forestalled => "a final response went out before the right opened".to_owned(),
    };
    format!("{words} {rule}").trim_end().to_owned()
}

fn steps(screen: Screen, steps: &[Step]) -> String {
    let mut grid = Grid::new(screen, &["stage", "step", "what", "done", "evidence"]).whole(1);
    for step in steps {
        let done = date::shown(step.done_on.as_ref());
        let (tone, done) = match (done.is_empty(), step.reopened) {
            (true, true) => (Tone::Warn, "reopened".to_owned()),
            (true, false) => (Tone::Plain, "open".to_owned()),
            (false, _) => (Tone::Good, done),
        };
        let evidence = match (step.evidence.len(), step.evidence_required) {
            (0, true) => "required".to_owned(),
            (0, false) => String::new(),
            (number, _) => word::count(number, "document"),
        };
        grid.row([
            (Tone::Plain, step.stage_number.to_string()),
            (Tone::Strong, step.id.clone()),
            (Tone::Plain, step.title.clone()),
            (tone, done),
            (Tone::Plain, evidence),
        ]);
    }
    grid.text()
}

fn flags(screen: Screen, complaint: &Complaint) -> String {
    let mut grid = Grid::new(screen, &["what", "since", "rule"]);
    for flag in &complaint.flags {
        grid.row([
            (Tone::Warn, word::of(&flag.code)),
            (Tone::Plain, date::shown(flag.since.as_ref())),
            (Tone::Faint, citation::all(&flag.citations)),
        ]);
    }
    grid.text()
}

/// A titled part of a longer text.
pub fn section(screen: Screen, title: &str, body: &str) -> String {
    format!("{}\n{body}", screen.paint(Tone::Strong, title))
}

/// The derivation of every date that is still to come, each under its own title.
pub fn derivations(screen: Screen, complaint: &Complaint) -> Vec<String> {
    let running = complaint
        .clocks
        .iter()
        .filter(|clock| matches!(clock.state(), ClockState::Running | ClockState::Breached));
    running
        .filter_map(|clock| clock.deadline.as_ref())
        .map(|found| {
            section(screen, &format!("Why: {}", deadline::kind(found)), &deadline::explained(screen, found))
        })
        .collect()
}

/// What a command brought about, and the letters as they now stand.
pub fn with_letters(screen: Screen, complaint: &Complaint) -> String {
    format!("{}\n\n{}", outcome(screen, complaint), letter::list(screen, &complaint.letters))
}
