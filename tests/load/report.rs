//! The figures of a run, side by side.

use std::{collections::BTreeMap, fmt, time::Duration};

use serde_json::{Value, json};

use crate::{arguments::Plan, measured::Measured};

/// The figures that are held against others.
pub(crate) const LISTS: &str = "list of 50, 8 in flight";
pub(crate) const LISTS_AMONG_MANY: &str = "list of 50, among many";
pub(crate) const FIRST_READS: &str = "get, each for the first time";
pub(crate) const READS: &str = "get, 64 in flight";
pub(crate) const BETWEEN_READS: &str = "empty echo between those";
pub(crate) const REGISTERED_BESIDE: &str = "register in the whole suite";
pub(crate) const SWEEP: &str = "sweep of 1,000 due, all there is";
pub(crate) const SWEEP_AMONG_MANY: &str = "sweep of 1,000 due, among many";
pub(crate) const PASSED_ON: &str = "rows passed on in one stream";

/// Where a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// The server on SQLite.
    Sqlite,
    /// The server on PostgreSQL.
    Postgres,
    /// What the machine can do without the server.
    Ceiling,
}

/// One figure.
#[derive(Clone, Debug)]
enum Figure {
    Rate { second: f64, p50: Duration, p99: Duration, p999: Duration, calls: u64, cost: Option<Duration> },
    Plain { value: f64, unit: &'static str },
}

/// All figures, in the order in which they came.
#[derive(Debug)]
pub(crate) struct Report {
    rows: Vec<(String, BTreeMap<Column, Figure>)>,
    measure: Duration,
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
            Self::Ceiling => "ceiling",
        })
    }
}

impl Report {
    pub(crate) fn new(plan: &Plan) -> Self {
        Self { rows: Vec::new(), measure: plan.measure }
    }

    /// Tells the one who waits what is happening.
    #[expect(clippy::unused_self, reason = "reads as part of the report")]
    pub(crate) fn progress(&self, what: &str) {
        eprintln!("… {what}");
    }

    pub(crate) fn rate(&mut self, name: &str, column: Column, measured: &Measured) {
        let [p50, p99, p999] = [0.5, 0.99, 0.999].map(|part| measured.quantile(part));
        self.put(
            name,
            column,
            Figure::Rate {
                second: measured.rate(),
                p50,
                p99,
                p999,
                calls: measured.count(),
                cost: measured.cost_of_one(),
            },
        );
    }

    /// A rate of which nothing but the rate is known.
    pub(crate) fn bare_rate(&mut self, name: &str, column: Column, second: f64) {
        self.put(name, column, Figure::Plain { value: second, unit: "/s" });
    }

    pub(crate) fn throughput(&mut self, name: &str, column: Column, megabytes_per_second: f64) {
        self.put(name, column, Figure::Plain { value: megabytes_per_second, unit: " MB/s" });
    }

    #[expect(clippy::cast_precision_loss, reason = "memory is shown in megabytes")]
    pub(crate) fn megabytes(&mut self, name: &str, column: Column, kilobytes: u64) {
        self.put(name, column, Figure::Plain { value: kilobytes as f64 / 1024.0, unit: " MB" });
    }

    pub(crate) fn milliseconds(&mut self, name: &str, column: Column, took: Duration) {
        self.put(name, column, Figure::Plain { value: took.as_secs_f64() * 1000.0, unit: " ms" });
    }

    #[expect(clippy::cast_precision_loss, reason = "a count far below where precision ends")]
    pub(crate) fn count(&mut self, name: &str, column: Column, count: u64) {
        self.put(name, column, Figure::Plain { value: count as f64, unit: "" });
    }

    fn put(&mut self, name: &str, column: Column, figure: Figure) {
        match self.rows.iter_mut().find(|(known, _)| known == name) {
            Some((_, row)) => drop(row.insert(column, figure)),
            None => self.rows.push((name.to_owned(), BTreeMap::from([(column, figure)]))),
        }
    }

    fn second(&self, name: &str, column: Column) -> Option<f64> {
        let figure = self.rows.iter().find(|(known, _)| known == name)?.1.get(&column)?;
        match figure {
            Figure::Rate { second, .. } => Some(*second),
            Figure::Plain { value, .. } => Some(*value),
        }
    }

    fn cost(&self, name: &str, column: Column) -> Option<f64> {
        let figure = self.rows.iter().find(|(known, _)| known == name)?.1.get(&column)?;
        match figure {
            Figure::Rate { cost, .. } => cost.map(|cost| cost.as_secs_f64()),
            Figure::Plain { .. } => None,
        }
    }

