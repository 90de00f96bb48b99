//! That the person was told where to go: when, how, and what shows it (RTE-03, RTE-08).

use clap::Args;
use redress_proto::routing::v1::PersonTold;

use super::{Session, choice, day::Day};
use crate::client::{Failure, resolve};

/// That the person was told.
#[derive(Args, Clone, Debug)]
pub struct Told {
    /// Day on which the person was told
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// How
    #[arg(long, value_parser = choice::of("redress.type.v1.Channel"))]
    pub channel: i32,
    /// Paper of the contact that shows it
    #[arg(long, value_name = "PAPER")]
    pub paper: Option<String>,
}

impl Told {
    /// As it is sent.
    pub fn message(&self, session: &Session) -> Result<PersonTold, Failure> {
        let paper = self.paper.as_deref().map(|paper| resolve::by_uuid("papers", paper)).transpose()?;
        Ok(PersonTold {
            told_on: Some(session.day(self.on)),
            channel: self.channel,
            paper: paper.unwrap_or_default(),
        })
    }
}
