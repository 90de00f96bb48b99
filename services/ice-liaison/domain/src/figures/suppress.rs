//! Figures of so few cases that somebody might be known by them are left out, and with them whatever would give them away:
//! a figure that is the only one missing from a sum that is told.

use super::{Figure, Measure};

/// The least number of cases that is told to whoever may not see single cases. None at all is told: it is about nobody.
pub const SMALLEST_SHOWN: i64 = 5;

/// What was investigated, and the outcomes that add up to it.
const OUTCOMES: [Measure; 4] =
    [Measure::Investigated, Measure::FullyUpheld, Measure::PartiallyUpheld, Measure::NotUpheld];

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
    while columns(rows) | sums(rows) {}
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

/// Across each row: the outcomes add up to what was investigated.
fn sums(rows: &mut [Vec<Figure>]) -> bool {
    let mut changed = false;
    for row in 0..rows.len() {
        let of_outcomes =
            |(at, figure): (usize, &Figure)| OUTCOMES.contains(&figure.measure).then_some((row, at));
        let cells: Vec<(usize, usize)> = rows[row].iter().enumerate().filter_map(of_outcomes).collect();
        changed |= complement(rows, &cells);
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
