//! Whoever may not see single cases is told in fives. The figures of two positions then differ by nobody or by at least five,
//! where exact ones would tell of the one case between them.

use super::{Figure, SMALLEST_SHOWN};

/// Rounds what is told down to whole fives, lengths to whole days, and money in proportion. Answers whether anything was
/// rounded.
pub fn round_down(rows: &mut [Vec<Figure>]) -> bool {
    let mut any = false;
    for figure in rows.iter_mut().flatten() {
        let coarse = coarse(*figure);
        any |= coarse != *figure;
        *figure = coarse;
    }
    any
}

fn coarse(figure: Figure) -> Figure {
    let Some(count) = figure.count else { return figure };
    let told = fives(count);
    Figure {
        count: Some(told),
        average_hundredths: figure.average_hundredths.map(whole_days),
        in_standard: figure.in_standard.map(fives),
        // What each comes to on average, as often as is told.
        pence: figure.pence.map(|pence| pence.checked_div(count).unwrap_or_default() * told),
        ..figure
    }
}

const fn fives(count: i64) -> i64 {
    count - count.rem_euclid(SMALLEST_SHOWN)
}

/// Rounded half up.
const fn whole_days(hundredths: i64) -> i64 {
    (hundredths + 50).div_euclid(100) * 100
}
