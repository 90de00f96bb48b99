//! Figures of so few cases that somebody might be known by them are left out, and with them whatever would give them away:
//! a figure that is the only one missing from a sum that is told.

use super::{Figure, Measure};

/// The least number of cases that is told to whoever may not see single cases. None at all is told: it is about nobody.
pub const SMALLEST_SHOWN: i64 = 5;

/// Sums across a row: what was investigated is its outcomes together, and what was cleared is how it was.
const SUMS: [&[Measure]; 2] = [
    &[Measure::Investigated, Measure::FullyUpheld, Measure::PartiallyUpheld, Measure::NotUpheld],
    &[Measure::EndToEndTime, Measure::Resolved, Measure::Settled, Measure::Withdrawn, Measure::Investigated],
];

/// What is counted twice, the second time with how long it took.
const TIMED: [(Measure, Measure); 4] = [
    (Measure::Received, Measure::ContactTime),
    (Measure::Resolved, Measure::ResolutionTime),
    (Measure::Settled, Measure::SettlementTime),
    (Measure::Investigated, Measure::ReportTime),
];

/// Leaves out what is too small, in rows of equal length of which the first is the total. Answers whether anything was.
pub fn suppress(rows: &mut [Vec<Figure>]) -> bool {
    let mut any = false;
    for figure in rows.iter_mut().flatten() {
        if is_small(figure) {
            *figure = figure.hidden();
            any = true;
        }
    }
    // What is left out alone of a sum is known from the rest: another goes with it, until nothing changes.
    while columns(rows) | sums(rows) | timed(rows) {}
    any
}

fn is_small(figure: &Figure) -> bool {
    let few = |count: i64| (1..SMALLEST_SHOWN).contains(&count);
    let Some(count) = figure.count else { return false };
    // Few within the standard, or few outside it, are few cases too.
    let split = figure.in_standard.is_some_and(|within| few(within) || few(count - within));
    few(count) || split
}

/// Down each column: the rows add up to the total.
fn columns(rows: &mut [Vec<Figure>]) -> bool {
    if rows.len() < 2 {
        return false;
    }
    let width = rows.first().map_or(0, Vec::len);
    let mut changed = false;
    for at in 0..width {
        let cells: Vec<(usize, usize)> = (0..rows.len()).map(|row| (row, at)).collect();
        changed |= complement(rows, &cells);
    }
    changed
}

/// Across each row: some figures add up to another.
fn sums(rows: &mut [Vec<Figure>]) -> bool {
    let mut changed = false;
    for row in 0..rows.len() {
        for sum in SUMS {
            let part = |(at, figure): (usize, &Figure)| sum.contains(&figure.measure).then_some((row, at));
            let cells: Vec<(usize, usize)> = rows[row].iter().enumerate().filter_map(part).collect();
            changed |= complement(rows, &cells);
        }
    }
    changed
}

/// Across each row: how many took how long is how many there were.
fn timed(rows: &mut [Vec<Figure>]) -> bool {
    let mut changed = false;
    for row in rows {
        for (counted, timed) in TIMED {
            let hidden = row.iter().any(|figure| figure.measure == counted && figure.count.is_none());
            let told = row.iter_mut().find(|figure| figure.measure == timed && figure.count.is_some());
            if let (true, Some(figure)) = (hidden, told) {
                *figure = figure.hidden();
                changed = true;
            }
        }
    }
    changed
}

/// Hides the smallest told figure where exactly one of the cells is hidden.
fn complement(rows: &mut [Vec<Figure>], cells: &[(usize, usize)]) -> bool {
    let hidden = cells.iter().filter(|(row, at)| rows[*row][*at].count.is_none()).count();
    if hidden != 1 {
        return false;
    }
    let told = cells.iter().filter_map(|(row, at)| {
        let figure = &rows[*row][*at];
        figure.count.filter(|count| *count != 0).map(|count| (count, *row, *at))
    });
    match told.min() {
        Some((_, row, at)) => {
            rows[row][at] = rows[row][at].hidden();
            true
        }
        None => false,
    }
}
