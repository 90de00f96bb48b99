//! The paper: sizes, margins, type sizes and inks. Lengths are points, measured from the top left corner.

use super::face::Weight;

/// A4.
pub(super) const WIDTH: f32 = 595.276;
pub(super) const HEIGHT: f32 = 841.89;

/// Left and right edge of what is printed: 25 mm margins.
pub(super) const LEFT: f32 = 70.866;
pub(super) const RIGHT: f32 = WIDTH - LEFT;
pub(super) const MEASURE: f32 = RIGHT - LEFT;

/// Where the text begins on the first page, and on the others, which carry a running head.
pub(super) const TOP_FIRST: f32 = 51.0;
pub(super) const TOP_REST: f32 = 76.0;
/// Where the text ends on every page; below it is the foot.
pub(super) const BOTTOM: f32 = HEIGHT - 78.0;
pub(super) const FOOT: f32 = HEIGHT - 62.0;
pub(super) const HEAD: f32 = 46.0;

/// Where the address begins at the earliest, so that it shows in the window of a DL envelope.
pub(super) const ADDRESS: f32 = 132.0;
/// Where date and references stand, beside the address.
pub(super) const FACTS: f32 = LEFT + 236.0;
/// Width of their labels.
pub(super) const FACT_LABELS: f32 = 84.0;
/// Width of the labels of a table.
pub(super) const LABELS: f32 = 150.0;
/// Width of the longest bar of a chart: its figure stands behind it.
pub(super) const BARS: f32 = MEASURE - LABELS - 90.0;
/// How far a list or a box is set in.
pub(super) const INDENT: f32 = 16.0;

/// How a stretch of text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) weight: Weight,
    pub(super) size: f32,
    /// From one baseline to the next.
    pub(super) leading: f32,
    pub(super) ink: Ink,
}

/// A colour on white paper; each contrasts with it by more than 4.5 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Black,
    Grey,
    Blue,
    /// The ground of a box; never used for text.
    Pale,
    /// Thin lines; never used for text.
    Silver,
}

impl Ink {
    pub(super) fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::Black => (0x0B, 0x0C, 0x0C),
            Self::Grey => (0x50, 0x5A, 0x5F),
            Self::Blue => (0x14, 0x3C, 0x66),
            Self::Pale => (0xEE, 0xF2, 0xF6),
            Self::Silver => (0xB1, 0xB4, 0xB6),
        }
    }
}

const fn style(weight: Weight, size: f32, leading: f32, ink: Ink) -> Style {
    Style { weight, size, leading, ink }
}

pub(super) const BODY: Style = style(Weight::Regular, 10.0, 15.0, Ink::Black);
pub(super) const STRONG: Style = style(Weight::Bold, 10.0, 15.0, Ink::Black);
pub(super) const NAME: Style = style(Weight::Bold, 15.0, 20.0, Ink::Blue);
pub(super) const SMALL: Style = style(Weight::Regular, 8.0, 11.5, Ink::Grey);
pub(super) const TITLE: Style = style(Weight::Bold, 12.0, 17.0, Ink::Black);
pub(super) const HEADING: Style = style(Weight::Bold, 10.5, 15.5, Ink::Blue);
pub(super) const FINE: Style = style(Weight::Regular, 7.0, 9.5, Ink::Grey);
