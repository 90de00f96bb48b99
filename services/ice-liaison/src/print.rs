//! Figures as files: comma-separated values, JSON, and a page to print that needs nothing from elsewhere.

mod page;

use redress_proto::ice_liaison::v1 as proto;

/// The figures as a file of a form.
pub(crate) fn file(figures: &proto::Figures, format: proto::FigureFormat) -> proto::DownloadFiguresResponse {
    let (ending, media_type, content) = match format {
        proto::FigureFormat::Unspecified | proto::FigureFormat::Csv => {
            ("csv", "text/csv; charset=utf-8", csv(figures))
        }
        proto::FigureFormat::Json => ("json", "application/json", json(figures)),
        proto::FigureFormat::Html => ("html", "text/html; charset=utf-8", page::page(figures)),
    };
    proto::DownloadFiguresResponse {
        file_name: format!("ice-figures-{}.{ending}", figures.year),
        media_type: media_type.to_owned(),
        content: content.into_bytes().into(),
    }
}

/// What stands where a figure is left out.
const LEFT_OUT: &str = "suppressed";

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
            let count = figure.count.map_or_else(|| LEFT_OUT.to_owned(), |count| count.to_string());
            let cells = [
                figures.year.clone(),
                figures.position.to_string(),
                figures.complaints_position.to_string(),
                day(figures),
                row.key.clone(),
                measure(figure).to_owned(),
                count,
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