    /// Holds what was reached against what was reached by `base` on the same database.
    fn compare(&mut self, title: &str, name: &str, base: &str) {
        for column in [Column::Sqlite, Column::Postgres] {
            if let (Some(reached), Some(base)) = (self.second(name, column), self.second(base, column)) {
                self.put(title, column, Figure::Plain { value: reached / base, unit: " ×" });
            }
        }
    }

    /// Holds what calls cost the processors against each other: how much of `base` there would be for one of `name`.
    fn compare_costs(&mut self, title: &str, name: &str, base: &str) {
        for column in [Column::Sqlite, Column::Postgres] {
            if let (Some(cost), Some(base)) = (self.cost(name, column), self.cost(base, column)) {
                self.put(title, column, Figure::Plain { value: base / cost, unit: " ×" });
            }
        }
    }

    /// Holds the server's figures against the ceilings.
    pub(crate) fn conclude(&mut self) {
        let comparisons = [
            ("bag: part of read, hash, send", "bag: stream", Column::Sqlite, "bag: read, hash, send"),
            (
                "bag: from the server, part of the bare stream",
                "bag: from the server",
                Column::Sqlite,
                "bag: bare stream",
            ),
            (
                "bag: from the server, part of read, hash, send",
                "bag: from the server",
                Column::Sqlite,
                "bag: read, hash, send",
            ),
            ("register: times pgbench", "register, 64 in flight", Column::Postgres, "pgbench, 64 clients"),
            (
                "register: part of raw inserts",
                "register, 64 in flight",
                Column::Sqlite,
                "raw inserts, 64 a transaction",
            ),
        ];
        for (name, reached, column, ceiling) in comparisons {
            if let (Some(reached), Some(ceiling)) =
                (self.second(reached, column), self.second(ceiling, Column::Ceiling))
            {
                self.put(name, column, Figure::Plain { value: reached / ceiling, unit: " ×" });
            }
        }
        if let (Some(rows), Some(registered)) =
            (self.second(PASSED_ON, Column::Sqlite), self.second(REGISTERED_BESIDE, Column::Sqlite))
        {
            let times = Figure::Plain { value: rows / registered, unit: " ×" };
            self.put("passed on: times registrations", Column::Sqlite, times);
        }
        self.compare("sweep: among many against few", SWEEP_AMONG_MANY, SWEEP);
        self.compare("get: part of the empty echo", READS, BETWEEN_READS);
        self.compare_costs("get: the echo's processor time", READS, BETWEEN_READS);
        self.compare_costs("first get: the echo's processor time", FIRST_READS, BETWEEN_READS);
        self.compare_costs("list: processor time before many", LISTS_AMONG_MANY, LISTS);
    }

    pub(crate) fn json(&self) -> Value {
        let rows: serde_json::Map<String, Value> = self
            .rows
            .iter()
            .map(|(name, row)| {
                let figures: serde_json::Map<String, Value> =
                    row.iter().map(|(column, figure)| (column.to_string(), figure.json())).collect();
                (name.clone(), Value::Object(figures))
            })
            .collect();
        json!({ "seconds_each": self.measure.as_secs_f64(), "figures": rows })
    }
}

impl Figure {
    fn json(&self) -> Value {
        match self {
            Self::Rate { second, p50, p99, p999, calls, cost } => json!({
                "per_second": second,
                "p50_micros": u64::try_from(p50.as_micros()).unwrap_or(u64::MAX),
                "p99_micros": u64::try_from(p99.as_micros()).unwrap_or(u64::MAX),
                "p999_micros": u64::try_from(p999.as_micros()).unwrap_or(u64::MAX),
                "calls": calls,
                "processor_micros": cost.map(|cost| u64::try_from(cost.as_micros()).unwrap_or(u64::MAX)),
            }),
            Self::Plain { value, unit } => json!({ "value": value, "unit": unit.trim() }),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Rate { second, p50, p99, cost, .. } => {
                let millis = |time: &Duration| time.as_secs_f64() * 1000.0;
                let cost = cost.map(|cost| format!("  {} µs", cost.as_micros())).unwrap_or_default();
                format!("{second:.0}/s  p50 {:.1} ms  p99 {:.1} ms{cost}", millis(p50), millis(p99))
            }
            Self::Plain { value, unit } if *value < 100.0 && !unit.is_empty() => format!("{value:.2}{unit}"),
            Self::Plain { value, unit } => format!("{value:.0}{unit}"),
        };
        f.pad(&text)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = [Column::Sqlite, Column::Postgres, Column::Ceiling];
        writeln!(f, "\n{:37}{:42}{:42}{}", "", columns[0], columns[1], columns[2])?;
        for (name, row) in &self.rows {
            write!(f, "{name:37}")?;
            for column in columns {
                let cell = row.get(&column).map(Figure::to_string).unwrap_or_default();
                write!(f, "{cell:42}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
