//! The page to print: a chart and a table for each row, drawn in the page itself.

use std::fmt::Write as _;

use redress_proto::ice_liaison::v1 as proto;

use super::{CHARTED, LEFT_OUT, STANDING, day, days, key, measure, money, rows, told, words};

/// How it looks; on paper as on a screen.
const STYLE: &str = "body{font:14px/1.5 sans-serif;margin:2em;color:#111}table{border-collapse:collapse;margin:1em 0}\
th,td{border-bottom:1px solid #bbb;padding:.2em .8em;text-align:right}th:first-child,td:first-child{text-align:left}\
section{break-inside:avoid}svg text{font:12px sans-serif}caption{text-align:left}";

const WIDTH: i64 = 420;
const LINE: usize = 22;
const LEFT: i64 = 190;

pub(super) fn page(figures: &proto::Figures) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>ICE complaints {year}</title>\
         <style>{STYLE}</style></head>\n<body>\n<h1>Complaints with the Independent Case Examiner, {year}</h1>\n\
         <p>As of {day}, journal position {position}, complaints journal position {other}. {STANDING} {note}</p>\n",
        year = figures.year,
        day = day(figures),
        position = figures.position,
        other = figures.complaints_position,
        note = if figures.suppressed { LEFT_OUT } else { "" },
    );
    for row in rows(figures) {
        let _ = writeln!(page, "<section>\n<h2>{}</h2>", escaped(&key(row)));
        chart(&mut page, row);
        table(&mut page, row);
        page.push_str("</section>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// Bars as long as their figures, the longest as wide as the chart.
fn chart(page: &mut String, row: &proto::FigureRow) {
    let bars: Vec<&proto::Figure> =
        row.figures.iter().filter(|figure| CHARTED.contains(&figure.measure())).collect();
    let most = bars.iter().filter_map(|figure| figure.count).max().unwrap_or_default().max(1);
    let height = bars.len() * LINE;
    let _ = writeln!(
        page,
        "<svg role=\"img\" aria-label=\"How cases came and went\" width=\"{}\" height=\"{height}\">",
        LEFT + WIDTH + 90
    );
    for (at, figure) in bars.into_iter().enumerate() {
        let (top, words) = (at * LINE, words(measure(figure)));
        let wide = figure.count.unwrap_or_default().max(0) * WIDTH / most;
        let told = told(figure);
        let _ = writeln!(
            page,
            "<text x=\"0\" y=\"{base}\">{words}</text><rect x=\"{LEFT}\" y=\"{bar}\" width=\"{wide}\" height=\"14\" fill=\"#1d70b8\"/>\
             <text x=\"{after}\" y=\"{base}\">{told}</text>",
            base = top + 15,
            bar = top + 3,
            after = LEFT + wide + 6,
        );
    }
    page.push_str("</svg>\n");
}

fn table(page: &mut String, row: &proto::FigureRow) {
    page.push_str("<table>\n<tr><th>figure</th><th>count</th><th>average days</th><th>within standard</th><th>pounds</th></tr>\n");
    for figure in &row.figures {
        let (count, pounds) = (told(figure), figure.pence.map(money));
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td>{count}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            words(measure(figure)),
            figure.average_hundredths.map(days).unwrap_or_default(),
            figure.in_standard.map(|within| within.to_string()).unwrap_or_default(),
            pounds.unwrap_or_default(),
        );
    }
    page.push_str("</table>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
