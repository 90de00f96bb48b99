//! Cases at the Independent Case Examiner, their letters and recommendations.

use redress_proto::ice_liaison::v1::{Admissibility, Examination, IceLetter, Paper, Recommendation};

use super::{Fields, Grid, Screen, Tone, citation, date, word};

/// Whether there was a right to go to the examiner.
pub fn right(screen: Screen, found: Option<&Admissibility>) -> String {
    let Some(found) = found else { return String::new() };
    let mut fields = Fields::new(screen);
    let last = found.window.as_ref().and_then(|window| window.due_on.as_ref());
    fields
        .add_toned(Tone::Strong, "finding", finding(found))
        .add("on", date::shown(found.referred_on.as_ref()))
        .add("final response", date::shown(found.final_response_on.as_ref()))
        .add("last day", date::shown(last))
        .add("early way opens", date::shown(found.early_access_opens_on.as_ref()));
    for rule in &found.citations {
        fields.add("because", citation::short(rule));
    }
    fields.text()
}

/// A case after a change.
pub fn outcome(screen: Screen, case: &Examination) -> String {
    let mut fields = head(screen, case);
    for rule in &case.citations {
        fields.add("because", citation::short(rule));
    }
    fields.text()
}

/// A case with all that is on it.
pub fn whole(screen: Screen, case: &Examination) -> String {
    let mut parts = vec![head(screen, case).text()];
    if !case.letters.is_empty() {
        parts.push(letters(screen, &case.letters));
    }
    for account in &case.accounts {
        parts.push(format!("account at {}\n{}", account.stage, screen.wrap(&account.statement, 1)));
    }
    if let Some(report) = &case.report {
        let outcome = word::of_value(report.outcome().as_str_name(), "FINDING_");
        parts.push(format!("report: {outcome}\n{}", screen.wrap(&report.summary, 1)));
    }
    for it in &case.recommendations {
        let state = word::of_value(it.state().as_str_name(), "RECOMMENDATION_STATE_");
        parts.push(format!("recommendation {} ({state})\n{}", word::id(&it.name), screen.wrap(&it.text, 1)));
    }
    parts.join("\n\n")
}

/// Cases, newest first.
pub fn list(screen: Screen, cases: &[Examination]) -> String {
    let mut grid = Grid::new(screen, &["examination", "complaint", "stage", "referred", "charge"]).whole(0);
    for case in cases {
        grid.row([
            (Tone::Plain, word::id(&case.name).to_owned()),
            (Tone::Plain, word::id(&case.complaint).to_owned()),
            (Tone::Strong, word::of_value(case.stage().as_str_name(), "EXAMINATION_STAGE_")),
            (Tone::Plain, date::shown(case.referred_on.as_ref())),
            (Tone::Plain, word::of_value(case.charge_standing().as_str_name(), "CHARGE_STANDING_")),
        ]);
    }
    if grid.is_empty() { "no cases at the examiner".to_owned() } else { grid.text() }
}

/// Letters, what is due first.
pub fn letters(screen: Screen, letters: &[IceLetter]) -> String {
    let mut grid = Grid::new(screen, &["letter", "asks", "received", "due", "state", "answered"]).whole(0);
    for letter in letters {
        let due = letter.deadline.as_ref().and_then(|deadline| deadline.due_on.as_ref());
        grid.row([
            (Tone::Plain, word::id(&letter.name).to_owned()),
            (Tone::Plain, word::of_value(letter.kind().as_str_name(), "ICE_LETTER_KIND_")),
            (Tone::Plain, date::shown(letter.received_on.as_ref())),
            (Tone::Strong, date::shown(due)),
            (Tone::Plain, word::of_value(letter.state().as_str_name(), "ICE_LETTER_STATE_")),
            (Tone::Plain, date::shown(letter.answered_on.as_ref())),
        ]);
    }
    if grid.is_empty() { "no letters".to_owned() } else { grid.text() }
}

/// Papers, as they came onto the file.
pub fn papers(screen: Screen, papers: &[Paper]) -> String {
    let mut grid = Grid::new(screen, &["paper", "on file since", "may go", "sha256"]).whole(0);
    for paper in papers {
        grid.row([
            (Tone::Plain, paper.name.clone()),
            (Tone::Plain, date::shown(paper.on.as_ref())),
            (Tone::Strong, word::of_value(paper.standing().as_str_name(), "PAPER_STANDING_")),
            (Tone::Plain, paper.sha256.chars().take(12).collect()),
        ]);
    }
    if grid.is_empty() { "no papers".to_owned() } else { grid.text() }
}

/// Recommendations, what is due first.
pub fn recommendations(screen: Screen, all: &[Recommendation]) -> String {
    let mut grid = Grid::new(screen, &["recommendation", "kind", "owner", "due", "state", "done"]).whole(0);
    for one in all {
        grid.row([
            (Tone::Plain, word::id(&one.name).to_owned()),
            (Tone::Plain, word::of_value(one.kind().as_str_name(), "RECOMMENDATION_KIND_")),
            (Tone::Plain, one.owner.clone()),
            (Tone::Strong, date::shown(one.due_on.as_ref())),
            (Tone::Plain, word::of_value(one.state().as_str_name(), "RECOMMENDATION_STATE_")),
            (Tone::Plain, date::shown(one.completed_on.as_ref())),
        ]);
    }
    if grid.is_empty() { "no recommendations".to_owned() } else { grid.text() }
}

fn head(screen: Screen, case: &Examination) -> Fields {
    let mut fields = Fields::new(screen);
    let found = case.admissibility.as_ref().map(finding).unwrap_or_default();
    fields
        .add("examination", &case.name)
        .add("complaint", &case.complaint)
        .add_toned(Tone::Strong, "stage", word::of_value(case.stage().as_str_name(), "EXAMINATION_STAGE_"))
        .add(
            "complaint itself",
            word::of_value(case.complaint_standing().as_str_name(), "COMPLAINT_STANDING_"),
        )
        .add("referred", date::shown(case.referred_on.as_ref()))
        .add("right", found)
        .add("reference", &case.reference)
        .add("ended", date::shown(case.closed_on.as_ref()))
        .add("etag", &case.etag);
    fields
}

fn finding(found: &Admissibility) -> String {
    word::of_value(found.finding().as_str_name(), "ADMISSIBILITY_FINDING_")
}
