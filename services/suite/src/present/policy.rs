//! Policy packs, and dates derived from them.

use redress_proto::policy::v1::{Clock, ExplainDeadlineResponse, Pack, Standing, Term, TermUnit};

use super::{Fields, Grid, Screen, Tone, citation, complaint, date, deadline, word};

/// A date with its derivation.
pub fn explained(screen: Screen, found: &ExplainDeadlineResponse) -> String {
    let Some(due) = &found.deadline else { return String::new() };
    // Nobody is late: the date was only asked for.
    let text = deadline::derived(screen, due, &date::shown(due.due_on.as_ref()));
    let opens = date::shown(found.opens_on.as_ref());
    if opens.is_empty() { text } else { format!("{text}\n\n the first day after it is {opens}") }
}

/// Packs in a list.
pub fn packs(screen: Screen, packs: &[Pack]) -> String {
    let mut grid = Grid::new(screen, &["pack", "programme", "holds from", "withdrawn", "contracts"]);
    for pack in packs {
        let applies = pack.applies.clone().unwrap_or_default();
        let from = date::shown(applies.contracts_from.as_ref());
        let before = date::shown(applies.contracts_before.as_ref());
        let contracts = match (from.is_empty(), before.is_empty()) {
            (true, true) => "all".to_owned(),
            (false, true) => format!("from {from}"),
            (true, false) => format!("before {before}"),
            (false, false) => format!("from {from} and before {before}"),
        };
        let in_force = date::shown(applies.in_force_from.as_ref());
        grid.row([
            (Tone::Strong, reference(pack)),
            (Tone::Plain, pack.programme.clone()),
            (Tone::Plain, if in_force.is_empty() { "not known".to_owned() } else { in_force }),
            (Tone::Warn, date::shown(applies.withdrawn_on.as_ref())),
            (Tone::Plain, contracts),
        ]);
    }
    if grid.is_empty() { "no packs".to_owned() } else { grid.text() }
}

/// One pack: its rules, what it is silent on, what is not known of it, and its clocks.
pub fn pack(screen: Screen, pack: &Pack) -> String {
    let mut fields = Fields::new(screen);
    let applies = pack.applies.clone().unwrap_or_default();
    let territory = applies.territory().map(|division| word::of_value(division.as_str_name(), "DIVISION_"));
    fields
        .add_toned(Tone::Strong, "pack", reference(pack))
        .add("title", &pack.title)
        .add("programme", &pack.programme)
        .add("territory", territory.collect::<Vec<_>>().join(", "))
        .add("bank holidays", word::of_value(applies.calendar().as_str_name(), "DIVISION_"))
        .add("holds from", date::shown(applies.in_force_from.as_ref()))
        .add("withdrawn", date::shown(applies.withdrawn_on.as_ref()))
        .add("successor", &applies.successor);
    for document in &pack.documents {
        fields.add(&document.key, &document.title);
    }
    let mut parts = vec![fields.text(), complaint::section(screen, "Rules", &rules(screen, pack))];
    if !pack.clocks.is_empty() {
        parts.push(complaint::section(screen, "Clocks", &clocks(screen, &pack.clocks)));
    }
    parts.join("\n\n")
}

fn rules(screen: Screen, pack: &Pack) -> String {
    let mut grid = Grid::new(screen, &["rule", "standing", "says", "where"]);
    for rule in &pack.rules {
        let (tone, standing) = match rule.standing() {
            Standing::Stated => (Tone::Good, "stated"),
            Standing::Silent => (Tone::Faint, "silent"),
            Standing::Unknown => (Tone::Warn, "not known"),
            Standing::Practice => (Tone::Plain, "practice"),
            Standing::Unspecified => (Tone::Plain, ""),
        };
        grid.row([
            (Tone::Strong, format!("{} {}", rule.rule, word::of(&rule.name)).trim().to_owned()),
            (tone, standing.to_owned()),
            (Tone::Plain, rule.text.clone()),
            (Tone::Faint, rule.citation.as_ref().map(citation::short).unwrap_or_default()),
        ]);
    }
    grid.text()
}

fn clocks(screen: Screen, clocks: &[Clock]) -> String {
    let mut grid = Grid::new(screen, &["clock", "length", "rule"]);
    for clock in clocks {
        grid.row([
            (Tone::Strong, word::of_value(clock.kind().as_str_name(), "CLOCK_KIND_")),
            (Tone::Plain, clock.term.map(term).unwrap_or_default()),
            (Tone::Faint, clock.citation.as_ref().map(citation::short).unwrap_or_default()),
        ]);
    }
    grid.text()
}

fn reference(pack: &Pack) -> String {
    pack.reference
        .as_ref()
        .map(|reference| format!("{}@{}", reference.id, reference.version))
        .unwrap_or_default()
}

fn term(term: Term) -> String {
    let unit = match term.unit() {
        TermUnit::Unspecified => "",
        TermUnit::WorkingDays => "working day",
        TermUnit::CalendarDays => "day",
        TermUnit::Weeks => "week",
        TermUnit::Months => "month",
        TermUnit::Years => "year",
    };
    word::count(usize::try_from(term.amount).unwrap_or_default(), unit)
}
