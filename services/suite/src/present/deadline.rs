//! A deadline with the arithmetic behind it, day by day where the days matter.

use redress_proto::{
    complaints::v1::{Clock, ClockState},
    r#type::v1::Deadline,
};

use super::{Fields, Grid, Screen, Tone, citation, date, word};

/// What must have happened, in words; `STAGE_RESPONSE` is `stage response`.
pub fn kind(deadline: &Deadline) -> String {
    word::of(&deadline.kind)
}

/// The whole derivation of one deadline that someone has to keep.
pub fn explained(screen: Screen, deadline: &Deadline) -> String {
    let due = date::read(deadline.due_on.as_ref());
    derived(screen, deadline, &due.map(|due| date::due(due, screen.today)).unwrap_or_default())
}

/// The whole derivation of one date, shown as `due`.
pub fn derived(screen: Screen, deadline: &Deadline, due: &str) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add_toned(Tone::Strong, "due", due)
        .add("for", kind(deadline))
        .add("runs from", date::shown(deadline.start_on.as_ref()))
        .add("warn on", date::shown(deadline.warn_on.as_ref()))
        .add("calendar", &deadline.calendar_version)
        .add("rule", citation::lines(&deadline.citations))
        .add("inputs", inputs(deadline));
    let mut text = fields.text();
    let days = derivation(screen, deadline);
    if !days.is_empty() {
        text.push_str("\n\n");
        text.push_str(&days);
    }
    text
}

/// The days that mattered.
pub fn derivation(screen: Screen, deadline: &Deadline) -> String {
    let mut grid = Grid::new(screen, &["day", "what became of it"]);
    for step in &deadline.derivation {
        let tone = if step.note.starts_with("skipped") { Tone::Faint } else { Tone::Plain };
        grid.row([(tone, date::shown(step.on.as_ref())), (tone, step.note.clone())]);
    }
    if grid.is_empty() { String::new() } else { grid.text() }
}

/// Clocks, the next to breach first.
pub fn clocks(screen: Screen, clocks: &[Clock]) -> String {
    let mut grid = Grid::new(screen, &["due", "for", "clock", "rule"]).due(0, screen);
    for clock in clocks {
        let Some(deadline) = &clock.deadline else { continue };
        let (tone, state) = state(clock);
        grid.row([
            (tone, due(screen, clock)),
            (Tone::Plain, kind(deadline)),
            (tone, state),
            (Tone::Faint, citation::all(&deadline.citations)),
        ]);
    }
    grid.text()
}

/// When a clock falls due; how far away that is matters only while it runs.
fn due(screen: Screen, clock: &Clock) -> String {
    let Some(due) = date::read(clock.deadline.as_ref().and_then(|deadline| deadline.due_on.as_ref())) else {
        return String::new();
    };
    match clock.state() {
        ClockState::Running | ClockState::Breached => date::due_in_table(due, screen),
        ClockState::Met | ClockState::MetLate | ClockState::Lapsed | ClockState::Unspecified => {
            date::plain(due)
        }
    }
}

fn state(clock: &Clock) -> (Tone, String) {
    let met_on = date::shown(clock.met_on.as_ref());
    match clock.state() {
        ClockState::Running => (Tone::Plain, "running".to_owned()),
        ClockState::Breached => (Tone::Bad, "breached".to_owned()),
        ClockState::Met => (Tone::Good, format!("met {met_on}")),
        ClockState::MetLate => (Tone::Warn, format!("met late, {met_on}")),
        ClockState::Lapsed => (Tone::Faint, "no longer needed".to_owned()),
        ClockState::Unspecified => (Tone::Faint, String::new()),
    }
}

fn inputs(deadline: &Deadline) -> String {
    let inputs = deadline.citations.iter().flat_map(|citation| &citation.inputs);
    let mut lines: Vec<String> = inputs.map(|input| format!("{} = {}", input.name, input.value)).collect();
    lines.dedup();
    lines.join("\n")
}
