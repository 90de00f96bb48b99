//! Records: their dates, parts, holds and payments, and what is left of those that ended.

use redress_proto::{
    complaints::v1::DocumentState,
    records_retention::v1::{Hold, Part, Payment, Record, RecordStage, Tombstone},
};

use super::{Fields, Grid, Screen, Tone, anonymity, citation, date, deadline, document, word};

/// Records as rows.
pub fn list(screen: Screen, records: &[Record]) -> String {
    let columns = ["record", "what it is", "stage", "last day", "rule", "your reference"];
    let shown = if screen.is_narrow() { 4 } else { columns.len() };
    let mut grid = Grid::new(screen, &columns[..shown]).whole(0).due(3, screen);
    for record in records {
        let last = record.retention.as_ref();
        let due = date::read(last.and_then(|last| last.due_on.as_ref()));
        let (tone, stage) = standing(record);
        let cells = [
            (Tone::Strong, word::id(&record.name).to_owned()),
            (Tone::Plain, class(record)),
            (tone, stage),
            (Tone::Plain, due.map_or_else(|| gap(record), |due| date::due_in_table(due, screen))),
            (Tone::Faint, last.map(|last| citation::all(&last.citations)).unwrap_or_default()),
            (Tone::Faint, record.reference.clone()),
        ];
        grid.row(cells.into_iter().take(shown));
    }
    if grid.is_empty() { "no records".to_owned() } else { grid.text() }
}

