//! Blocks of positions in which facts are summed, so that the figures as of any position are read from few rows.
//!
//! Everything up to a position is whole large blocks, then whole small ones, then single facts: at most
//! [`LARGE`]` / `[`SMALL`] small blocks and [`SMALL`] positions, however long the journal is. A small block is summed by
//! whoever places a fact beyond it, a large one when its small ones are. A fact that is placed late, because its entry was
//! parked, is added to the sums of its blocks.

use std::ops::Range;

use redress_store::{DbError, Tx};

use super::fact::{Placed, Source};

/// Positions in a small block.
const SMALL: i64 = 1 << 12;
/// Positions in a large block.
const LARGE: i64 = 1 << 18;
/// Small blocks in a large one.
const SMALL_IN_LARGE: i64 = LARGE / SMALL;
/// Most small blocks that are summed at once, by whoever places a fact: a database from before the sums catches up bit by
/// bit, and is right meanwhile.
const AT_ONCE: i64 = 16;

pub(crate) const SELECT_MARK: &str = "SELECT blocks FROM figure_marks WHERE source = $1";

pub(crate) const MARK: &str = "INSERT INTO figure_marks (source, blocks) VALUES ($1, $2) \
     ON CONFLICT (source) DO UPDATE SET blocks = excluded.blocks";

/// Sums the facts of a small block.
pub(crate) const SUM_FACTS: &str = "INSERT INTO figure_sums (source, span, block, year, measure, contract_id, \
     organisation_id, programme, tier, counted, days, in_standard, pence) \
     SELECT source, CAST($2 AS BIGINT), CAST($3 AS BIGINT), year, measure, contract_id, organisation_id, programme, tier, \
     CAST(SUM(counted) AS BIGINT), CAST(SUM(days) AS BIGINT), CAST(SUM(in_standard) AS BIGINT), CAST(SUM(pence) AS BIGINT) \
     FROM figure_facts WHERE source = $1 AND position >= $4 AND position < $5 \
     GROUP BY source, year, measure, contract_id, organisation_id, programme, tier";

/// Sums the small blocks of a large one.
pub(crate) const SUM_BLOCKS: &str = "INSERT INTO figure_sums (source, span, block, year, measure, contract_id, \
     organisation_id, programme, tier, counted, days, in_standard, pence) \
     SELECT source, CAST($2 AS BIGINT), CAST($3 AS BIGINT), year, measure, contract_id, organisation_id, programme, tier, \
     CAST(SUM(counted) AS BIGINT), CAST(SUM(days) AS BIGINT), CAST(SUM(in_standard) AS BIGINT), CAST(SUM(pence) AS BIGINT) \
     FROM figure_sums WHERE source = $1 AND span = $4 AND block >= $5 AND block < $6 \
     GROUP BY source, year, measure, contract_id, organisation_id, programme, tier";

/// Adds a late fact to the sum of a block.
pub(crate) const ADD: &str = "INSERT INTO figure_sums (source, span, block, year, measure, contract_id, organisation_id, \
     programme, tier, counted, days, in_standard, pence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
     ON CONFLICT (source, span, block, year, measure, contract_id, organisation_id, programme, tier) DO UPDATE SET \
     counted = figure_sums.counted + excluded.counted, days = figure_sums.days + excluded.days, \
     in_standard = figure_sums.in_standard + excluded.in_standard, pence = figure_sums.pence + excluded.pence";

/// How many positions a block has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    /// So many that a long journal has few of them.
    Large,
    /// So few that what is left can be read fact by fact.
    Small,
}

/// Of what everything up to a position is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cover {
    /// Whole large blocks.
    pub(crate) large: Range<i64>,
    /// Whole small blocks after them.
    pub(crate) small: Range<i64>,
    /// Single positions after those.
    pub(crate) single: Range<i64>,
}

impl Span {
    /// Its number of positions, by which its rows are known.
    pub(crate) const fn positions(self) -> i64 {
        match self {
            Self::Large => LARGE,
            Self::Small => SMALL,
        }
    }

    /// How many blocks are summed where so many small ones are.
    const fn summed(self, mark: i64) -> i64 {
        match self {
            Self::Large => mark / SMALL_IN_LARGE,
            Self::Small => mark,
        }
    }
}

