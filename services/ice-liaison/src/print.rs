//! Figures as files: comma-separated values, JSON, and a page to print that needs nothing from elsewhere, for a browser and
//! as a PDF.

mod page;
mod pdf;

use aws_lc_rs::digest::{SHA256, digest as hash};
use redress_kernel::hexadecimal;
use redress_proto::ice_liaison::v1 as proto;

pub(crate) use redress_letter::pdf::Failure;

/// What is charted: how cases came and how they went.
const CHARTED: [proto::Measure; 12] = [
    proto::Measure::Received,
    proto::Measure::Accepted,
    proto::Measure::Premature,
    proto::Measure::UnableToAccept,
    proto::Measure::Resolved,
    proto::Measure::Settled,
    proto::Measure::Withdrawn,
    proto::Measure::Investigated,
    proto::Measure::FullyUpheld,
    proto::Measure::PartiallyUpheld,
    proto::Measure::NotUpheld,
    proto::Measure::Live,
];

/// What a reader may rely on.
const STANDING: &str = "As the journals stood at the positions told here. Asked again for the same positions, the figures are the same.";
/// What it means where nothing is told.
const LEFT_OUT: &str = "Figures of one to four cases are left out, with those that would give them away; others are rounded down to fives.";

/// The figures as a file of a form. A PDF takes some milliseconds a page; call it where blocking is allowed.
pub(crate) fn file(
    figures: &proto::Figures,
    format: proto::FigureFormat,
) -> Result<proto::DownloadFiguresResponse, Failure> {
    let (ending, media_type, content) = match format {
        proto::FigureFormat::Unspecified | proto::FigureFormat::Csv => {
            ("csv", "text/csv; charset=utf-8", csv(figures).into_bytes())
        }
        proto::FigureFormat::Json => ("json", "application/json", json(figures).into_bytes()),
        proto::FigureFormat::Html => ("html", "text/html; charset=utf-8", page::page(figures).into_bytes()),
        proto::FigureFormat::Pdf => ("pdf", "application/pdf", pdf::pdf(figures)?),
    };
    Ok(proto::DownloadFiguresResponse {
        file_name: format!("ice-figures-{}.{ending}", figures.year),
        media_type: media_type.to_owned(),
        content: content.into(),
    })
}

/// How many, or that it is not told.
fn told(figure: &proto::Figure) -> String {
    figure.count.map_or_else(|| "suppressed".to_owned(), |count| count.to_string())
}

/// What a row is of.
fn key(row: &proto::FigureRow) -> String {
    if row.key == "all" { "All together".to_owned() } else { row.key.clone() }
}

/// `UNABLE_TO_ACCEPT` as `unable to accept`.
fn words(measure: &str) -> String {
    measure.to_lowercase().replace('_', " ")
}

/// Pence as pounds.
fn money(pence: i64) -> String {
    format!("{}.{:02}", pence / 100, (pence % 100).abs())
}

/// What names the figures, whatever form they are printed in: the digest of them as comma-separated values.
fn digest(figures: &proto::Figures) -> String {
    hexadecimal(hash(&SHA256, csv(figures).as_bytes()).as_ref())
}

/// The rows, the total first.
fn rows(figures: &proto::Figures) -> impl Iterator<Item = &proto::FigureRow> {
    figures.total.iter().chain(&figures.rows)
}

/// The name of a measure without its prefix.
fn measure(figure: &proto::Figure) -> &'static str {
    figure.measure().as_str_name().trim_start_matches("MEASURE_")
}

/// One line a figure. Keys are names of ours, so that nothing needs quoting.
fn csv(figures: &proto::Figures) -> String {
    let mut text =
        "year,position,complaints_position,as_of,key,measure,count,average_days,in_standard,pence\r\n"
            .to_owned();
    for row in rows(figures) {
        for figure in &row.figures {
            let cells = [
                figures.year.clone(),
                figures.position.to_string(),
                figures.complaints_position.to_string(),
                day(figures),
                row.key.clone(),
                measure(figure).to_owned(),
                told(figure),
                figure.average_hundredths.map(days).unwrap_or_default(),
                figure.in_standard.map(|within| within.to_string()).unwrap_or_default(),
                figure.pence.map(|pence| pence.to_string()).unwrap_or_default(),
            ];
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
    }
    text
}

fn json(figures: &proto::Figures) -> String {
    let row = |row: &proto::FigureRow| {
        let figure = |figure: &proto::Figure| {
            serde_json::json!({
                "measure": measure(figure),
                "count": figure.count,
                "average_days": figure.average_hundredths.map(days),
                "in_standard": figure.in_standard,
                "pence": figure.pence,
            })
        };
        serde_json::json!({ "key": row.key, "figures": row.figures.iter().map(figure).collect::<Vec<_>>() })
    };
    let all = serde_json::json!({
        "year": figures.year,
        "position": figures.position,
        "complaints_position": figures.complaints_position,
        "as_of": day(figures),
        "suppressed": figures.suppressed,
        "rows": rows(figures).map(row).collect::<Vec<_>>(),
    });
    format!("{all:#}\n")
}

/// Hundredths of a day as days.
fn days(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, (hundredths % 100).abs())
}

fn day(figures: &proto::Figures) -> String {
    let date = figures.as_of.unwrap_or_default();
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
