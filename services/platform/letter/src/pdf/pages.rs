//! Dealing lines out to pages.

use super::flow::Line;
use super::paper::{BOTTOM, TOP_FIRST, TOP_REST};

/// A line with its place.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) top: f32,
    pub(super) line: Line,
}

/// Deals `lines` out in order. Lines that belong with their successor move to the next page together, unless they
/// would not fit there either.
pub(super) fn deal(lines: Vec<Line>) -> Vec<Vec<Placed>> {
    let mut pages: Vec<Vec<Placed>> = vec![Vec::new()];
    let mut top = TOP_FIRST;
    let mut held: Vec<Line> = Vec::new();
    for line in lines {
        let more = line.with_next;
        held.push(line);
        if more {
            continue;
        }
        let together: f32 = held.iter().map(|line| line.height).sum();
        if top + together > BOTTOM && together <= BOTTOM - TOP_REST {
            turn(&mut pages, &mut top);
        }
        for line in held.drain(..) {
            place(&mut pages, &mut top, line);
        }
    }
    for line in held {
        place(&mut pages, &mut top, line);
    }
    pages
}

fn place(pages: &mut Vec<Vec<Placed>>, top: &mut f32, line: Line) {
    if *top + line.height > BOTTOM {
        if line.space {
            return;
        }
        turn(pages, top);
    }
    let continued = pages.len() > 1;
    if let Some(page) = pages.last_mut() {
        if page.is_empty() && continued && line.space {
            return;
        }
        let height = line.height;
        page.push(Placed { top: *top, line });
        *top += height;
    }
}

fn turn(pages: &mut Vec<Vec<Placed>>, top: &mut f32) {
    pages.push(Vec::new());
    *top = TOP_REST;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(height: f32, with_next: bool) -> Line {
        Line { height, with_next, ..Line::default() }
    }

    #[test]
    fn a_heading_goes_with_what_follows_it() {
        let room = BOTTOM - TOP_FIRST;
        let pages = deal(vec![text(room - 20.0, false), text(15.0, true), text(15.0, false)]);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn what_belongs_together_but_fits_no_page_is_parted() {
        let lines = (0..100).map(|_| text(15.0, true)).collect();
        let pages = deal(lines);
        assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), 100);
        for page in pages {
            for placed in page {
                assert!(placed.top + placed.line.height <= BOTTOM);
            }
        }
    }

    #[test]
    fn space_does_not_open_a_page() {
        let room = BOTTOM - TOP_FIRST;
        let space = Line { height: 30.0, space: true, ..Line::default() };
        let pages = deal(vec![text(room - 10.0, false), space, text(15.0, false)]);
        assert_eq!(pages[1].len(), 1);
        assert!((pages[1][0].top - TOP_REST).abs() < f32::EPSILON);
    }
}
