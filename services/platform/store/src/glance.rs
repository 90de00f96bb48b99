//! A look at the database without a transaction around it, for an answer that one statement gives.
//!
//! A statement sees one state of the database by itself, so beginning and ending a transaction around a single one would cost
//! two round trips and say nothing. Nothing can be written at a glance: the connections refuse it.

use std::sync::Arc;

use sqlx::{Postgres, Sqlite, pool::PoolConnection};

use crate::{
    Query,
    db::Health,
    line::{Line, Open, Stage},
};

/// A connection that only looks. Each statement sees a state of its own.
#[derive(Debug)]
pub struct Glance {
    pub(crate) arm: Arm,
    pub(crate) health: Arc<Health>,
    pub(crate) stage: Stage,
}

#[derive(Debug)]
pub(crate) enum Arm {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Glance {
    /// A statement, to which values are bound and which is then run. It means the same on both databases. It must look rows up by
    /// their keys: it is planned once for all values.
    pub fn query(&mut self, sql: &'static str) -> Query<'_> {
        let open = match &mut self.arm {
            Arm::Sqlite(open) => Open::Sqlite(open),
            Arm::Postgres(open) => Open::Postgres(open),
        };
        Query::new(Line { open, health: &self.health, stage: &mut self.stage }, sql)
    }
}
