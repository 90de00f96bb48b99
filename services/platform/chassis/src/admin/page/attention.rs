//! What a person should look at, by the names of the alerts that say the same; the runbook has a heading for each.

use super::{
    super::html::{escaped, number, paragraph, time},
    Shown,
};
use crate::telemetry::{
    ANONYMITY_REVIEWS_DUE, CALENDAR_COVERAGE, CONTRACT_ENDS_WITHHELD, DEADLINES_OPEN, DEADLINES_OVERDUE,
    DISPOSALS_OPEN, DOCUMENTS_MISSING, ERASURES_OPEN, FIGURES_AGE, HOLDS_PAST_REVIEW, KEYS_MISSING,
    OVER_RETENTION, Reading, SEQUENCING, SERVICE_FROZEN, UNSEQUENCED_AGE,
};

/// Entries that wait longer for their position wait for somebody.
const STALLED: f64 = 60.0;
/// Figures that are older are the past.
const STALE: f64 = 300.0;
/// Calendars that end sooner should be extended: eighteen months (L06, L45).
const COVERAGE: f64 = 548.0;

/// How loud a finding is.
#[derive(Clone, Copy)]
enum Weight {
    Grave,
    Soon,
}

/// Something to look at.
struct Finding {
    weight: Weight,
    alert: &'static str,
    text: String,
}

pub(super) fn body(shown: &Shown<'_>) -> String {
    let findings = findings(shown.reading);
    if findings.is_empty() {
        return paragraph(
            "Nothing. No limit has passed unmet, none passes before the next working day is over, and the journal is whole.",
        );
    }
    let items: Vec<String> = findings.iter().map(item).collect();
    format!("<ul class=\"findings\">{}</ul>", items.join(""))
}

fn item(finding: &Finding) -> String {
    let (class, word) = match finding.weight {
        Weight::Grave => ("bad", "Now"),
        Weight::Soon => ("soon", "Soon"),
    };
    format!(
        "<li><span class=\"state {class}\">{word}</span> {} <span class=\"alert\">runbook: {}</span></li>",
        escaped(&finding.text),
        finding.alert
    )
}

fn findings(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |weight, alert, text| findings.push(Finding { weight, alert, text });
    for series in reading.series(&SERVICE_FROZEN).iter().filter(|series| series.value > 0.0) {
        let text = format!(
            "{} answers nothing: its database was put back, and what was erased since is not erased again.",
            series.label("service")
        );
        add(Weight::Grave, "RedressServiceFrozen", text);
    }
    for series in reading.series(&SEQUENCING).iter().filter(|series| series.value < 1.0) {
        let text = format!(
            "The journal of {} has stopped: its past is not what was signed.",
            series.label("service")
        );
        add(Weight::Grave, "RedressJournalInconsistent", text);
    }
    for series in reading.series(&UNSEQUENCED_AGE).iter().filter(|series| series.value > STALLED) {
        let text = format!(
            "An entry of {} waits since {} for its position.",
            series.label("service"),
            time(series.value)
        );
        add(Weight::Grave, "RedressSequencerStalled", text);
    }
    for series in reading.series(&DOCUMENTS_MISSING).iter().filter(|series| series.value > 0.0) {
        let text = format!(
            "{} documents of {} have lost their bytes.",
            number(series.value),
            series.label("service")
        );
        add(Weight::Grave, "RedressDocumentsMissing", text);
    }
    for series in reading.series(&KEYS_MISSING).iter().filter(|series| series.value > 0.0) {
        let text =
            format!("{} keys of {} are not in the keyring.", number(series.value), series.label("service"));
        add(Weight::Grave, "RedressKeysMissing", text);
    }
    for series in reading.series(&DEADLINES_OVERDUE).iter().filter(|series| series.value > 0.0) {
        let text = format!(
            "{} × {} overdue at tier {} ({}).",
            number(series.value),
            series.label("kind"),
            series.label("tier"),
            series.label("service")
        );
        add(Weight::Grave, "RedressDeadlineOverdue", text);
    }
    add_records(reading, &mut add);
    let urgent = reading.series(&DEADLINES_OPEN).iter().filter(|series| {
        series.label("whose") == "provider" && matches!(series.label("due"), "today" | "next_working_day")
    });
    for series in urgent.filter(|series| series.value > 0.0) {
        let when = if series.label("due") == "today" { "today" } else { "on the next working day" };
        let text = format!(
            "{} × {} due {when} ({}).",
            number(series.value),
            series.label("kind"),
            series.label("service")
        );
        add(Weight::Soon, "RedressDeadlineBeforeNextWorkingDay", text);
    }
    for series in reading.series(&CALENDAR_COVERAGE).iter().filter(|series| series.value < COVERAGE) {
        let text = format!(
            "Bank holidays of {} are known for {} more days.",
            series.label("division"),
            number(series.value)
        );
        add(Weight::Soon, "RedressCalendarRunsOut", text);
    }
    for series in reading.series(&FIGURES_AGE).iter().filter(|series| series.value > STALE) {
        let text = format!(
            "The figures of {} about its {} are the past.",
            series.label("service"),
            series.label("about")
        );
        add(Weight::Soon, "RedressFiguresStale", text);
    }
    findings
}

/// What is kept too long, or does not come to its end.
fn add_records(reading: &Reading, add: &mut impl FnMut(Weight, &'static str, String)) {
    let halted = reading.series(&DISPOSALS_OPEN).iter().filter(|series| series.label("stage") == "HALTED");
    for series in halted.filter(|series| series.value > 0.0) {
        let text = format!("{} disposals stand still until somebody looks.", number(series.value));
        add(Weight::Grave, "RedressDisposalHalted", text);
    }
    for series in reading.series(&OVER_RETENTION).iter().filter(|series| series.value > 0.0) {
        let text =
            format!("A record is kept {} days past its date, and nothing holds it.", number(series.value));
        add(Weight::Soon, "RedressRecordsKeptTooLong", text);
    }
    for series in reading.series(&HOLDS_PAST_REVIEW).iter().filter(|series| series.value > 0.0) {
        let text = format!("{} records have a hold that was to be looked at again.", number(series.value));
        add(Weight::Soon, "RedressHoldsPastReview", text);
    }
    for series in reading.series(&ERASURES_OPEN).iter().filter(|series| series.value > 0.0) {
        let waiting = number(series.value);
        match series.label("answer") {
            "late" => {
                let text =
                    format!("{waiting} requests to be erased are past the day of the promised answer.");
                add(Weight::Grave, "RedressErasureAnswerLate", text);
            }
            "soon" => {
                let text = format!("{waiting} requests to be erased are to be answered within days.");
                add(Weight::Soon, "RedressErasureAnswerDue", text);
            }
            _ => {}
        }
    }
    for series in reading.series(&ANONYMITY_REVIEWS_DUE).iter().filter(|series| series.value > 0.0) {
        let text = format!("{} anonymised sets are to be judged again.", number(series.value));
        add(Weight::Soon, "RedressAnonymityReviewDue", text);
    }
    let withheld =
        reading.series(&CONTRACT_ENDS_WITHHELD).iter().filter(|series| series.label("change") == "no");
    for series in withheld.filter(|series| series.value > 0.0) {
        let text = format!(
            "{} contracts told an earlier last day, and nobody has proposed that it counts.",
            number(series.value)
        );
        add(Weight::Soon, "RedressContractEndWithheld", text);
    }
}
