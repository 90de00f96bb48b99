//! What is raced: drawn from a seed, and how it ended.

use std::ops::AddAssign;

/// Draws schedules, the same ones for the same seed.
pub(super) struct Draw(u64);

impl Draw {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One of `0..below` (splitmix64).
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    fn process(&mut self) -> usize {
        usize::from(self.below(2) == 1)
    }
}

/// What comes beside the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// A person's hold.
    Hold,
    /// A hold that is released at once: the release can still be put right, so the record stays.
    HoldAndRelease,
    /// A complaint of the person opens, and holds everything about them.
    Case,
    /// The same, and it ends at once: that may be a mistake, so the records stay.
    CaseAndEnd,
    /// A veto.
    Veto,
    /// Something is added that no approver has read.
    Part,
}

/// One race.
#[derive(Clone, Copy, Debug)]
pub(super) struct Schedule {
    pub(super) beside: Beside,
    /// Records of the disposal; one of them is raced for.
    pub(super) records: u64,
    pub(super) which: u64,
    pub(super) processes: [usize; 2],
    /// How long each side waits, in turns of the runtime.
    pub(super) turns: [u64; 2],
    /// Whether both are asked to move the disposal on.
    pub(super) twice: bool,
}

impl Schedule {
    pub(super) fn draw(draw: &mut Draw) -> Self {
        let beside = match draw.below(10) {
            0..=3 => Beside::Hold,
            4 => Beside::HoldAndRelease,
            5 => Beside::Case,
            6 => Beside::CaseAndEnd,
            7 => Beside::Veto,
            _ => Beside::Part,
        };
        let records = if draw.below(4) == 0 { 3 } else { 1 };
        Self {
            beside,
            records,
            which: draw.below(records),
            processes: [draw.process(), draw.process()],
            turns: [draw.below(12), draw.below(12)],
            twice: draw.below(4) == 0,
        }
    }
}

/// How races ended.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) kept: u64,
    pub(super) destroyed: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.kept += other.kept;
        self.destroyed += other.destroyed;
    }
}