impl Cover {
    /// Everything up to and with `position`, where `mark` small blocks are summed.
    pub(crate) fn up_to(position: i64, mark: i64) -> Self {
        let end = position.saturating_add(1);
        let small = (end / SMALL).min(mark);
        let large = small / SMALL_IN_LARGE;
        Self { large: 0..large, small: large * SMALL_IN_LARGE..small, single: small * SMALL..end }
    }
}

/// How many small blocks of a journal are summed.
pub(super) async fn mark(tx: &mut Tx, source: Source) -> Result<i64, DbError> {
    let query = tx.query(SELECT_MARK).bind(source.as_str());
    Ok(query.optional(|row| row.get("blocks")).await?.unwrap_or_default())
}

/// Facts were placed: what lies before them is summed, or they are added to what was.
pub(super) async fn fill(
    tx: &mut Tx,
    source: Source,
    position: i64,
    facts: &[Placed],
) -> Result<(), DbError> {
    let mark = mark(tx, source).await?;
    let block = position / SMALL;
    if block < mark {
        for span in [Span::Small, Span::Large] {
            add(tx, source, position, facts, span, mark).await?;
        }
        return Ok(());
    }
    let until = block.min(mark + AT_ONCE);
    for block in mark..until {
        let query = tx.query(SUM_FACTS).bind(source.as_str()).bind(SMALL).bind(block);
        query.bind(block * SMALL).bind((block + 1) * SMALL).execute().await?;
        let summed = block + 1;
        if summed % SMALL_IN_LARGE == 0 {
            let query = tx.query(SUM_BLOCKS).bind(source.as_str()).bind(LARGE).bind(block / SMALL_IN_LARGE);
            query.bind(SMALL).bind(summed - SMALL_IN_LARGE).bind(summed).execute().await?;
        }
    }
    if until > mark {
        tx.query(MARK).bind(source.as_str()).bind(until).execute().await?;
    }
    Ok(())
}

/// Adds late facts to the sum of their block, if it is summed.
async fn add(
    tx: &mut Tx,
    source: Source,
    position: i64,
    facts: &[Placed],
    span: Span,
    mark: i64,
) -> Result<(), DbError> {
    let block = position / span.positions();
    if block >= span.summed(mark) {
        return Ok(());
    }
    for Placed { year, of, sums, .. } in facts {
        let query = tx.query(ADD).bind(source.as_str()).bind(span.positions()).bind(block).bind(*year);
        let query = query.bind(of.measure.as_str()).bind(of.contract).bind(of.organisation);
        let query = query.bind(of.programme.as_str()).bind(of.tier);
        query.bind(sums[0]).bind(sums[1]).bind(sums[2]).bind(sums[3]).execute().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_is_covered_once_and_none_beyond() {
        for position in
            [0, 1, SMALL - 2, SMALL - 1, SMALL, LARGE - 1, LARGE + SMALL, 3 * LARGE - 1, 10_000_019]
        {
            // From nothing summed to everything, and a mark that has gone beyond what is asked for.
            for mark in [0, 1, SMALL_IN_LARGE - 1, SMALL_IN_LARGE, 3 * SMALL_IN_LARGE, 1_000_000] {
                let Cover { large, small, single } = Cover::up_to(position, mark);
                assert_eq!(large.start, 0, "{position} {mark}");
                assert_eq!(large.end * LARGE, small.start * SMALL, "{position} {mark}");
                assert_eq!(small.end * SMALL, single.start, "{position} {mark}");
                assert_eq!(single.end, position + 1, "{position} {mark}");
                assert!(small.end <= mark && large.end <= Span::Large.summed(mark), "{position} {mark}");
                assert!(small.end - small.start < SMALL_IN_LARGE, "{position} {mark}");
            }
        }
    }

    #[test]
    fn little_is_read_singly_once_blocks_are_summed() {
        for position in [SMALL, LARGE, 10_000_019] {
            let Cover { single, .. } = Cover::up_to(position, position / SMALL);
            assert!(single.end - single.start <= SMALL, "{position}");
        }
    }
}
