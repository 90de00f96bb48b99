//! What can be wrong with a table: contacts that find no row, rows that no contact finds, rows that contradict each other
//! or part of each other, rules that no catalogue has, and more than a reader can follow (R28, R29).

use std::collections::BTreeSet;

use super::{Asked, Outcome, Routes, Row};

/// Most rows of a table.
const MOST_ROWS: usize = 64;

/// Most terms of a row: writers, matters, channels and duties together.
const MOST_TERMS: usize = 40;

/// Families of the catalogue and the last number of each.
const CATALOGUE: [(&str, u8); 6] =
    [("CMP", 31), ("RTE", 19), ("ICE", 35), ("RET", 17), ("ISS", 5), ("XCT", 11)];

/// Whether rows of so many terms are more than a table may have.
pub(super) fn too_complex(terms: &[usize]) -> Option<String> {
    if terms.len() > MOST_ROWS {
        return Some(format!("the table has {} rows; {MOST_ROWS} are the most (TOO_COMPLEX)", terms.len()));
    }
    let at = terms.iter().position(|terms| *terms > MOST_TERMS)?;
    Some(format!("row {} has {} terms; {MOST_TERMS} are the most (TOO_COMPLEX)", at + 1, terms[at]))
}

pub(super) fn check(routes: &Routes) -> Vec<String> {
    let mut faults: Vec<String> = routes.rows.iter().flat_map(of_row).collect();
    let mut names = BTreeSet::new();
    faults.extend(
        routes
            .rows
            .iter()
            .filter(|row| !names.insert(row.name.as_str()))
            .map(|row| format!("two rows are called {}", row.name)),
    );
    faults.extend(of_order(routes));
    faults
}

/// What is wrong with a row by itself.
fn of_row(row: &Row) -> Vec<String> {
    let mut faults = Vec::new();
    let name = &row.name;
    let sources = row.sources.iter().chain(row.duties.iter().map(|duty| &duty.source));
    faults.extend(
        sources
            .filter(|source| !is_rule(&source.rule))
            .map(|source| format!("{name} cites {}, which is no rule of the catalogue", source.rule)),
    );
    if row.sources.is_empty() {
        faults.push(format!("{name} cites nothing"));
    }
    if row.about.iter().any(|group| group.is_empty()) {
        faults.push(format!("{name} asks for one of no matters"));
    }
    let correspondence = row.outcome == Outcome::MemberCorrespondence;
    if row.opens == Some(Outcome::MemberCorrespondence) || (row.opens.is_some() && !correspondence) {
        faults.push(format!("{name} opens something beside a letter that it is not"));
    }
    faults
}

fn is_rule(rule: &str) -> bool {
    let Some((family, number)) = rule.split_once('-') else { return false };
    let known = CATALOGUE.iter().find(|(name, _)| *name == family);
    known.is_some_and(|(_, last)| {
        number.len() == 2 && number.parse::<u8>().is_ok_and(|number| (1..=*last).contains(&number))
    })
}

/// What is wrong with the rows beside each other, found by asking everything that can be asked.
fn of_order(routes: &Routes) -> Vec<String> {
    let mut faults = Vec::new();
    let mut decided: Vec<Vec<Asked>> = vec![Vec::new(); routes.rows.len()];
    let mut lost = 0_usize;
    for asked in Asked::all() {
        if let Some(at) = routes.rows.iter().position(|row| row.fits(asked)) {
            decided[at].push(asked);
            continue;
        }
        if lost == 0 {
            faults.push(format!("no row fits {asked:?}"));
        }
        lost += 1;
    }
    if lost > 1 {
        faults.push(format!("no row fits {} more", lost - 1));
    }
    for (at, row) in routes.rows.iter().enumerate() {
        let contradicted = routes.rows[..at].iter().find(|earlier| {
            same_conditions(earlier, row) && (earlier.outcome, earlier.opens) != (row.outcome, row.opens)
        });
        if let Some(earlier) = contradicted {
            faults.push(format!("{} contradicts {}", row.name, earlier.name));
        } else if decided[at].is_empty() {
            faults.push(format!("{} is never reached", row.name));
        }
        if row.prevails {
            continue;
        }
        for later in &routes.rows[at + 1..] {
            if (row.outcome, row.opens) == (later.outcome, later.opens) {
                continue;
            }
            let shared = decided[at].iter().filter(|asked| later.fits(**asked)).count();
            // A row that is the narrower of two is the exception to the wider one; two that cross must say so.
            if shared > 0 && shared < decided[at].len() {
                faults.push(format!(
                    "{} and {} overlap and lead to different doors; say `prevails` if that is meant",
                    row.name, later.name
                ));
            }
        }
    }
    faults
}

fn same_conditions(one: &Row, other: &Row) -> bool {
    one.writers == other.writers
        && one.about == other.about
        && one.only == other.only
        && one.channels == other.channels
}
