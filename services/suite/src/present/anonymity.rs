//! Whether a set of reports is anonymous, as it was judged.

use redress_proto::records_retention::v1::{AnonymisedSet, AnonymityAssessment};

use super::{Fields, Screen, Tone, date, word};

/// What was found.
pub fn assessment(screen: Screen, found: &AnonymityAssessment) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("reports", found.reports.to_string())
        .add_toned(
            Tone::Strong,
            "smallest group",
            format!("{} (at least {})", found.smallest_group, found.least_group),
        )
        .add("coarseness", word::of_value(found.coarseness().as_str_name(), "COARSENESS_"))
        .add("taken out", found.removed.join(", "))
        .add("made coarser", found.generalised.join(", "))
        .add("withheld", found.withheld.join(", "))
        .add("digest", &found.digest);
    fields.text()
}

/// A set.
pub fn set(screen: Screen, set: &AnonymisedSet) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("anonymised", date::shown(set.anonymised_on.as_ref()))
        .add("judge again", date::shown(set.review_on.as_ref()))
        .add_toned(
            Tone::Bad,
            "found",
            if set.found_wanting { "people can be told apart after all" } else { "" },
        );
    let found = set.assessment.as_ref().map(|found| assessment(screen, found)).unwrap_or_default();
    [fields.text(), found].join("\n")
}
