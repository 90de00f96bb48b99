//! Gathers the figures of a year from sums of facts, as the journals stood at two positions.

use std::collections::BTreeMap;

use ice_liaison_domain::{
    IceYear,
    figures::{Figure, Measure, Sum, round_down, suppress},
};
use jiff::civil::Date;
use redress_chassis::{Call, Parse, wire};
use redress_proto::{ice_liaison::v1 as proto, r#type::v1::CivilDate};
use tonic::Status;

use crate::{
    app::{self, App},
    convert, render,
    store::{
        fact::{self, Source},
        figure::{self, Summed},
    },
};

/// What is asked for.
pub(super) struct Question<'r> {
    pub(super) year: i32,
    pub(super) breakdown: i32,
    pub(super) position: i64,
    pub(super) complaints_position: i64,
    pub(super) as_of: Option<&'r CivilDate>,
}

/// The key of everything together.
const ALL: &str = "all";

/// The figures that the caller may see.
pub(super) async fn gather(
    app: &App,
    call: &Call,
    question: &Question<'_>,
    entitled: bool,
) -> Result<proto::Figures, Status> {
    let mut parse = Parse::new();
    let as_of = parse.optional_date("as_of", question.as_of);
    let breakdown = convert::read_breakdown(question.breakdown);
    let breakdown = parse.chosen("breakdown", breakdown);
    let breakdown = parse.finish(breakdown).map_err(app::invalid)?;
    // ICE's year begins in the same month under every pack (ICE-34).
    let pack = app.rulebook.library.packs().first();
    let begins = i16::try_from(question.year).unwrap_or(i16::MAX);
    let year = IceYear::new(begins, pack.map_or(1, IceYear::first_month));
    let today = app.desk.today();
    let as_of = as_of.or_else(|| year.last_day().map(|last| last.min(today))).unwrap_or(today);

    let caller = App::organisation(call);
    let mut tx = app.desk.read().await?;
    let known = fact::head(&mut tx, Source::Own).await.map_err(app::database)?;
    let known_of_complaints = fact::head(&mut tx, Source::Complaints).await.map_err(app::database)?;
    let position = at(question.position, known);
    let complaints_position = at(question.complaints_position, known_of_complaints);
    let mut table = Table::new(breakdown);
    let of = figure::Year { caller, begins: begins.into() };
    let mut sums = Vec::new();
    if (position, complaints_position) == (known, known_of_complaints) {
        sums = figure::months(&mut tx, of).await.map_err(app::database)?;
    } else {
        for (source, position) in [(Source::Own, position), (Source::Complaints, complaints_position)] {
            sums.extend(figure::up_to(&mut tx, of, source, position).await.map_err(app::database)?);
        }
    }
    for summed in &sums {
        table.add(summed);
    }
    drop(tx);
    let (keys, mut rows) = table.figures(as_of);
    let suppressed = !entitled && (suppress(&mut rows) | round_down(&mut rows));
    let mut rendered = keys.iter().zip(&rows).map(|(key, row)| render::figures::row(key, row));
    let total = rendered.next();
    let rows = rendered.collect();
    let rule = app
        .rulebook
        .library
        .packs()
        .iter()
        .find_map(|pack| pack.citation(&pack.rules.management_information));
    Ok(proto::Figures {
        year: year.to_string(),
        position,
        complaints_position,
        as_of: Some(wire::date(as_of)),
        total,
        rows,
        suppressed,
        citations: rule.iter().map(wire::citation).collect(),
    })
}

/// The position asked for, no further than what is known.
fn at(asked: i64, known: i64) -> i64 {
    if asked == 0 { known } else { asked.min(known) }
}

/// Sums by key and measure.
struct Table {
    breakdown: proto::Breakdown,
    total: BTreeMap<Measure, Sum>,
    rows: BTreeMap<String, BTreeMap<Measure, Sum>>,
}

impl Table {
    const fn new(breakdown: proto::Breakdown) -> Self {
        Self { breakdown, total: BTreeMap::new(), rows: BTreeMap::new() }
    }

    fn add(&mut self, summed: &Summed) {
        self.total.entry(summed.measure).or_default().add(summed.sum);
        let key = match self.breakdown {
            proto::Breakdown::Unspecified => return,
            proto::Breakdown::Provider => summed.organisation.name(),
            proto::Breakdown::Tier => summed.tier.to_string(),
            proto::Breakdown::Contract => summed.contract.name(),
            proto::Breakdown::Programme => summed.programme.clone(),
        };
        self.rows.entry(key).or_default().entry(summed.measure).or_default().add(summed.sum);
    }

    /// The rows, the total first, each with every measure.
    fn figures(&self, as_of: Date) -> (Vec<String>, Vec<Vec<Figure>>) {
        let row = |sums: &BTreeMap<Measure, Sum>| {
            let figure =
                |measure| Figure::of(measure, sums.get(&measure).copied().unwrap_or_default(), as_of);
            Measure::ALL.into_iter().map(figure).collect::<Vec<_>>()
        };
        let keys = [ALL.to_owned()].into_iter().chain(self.rows.keys().cloned()).collect();
        let rows = [row(&self.total)].into_iter().chain(self.rows.values().map(row)).collect();
        (keys, rows)
    }
}
