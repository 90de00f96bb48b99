//! Plots as inline SVG: a line over the last half hour, and bars.

use std::fmt::Write as _;

use super::html::escaped;

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 110.0;
/// Room for the figures beside the lines.
const LEFT: f64 = 64.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 20.0;

/// A line of points: how many seconds ago, and the value where there is one.
pub(super) struct Line<'a> {
    /// What it shows.
    pub(super) title: &'a str,
    /// The points, the oldest first.
    pub(super) points: &'a [(f64, Option<f64>)],
    /// How a value is told.
    pub(super) shown: fn(f64) -> String,
}

impl Line<'_> {
    /// A figure with its caption; the newest value stands in words.
    pub(super) fn render(&self) -> String {
        let values = self.points.iter().filter_map(|(_, value)| *value);
        let most = values.clone().fold(0.0, f64::max);
        let last = self.points.last().and_then(|(_, value)| *value);
        let newest = last.map_or_else(|| "nothing yet".to_owned(), self.shown);
        let told = format!("now {newest}, at most {} in what is shown", (self.shown)(most));
        let title = escaped(self.title);
        format!(
            "<figure><figcaption>{title} <strong>{}</strong></figcaption>\
             <svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{title}: {}\">{}{}</svg></figure>",
            escaped(&newest),
            escaped(&told),
            self.grid(most),
            self.path(most),
        )
    }

    fn grid(&self, most: f64) -> String {
        let mut text = String::new();
        let (top, bottom) = (TOP, HEIGHT - BOTTOM);
        for (y, value) in [(top, most), (f64::midpoint(top, bottom), most / 2.0), (bottom, 0.0)] {
            // Where there was nothing but nothing, the lines above it have no figure.
            let figure = if most > 0.0 || y >= bottom { (self.shown)(value) } else { String::new() };
            let _ = write!(
                text,
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 6.0,
                y + 4.0,
                escaped(&figure),
            );
        }
        let first = self.points.first().map_or(0.0, |(ago, _)| *ago);
        for (x, anchor, label) in
            [(LEFT, "start", format!("{} ago", super::html::time(first))), (WIDTH, "end", "now".to_owned())]
        {
            let _ = write!(
                text,
                "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
                HEIGHT - 4.0,
                escaped(&label)
            );
        }
        text
    }

    fn path(&self, most: f64) -> String {
        let span = self.points.first().map_or(1.0, |(ago, _)| ago.max(1.0));
        let most = if most > 0.0 { most } else { 1.0 };
        let (mut path, mut gap) = (String::new(), true);
        for (ago, value) in self.points {
            let Some(value) = value else {
                gap = true;
                continue;
            };
            let x = LEFT + (WIDTH - LEFT) * (1.0 - ago / span);
            let y = HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value / most);
            let _ = write!(path, "{}{x:.1} {y:.1}", if gap { "M" } else { "L" });
            gap = false;
        }
        format!("<path class=\"line\" d=\"{path}\"/>")
    }
}

/// Bars, one under the other, each with its name above it, which may be long, and its figure behind it.
pub(super) fn bars(title: &str, bars: &[(String, f64)]) -> String {
    const ROW: f64 = 36.0;
    const FIGURE: f64 = 60.0;
    let most = bars.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    let told: Vec<String> = bars.iter().map(|(name, value)| format!("{name} {value:.0}")).collect();
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let height = bars.len() as f64 * ROW;
    let mut text = format!(
        "<figure><figcaption>{0}</figcaption><svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{0}: {1}\">",
        escaped(title),
        escaped(&told.join(", ")),
    );
    let mut y = 0.0;
    for (name, value) in bars {
        let wide = if most > 0.0 { (WIDTH - FIGURE) * value / most } else { 0.0 };
        let _ = write!(
            text,
            "<text x=\"0\" y=\"{:.1}\">{}</text>\
             <rect class=\"bar\" x=\"0\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"12\" rx=\"2\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{value:.0}</text>",
            y + 12.0,
            escaped(name),
            y + 18.0,
            if wide > 0.0 { wide + 8.0 } else { 0.0 },
            y + 28.0,
        );
        y += ROW;
    }
    text.push_str("</svg></figure>");
    text
}
