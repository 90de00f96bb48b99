//! Figures of an ICE year, a table for each key.

use redress_proto::ice_liaison::v1::{Figure, FigureRow, Figures};

use super::{Grid, Screen, Tone, date, word};

/// The figures, all together first.
pub fn show(screen: Screen, figures: Option<&Figures>) -> String {
    let Some(figures) = figures else { return String::new() };
    let mut parts = vec![format!(
        "{} as of {}, at positions {} and {} of complaints",
        figures.year,
        date::shown(figures.as_of.as_ref()),
        figures.position,
        figures.complaints_position,
    )];
    parts.extend(figures.total.iter().chain(&figures.rows).map(|row| table(screen, row)));
    if figures.suppressed {
        parts.push(
            "figures of one to four cases are left out, with those that would give them away; others are rounded down to fives"
                .to_owned(),
        );
    }
    parts.join("\n\n")
}

fn table(screen: Screen, row: &FigureRow) -> String {
    let mut grid = Grid::new(screen, &["figure", "count", "average days", "within standard", "pounds"]);
    for figure in &row.figures {
        let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
        grid.row([
            (Tone::Plain, word::of_value(figure.measure().as_str_name(), "MEASURE_")),
            (Tone::Strong, told(figure)),
            (Tone::Plain, figure.average_hundredths.map(hundredths).unwrap_or_default()),
            (Tone::Plain, number(figure.in_standard)),
            (Tone::Plain, figure.pence.map(hundredths).unwrap_or_default()),
        ]);
    }
    format!("{}\n{}", row.key, grid.text())
}

fn told(figure: &Figure) -> String {
    figure.count.map_or_else(|| "left out".to_owned(), |count| count.to_string())
}

fn hundredths(value: i64) -> String {
    format!("{}.{:02}", value / 100, (value % 100).abs())
}
