//! What if: the dates of a contract's records under another pack, end or agreed period, counted by the same function that counts
//! the real ones. It reads and writes nothing else, and its answer does not grow with what is kept.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use records_retention_domain::{
    Actor, ContractId, ParticipantId, Refusal,
    contract::Agreed,
    id,
    record::{File, Term, retention},
};
use redress_chassis::{Call, Paging, Parse, wire};
use redress_policy::PackRef;
use redress_proto::records_retention::v1 as proto;
use tonic::{Response, Status};

use super::moment;
use crate::{
    app::{self, App, DOMAIN},
    command::record::{Basis, basis, context},
    convert,
    render::disposal::count,
    store::{self, person::Person, record::Record},
};

/// Most examples of a page.
const EXAMPLES: usize = 10;

/// What is to be tried.
struct Trial<'a> {
    contract: ContractId,
    pack: Option<&'a redress_policy::Pack>,
    end_on: Option<Date>,
    months: Option<u16>,
    due_by: Date,
}

/// The last day of a term and the first on which the record may go, where they are known.
type Days = Option<(Date, Date)>;

/// Says what would become of a page of records.
pub(in super::super) async fn simulate(
    app: &App,
    call: &Call,
    request: &proto::SimulateScheduleRequest,
) -> Result<Response<proto::SimulateScheduleResponse>, Status> {
    let trial = read(app, request)?;
    let paging = Paging::of(DOMAIN, &app.desk.parts, call, request)?;
    let caller = App::organisation(call);
    let mut tx = app.desk.read().await?;
    let mut found =
        redress_chain::find_contracts(&mut tx, vec![trial.contract]).await.map_err(app::database)?;
    let reach = redress_chain::find_reach(&mut tx, vec![trial.contract]).await.map_err(app::database)?;
    let promised = store::promise::find_many(&mut tx, vec![trial.contract]).await.map_err(app::database)?;
    let rows =
        store::record::page(&mut tx, paging.before(), caller, Some(trial.contract), paging.limit()).await;
    let mut rows = rows.map_err(app::database)?;
    let about: BTreeSet<ParticipantId> = rows.iter().filter_map(|row| row.participant).collect();
    let about =
        store::person::find_many(&mut tx, about.into_iter().collect()).await.map_err(app::database)?;
    drop(tx);
    let today = app.desk.today();
    let held = |person: &Person| person.held.open(today).next().is_some();
    let held: BTreeSet<ParticipantId> =
        about.iter().filter(|person| held(person)).map(|person| person.id).collect();
    let seen = reach.iter().any(|reach| reach.organisation == caller);
    let contract = found.pop().filter(|_| seen);
    let contract = contract.ok_or_else(|| DOMAIN.not_found("contract", &trial.contract.name()))?;
    let next_page_token = paging.cut(&mut rows, |row| row.id.uuid());
    let now = basis(&contract, promised.first(), &app.rulebook).map_err(app::refused)?;
    let then = trial.applied(&now);
    let told = compare(app, &rows, &held, (&now, &then), trial.due_by).map_err(app::refused)?;
    Ok(Response::new(proto::SimulateScheduleResponse { next_page_token, ..told }))
}

fn read<'a>(app: &'a App, request: &proto::SimulateScheduleRequest) -> Result<Trial<'a>, Status> {
    let mut parse = Parse::new();
    let contract = parse.name::<id::Contract>("contract", &request.contract);
    let end_on = parse.optional_date("end_on", request.end_on.as_ref());
    let due_by = parse.optional_date("due_by", request.due_by.as_ref());
    let pack = request.pack.as_ref().and_then(|pack| {
        let reference = PackRef { id: pack.id.clone(), version: pack.version.clone() };
        let known = app.rulebook.library.get(&reference).ok();
        if known.is_none() {
            parse.fault("pack", "NOT_ALLOWED", "must be a pack that this version of the suite has");
        }
        known
    });
    let contract = parse.finish(contract).map_err(app::invalid)?;
    let months = u16::try_from(request.agreed_months).ok().filter(|months| *months > 0);
    let due_by = due_by.unwrap_or_else(|| app.desk.today());
    Ok(Trial { contract, pack, end_on, months, due_by })
}

impl<'a> Trial<'a> {
    /// What the dates would hang on.
    fn applied(&self, now: &Basis<'a>) -> Basis<'a> {
        let mut then = now.clone();
        then.pack = self.pack.unwrap_or(now.pack);
        then.contract.end_on = self.end_on.or(then.contract.end_on);
        if let Some(months) = self.months {
            let agreed_on = self.due_by;
            then.contract.agreed = Some(Agreed { months, reference: "trial".to_owned(), agreed_on });
        }
        then
    }
}

fn compare(
    app: &App,
    rows: &[Record],
    held: &BTreeSet<ParticipantId>,
    (now, then): (&Basis<'_>, &Basis<'_>),
    due_by: Date,
) -> Result<proto::SimulateScheduleResponse, Refusal> {
    let mut told = proto::SimulateScheduleResponse::default();
    let mut months: BTreeMap<(i16, i8), (i32, i32)> = BTreeMap::new();
    for (row, file) in rows.iter().filter_map(|row| Some((row, row.state.file()?))) {
        let (before, _) = days(app, file, now)?;
        let (after, rule) = days(app, file, then)?;
        told.records += 1;
        let is_due = |days: Days| days.is_some_and(|(_, due_from)| due_from <= due_by);
        told.due_now += i32::from(is_due(before));
        told.due_then += i32::from(is_due(after));
        let is_held = file.own_holds(app.desk.today()).next().is_some()
            || row.participant.is_some_and(|person| held.contains(&person));
        told.held_then += i32::from(is_due(after) && is_held);
        for (days, is_now) in [(before, true), (after, false)] {
            let Some((last, _)) = days else { continue };
            let month = months.entry((last.year(), last.month())).or_default();
            if is_now { month.0 += 1 } else { month.1 += 1 }
        }
        // No known day is later than any.
        let is_sooner = match (before, after) {
            (Some((before, _)), Some((after, _))) => after < before,
            (None, Some(_)) => true,
            (Some(_) | None, None) => false,
        };
        let last = |days: Days| days.map(|(last, _)| last);
        if last(before) == last(after) {
            continue;
        }
        if is_sooner {
            told.sooner += 1;
        } else {
            told.later += 1;
        }
        if told.examples.len() < EXAMPLES {
            told.examples.push(proto::SimulatedRecord {
                record: row.id.name(),
                record_class: convert::class(row.class).into(),
                now: last(before).map(wire::date),
                then: last(after).map(wire::date),
                rule,
            });
        }
    }
    told.months = months
        .into_iter()
        .map(|((year, month), (now, then))| proto::MonthlyDue {
            year: count(year),
            month: count(month),
            now,
            then,
        })
        .collect();
    Ok(told)
}

/// The days of a record, and the rule behind them.
fn days(
    app: &App,
    file: &File,
    basis: &Basis<'_>,
) -> Result<(Days, Option<redress_proto::r#type::v1::Citation>), Refusal> {
    let suite = Actor::suite();
    Ok(match retention(file, &context(basis, &suite, &app.rulebook, moment(app)))? {
        Term::Ends { last, due_from } => {
            (Some((last.due_on, due_from)), Some(wire::citation(&last.citation)))
        }
        Term::None(_) => (None, None),
    })
}
