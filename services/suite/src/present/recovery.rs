//! Charges, and the ledger of their recovery.

use redress_proto::{
    ice_liaison::v1::{
        Charge, CloseLedgerYearResponse, GetReconciliationResponse, GetStatementResponse, Posting,
    },
    r#type::v1::Money,
};

use super::{Fields, Grid, Screen, Tone, citation, date, word};

/// A charge.
pub fn charge(screen: Screen, charge: &Charge) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("charge", &charge.name)
        .add_toned(Tone::Strong, "state", word::of_value(charge.state().as_str_name(), "CHARGE_STATE_"))
        .add("amount", pounds(charge.amount.as_ref()))
        .add("owed", pounds(charge.balance.as_ref()))
        .add("owed by", &charge.liable)
        .add("funds", &charge.funding_year);
    for rule in &charge.citations {
        fields.add("because", citation::short(rule));
    }
    fields.text()
}

/// The ledger, added up.
pub fn ledger(screen: Screen, ledger: &GetReconciliationResponse) -> String {
    let mut grid = Grid::new(screen, &["account", "pounds"]).whole(0);
    for balance in &ledger.balances {
        grid.row([
            (Tone::Plain, balance.account.clone()),
            (Tone::Strong, pounds(Some(&Money { pence: balance.pence }))),
        ]);
    }
    let due = ledger.due.iter().map(|name| format!("due: {name}"));
    let undecided = ledger.undecided.iter().map(|name| format!("to be decided: {name}"));
    let sum = format!("sum of all: {}", pounds(Some(&Money { pence: ledger.sum_pence })));
    [grid.text(), sum].into_iter().chain(due).chain(undecided).collect::<Vec<_>>().join("\n")
}

/// A charge with what was posted for it.
pub fn whole(screen: Screen, one: &Charge) -> String {
    let reason = (!one.reason.is_empty()).then(|| screen.wrap(&one.reason, 1));
    let postings = (!one.postings.is_empty()).then(|| postings(screen, &one.postings));
    [Some(charge(screen, one)), reason, postings].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Charges, newest first.
pub fn charges(screen: Screen, charges: &[Charge]) -> String {
    let mut grid = Grid::new(screen, &["charge", "decided", "state", "amount", "owed", "funds"]).whole(0);
    for charge in charges {
        grid.row([
            (Tone::Plain, word::id(&charge.name).to_owned()),
            (Tone::Plain, date::shown(charge.decided_on.as_ref())),
            (Tone::Strong, word::of_value(charge.state().as_str_name(), "CHARGE_STATE_")),
            (Tone::Plain, pounds(charge.amount.as_ref())),
            (Tone::Strong, pounds(charge.balance.as_ref())),
            (Tone::Plain, charge.funding_year.clone()),
        ]);
    }
    if grid.is_empty() { "no charges".to_owned() } else { grid.text() }
}

/// What a provider was charged, what it paid and what it owes.
pub fn statement(screen: Screen, statement: &GetStatementResponse) -> String {
    let total = |what: &str, pence| format!("{what}: {}", pounds(Some(&Money { pence })));
    let postings = (!statement.postings.is_empty()).then(|| postings(screen, &statement.postings));
    let (before, after) =
        (total("owed before", statement.opening_pence), total("owed", statement.closing_pence));
    [Some(before), postings, Some(after)].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// A year that was closed.
pub fn closed(_: Screen, closed: &CloseLedgerYearResponse) -> String {
    format!("{} is closed since {}, for good", closed.year, date::shown(closed.closed_on.as_ref()))
}

fn postings(screen: Screen, postings: &[Posting]) -> String {
    let mut grid = Grid::new(screen, &["posted", "kind", "debit", "credit", "amount"]);
    for posting in postings {
        grid.row([
            (Tone::Plain, date::shown(posting.posted_on.as_ref())),
            (Tone::Plain, word::of_value(posting.kind().as_str_name(), "POSTING_KIND_")),
            (Tone::Plain, posting.debit.clone()),
            (Tone::Plain, posting.credit.clone()),
            (Tone::Strong, pounds(posting.amount.as_ref())),
        ]);
    }
    grid.text()
}

fn pounds(money: Option<&Money>) -> String {
    let pence = money.map_or(0, |money| money.pence);
    let sign = if pence < 0 { "-" } else { "" };
    format!("{sign}£{}.{:02}", pence.abs() / 100, pence.abs() % 100)
}