/// One record.
pub fn show(screen: Screen, record: &Record) -> String {
    let (tone, stage) = standing(record);
    let last = record.retention.as_ref();
    let due = date::read(last.and_then(|last| last.due_on.as_ref()));
    let mut fields = Fields::new(screen);
    fields
        .add("record", &record.name)
        .add("what it is", class(record))
        .add_toned(tone, "stage", stage)
        .add("last day", due.map_or_else(|| gap(record), |due| date::due(due, screen.today)))
        .add("rule", last.map(|last| citation::lines(&last.citations)).unwrap_or_default())
        .add("contract", &record.contract)
        .add("kept by", &record.organisation)
        .add("about", &record.participant)
        .add("complaint", &record.complaint)
        .add("your reference", &record.reference)
        .add("completed", date::shown(record.completed_on.as_ref()))
        .add("funded start", date::shown(record.funded_start_on.as_ref()))
        .add("disposal", &record.disposal)
        .add("etag", &record.etag);
    let mut parts = vec![fields.text()];
    parts.extend(record.anonymised.as_ref().map(|set| anonymity::set(screen, set)));
    parts.extend(record.tombstone.as_ref().map(|tombstone| left(screen, tombstone)));
    parts.extend([
        lain_by(screen, &record.parts),
        holds(screen, &record.holds),
        payments(screen, &record.payments),
    ]);
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// Why a record is kept so long: the last day of its term, day by day.
pub fn why(screen: Screen, record: &Record) -> String {
    let Some(last) = &record.retention else { return show(screen, record) };
    let due = date::read(last.due_on.as_ref()).map(|due| date::due(due, screen.today)).unwrap_or_default();
    let derived = deadline::derived(screen, last, &due);
    let held = holds(screen, &record.holds);
    if held.is_empty() { derived } else { format!("{derived}\n\n{held}") }
}

/// What is left of a record.
fn left(screen: Screen, tombstone: &Tombstone) -> String {
    let mut fields = Fields::new(screen);
    let rule = tombstone.rule.as_ref().map(citation::long).unwrap_or_default();
    fields
        .add("term ended", date::shown(tombstone.due_on.as_ref()))
        .add("because", rule)
        .add("ordered", date::shown(tombstone.ordered_on.as_ref()))
        .add("gone", date::shown(tombstone.destroyed_on.as_ref()))
        .add("in the set", &tombstone.anonymised_in)
        .add("how", word::of_value(tombstone.method().as_str_name(), "DISPOSAL_METHOD_"))
        .add("proposed by", &tombstone.proposed_by)
        .add("approved by", &tombstone.approved_by);
    fields.text()
}

fn lain_by(screen: Screen, parts: &[Part]) -> String {
    let mut grid = Grid::new(screen, &["part", "lies with", "as", "since"]).whole(0);
    for part in parts {
        let (tone, what) = laid_by(part);
        grid.row([
            (Tone::Strong, word::id(&part.name).to_owned()),
            (Tone::Plain, word::of_value(part.holder().as_str_name(), "HOLDER_")),
            (tone, what),
            (Tone::Plain, date::shown(part.added_on.as_ref())),
        ]);
    }
    if grid.is_empty() { String::new() } else { grid.text() }
}

/// What a part is: a thing of its holder, a report, or bytes of some kind and size.
fn laid_by(part: &Part) -> (Tone, String) {
    let bytes = || format!("{}, {}", part.media_type, document::size(part.size_bytes));
    match part.state() {
        DocumentState::Quarantined => (Tone::Bad, format!("{}, in quarantine", bytes())),
        DocumentState::Stored => (Tone::Plain, bytes()),
        DocumentState::Unspecified if part.is_report => (Tone::Plain, "a report, field by field".to_owned()),
        DocumentState::Unspecified => (Tone::Plain, part.subject.clone()),
    }
}

fn holds(screen: Screen, holds: &[Hold]) -> String {
    let mut grid =
        Grid::new(screen, &["hold", "because", "placed", "look again", "ends", "authority"]).whole(0);
    for hold in holds {
        let released = date::shown(hold.released_on.as_ref());
        let ends = if released.is_empty() {
            date::shown(hold.holds_until.as_ref())
        } else {
            format!("released {released}")
        };
        let tone = if hold.released_on.is_some() { Tone::Faint } else { Tone::Warn };
        let authority = if hold.authority.is_empty() { &hold.matter } else { &hold.authority };
        grid.row([
            (tone, word::id(&hold.name).to_owned()),
            (tone, word::of_value(hold.reason().as_str_name(), "HOLD_REASON_")),
            (Tone::Plain, date::shown(hold.placed_on.as_ref())),
            (Tone::Plain, date::shown(hold.review_on.as_ref())),
            (Tone::Plain, ends),
            (Tone::Faint, authority.clone()),
        ]);
    }
    if grid.is_empty() { String::new() } else { grid.text() }
}

fn payments(screen: Screen, payments: &[Payment]) -> String {
    let mut grid = Grid::new(screen, &["payment", "received", "telling", "what it is"]).whole(0);
    for payment in payments {
        let what = match (payment.withdrawn, payment.completes) {
            (true, _) => "withdrawn",
            (false, true) => "in full",
            (false, false) => "in part",
        };
        grid.row([
            (Tone::Strong, word::id(&payment.name).to_owned()),
            (Tone::Plain, date::shown(payment.received_on.as_ref())),
            (Tone::Plain, payment.revision.to_string()),
            (Tone::Plain, what.to_owned()),
        ]);
    }
    if grid.is_empty() { String::new() } else { grid.text() }
}

fn class(record: &Record) -> String {
    word::of_value(record.record_class().as_str_name(), "RECORD_CLASS_")
}

fn standing(record: &Record) -> (Tone, String) {
    let stage = word::of_value(record.stage().as_str_name(), "RECORD_STAGE_");
    match (record.held, record.stage()) {
        (true, _) => (Tone::Warn, format!("{stage}, held")),
        (false, RecordStage::Due) => (Tone::Bad, stage),
        (false, _) => (Tone::Plain, stage),
    }
}

/// Why there is no last day.
fn gap(record: &Record) -> String {
    let why = word::of_value(record.gap().as_str_name(), "RETENTION_GAP_");
    if why.is_empty() { why } else { format!("none: {why}") }
}
