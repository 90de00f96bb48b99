//! Every metric of the catalogue with what it means, so that no figure is anywhere else only.

use super::{
    super::html::{number, table},
    Shown,
};
use crate::telemetry::{CALL_DURATION, CATALOGUE};

pub(super) fn body(shown: &Shown<'_>) -> String {
    let mut rows = Vec::new();
    for measure in CATALOGUE.iter().filter(|measure| measure.name != CALL_DURATION.name) {
        for series in shown.reading.series(measure) {
            rows.push(vec![
                measure.scraped.to_owned(),
                series.shown(),
                number(series.value),
                measure.unit.trim_matches(['{', '}']).to_owned(),
                measure.meaning.to_owned(),
            ]);
        }
    }
    let table = table("Metrics as they stand", &["metric", "of", "value", "unit", "meaning"], &rows);
    format!("<details><summary>{} series</summary>{table}</details>", rows.len())
}
