//! The operations page: what the process measures, for people who look. It reads and changes nothing.

mod attention;
mod calls;
mod clocks;
mod everything;
mod journal;

use jiff::Timestamp;

use super::html::{escaped, section};
use crate::telemetry::{Reading, STARTED, Sample};

/// How the page looks.
pub(super) const STYLE: &str = include_str!("page/style.css");

/// How often a page that is live comes again, in seconds.
const EVERY: u32 = 10;

/// The shortest time over which a rate is told, in seconds.
const SHORTEST: f64 = 2.0;

/// Everything a page is made from.
pub(super) struct Shown<'a> {
    pub(super) services: &'a [&'static str],
    pub(super) ready: bool,
    /// Whether it comes again by itself; who reads slowly switches that off.
    pub(super) live: bool,
    pub(super) now: Timestamp,
    pub(super) reading: &'a Reading,
    /// The last half hour, the oldest first; this moment is the last of them.
    pub(super) samples: &'a [Sample],
}

impl Shown<'_> {
    /// The whole page.
    pub(super) fn render(&self) -> String {
        let name = escaped(&self.services.join(", "));
        let refresh = if self.live {
            format!("<meta http-equiv=\"refresh\" content=\"{EVERY}\">")
        } else {
            String::new()
        };
        let sections = [
            ("attention", "What needs a person", attention::body(self)),
            ("clocks", "Case clocks", clocks::body(self)),
            ("calls", "Calls", calls::body(self)),
            ("journal", "Journal and databases", journal::body(self)),
            ("figures", "Every figure", everything::body(self)),
        ];
        let links: Vec<String> =
            sections.iter().map(|(id, heading, _)| format!("<a href=\"#{id}\">{heading}</a>")).collect();
        let body: String = sections.iter().map(|(id, heading, body)| section(id, heading, body)).collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\">{refresh}\
             <title>{word}: {name} – Redress operations</title><link rel=\"stylesheet\" href=\"/style.css\">\
             <link rel=\"icon\" href=\"data:,\"></head>\n\
             <body><a class=\"skip\" href=\"#main\">Skip to the figures</a>\
             <header><h1>Redress operations</h1><p class=\"name\">{name}</p>{facts}</header>\n\
             <nav aria-label=\"Sections\">{links}</nav>\n<main id=\"main\">\n{body}</main>\n\
             <footer><p>{live} <a href=\"/metrics\">The same figures for Prometheus</a>.</p></footer></body></html>\n",
            word = if self.ready { "Ready" } else { "Not ready" },
            facts = self.facts(),
            links = links.join(""),
            live = self.liveness(),
        )
    }

    fn facts(&self) -> String {
        let started = self.reading.series(&STARTED).first();
        let version = started.map_or("", |series| series.label("version"));
        #[expect(clippy::cast_precision_loss, reason = "a length of time that is told roughly")]
        let up = started.map_or(0.0, |series| self.now.as_second() as f64 - series.value).max(0.0);
        let (class, word) = if self.ready { ("good", "Takes calls") } else { ("bad", "Takes no calls") };
        format!(
            "<p><span class=\"state {class}\">{word}</span> for {} · version {} · <time datetime=\"{now}\">{}</time></p>",
            escaped(&super::html::time(up)),
            escaped(version),
            self.now.strftime("%-d %B %Y, %H:%M:%S UTC"),
            now = self.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
    }

    fn liveness(&self) -> String {
        if self.live {
            format!("This page comes again every {EVERY} seconds. <a href=\"/?live=off\">Hold it still</a>.")
        } else {
            "This page stands still. <a href=\"/\">Let it come again by itself</a>.".to_owned()
        }
    }

    /// A value of each sample, with how many seconds ago it was.
    fn line(&self, value: impl Fn(&Sample) -> f64) -> Vec<(f64, Option<f64>)> {
        self.samples.iter().map(|sample| (self.ago(sample), Some(value(sample)))).collect()
    }

    /// What came about between each sample and the one before; nothing where the count began anew. The moment itself is left
    /// out where it follows its sample so closely that one call would look like many.
    fn change(&self, change: impl Fn(&Sample, &Sample, f64) -> Option<f64>) -> Vec<(f64, Option<f64>)> {
        let pairs = self.samples.windows(2);
        pairs
            .filter_map(|pair| {
                let [before, after] = pair else { return None };
                let passed = after.at.duration_since(before.at).as_secs_f64();
                (passed >= SHORTEST).then(|| (self.ago(after), change(before, after, passed)))
            })
            .collect()
    }

    fn ago(&self, sample: &Sample) -> f64 {
        self.now.duration_since(sample.at).as_secs_f64()
    }
}
