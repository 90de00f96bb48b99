//! The archive format (POSIX ustar), as little of it as a bag needs: plain files, and a pax record for very large ones.
//!
//! Written here rather than taken from a library, because a bag must be the same bytes on every machine, and because
//! the reader must refuse what libraries are made to accept: links, devices, sparse files and names that lead outside.

pub mod read;
pub mod write;

/// Everything in an archive comes in blocks.
pub const BLOCK: usize = 512;

/// The largest size that the plain header can tell: eleven octal digits.
const MOST_PLAIN: u64 = 0o777_7777_7777;

/// Bytes of zeros that follow `size` bytes up to the next block.
pub const fn padding(size: u64) -> usize {
    let over = size % BLOCK as u64;
    if over == 0 { 0 } else { BLOCK - low(over) }
}

#[expect(clippy::cast_possible_truncation, reason = "less than a block")]
const fn low(over: u64) -> usize {
    over as usize
}

/// Where the fields of a header lie.
mod field {
    use std::ops::Range;

    pub(super) const NAME: Range<usize> = 0..100;
    pub(super) const MODE: Range<usize> = 100..108;
    pub(super) const OWNER: Range<usize> = 108..116;
    pub(super) const GROUP: Range<usize> = 116..124;
    pub(super) const SIZE: Range<usize> = 124..136;
    pub(super) const TIME: Range<usize> = 136..148;
    pub(super) const CHECKSUM: Range<usize> = 148..156;
    pub(super) const TYPE: usize = 156;
    pub(super) const MAGIC: Range<usize> = 257..265;
    pub(super) const PREFIX: Range<usize> = 345..500;
}

/// The sum of a header's bytes, its own field counted as spaces.
fn checksum(header: &[u8; BLOCK]) -> u64 {
    let own = field::CHECKSUM;
    header.iter().enumerate().map(|(at, byte)| if own.contains(&at) { 32 } else { u64::from(*byte) }).sum()
}
