//! Any command on an examination that exists, of a caller or of the feed.

use ice_liaison_domain::{
    ExaminationId, IceLetterId, OrganisationId, RecommendationId, Refusal, examination::Command,
};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::Moment;
use redress_policy::Rulebook;
use redress_proto::ice_liaison::v1 as proto;
use redress_store::sealed::Sealed;

use super::case::{Moved, decide};
use crate::{
    part::Part,
    render,
    world::{Want, World},
};

/// A command, with the texts that belong to it.
#[derive(Debug)]
pub(crate) struct Act {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// For which organisation; none for the suite itself, which sees everything.
    pub(crate) caller: Option<OrganisationId>,
    /// On which examination.
    pub(crate) examination: ExaminationId,
    /// The version the caller last read; none takes whatever version there is.
    pub(crate) expected: Option<i64>,
    /// What is asked.
    pub(crate) command: Command,
    /// Texts of things with ids of their own.
    pub(crate) texts: Vec<Sealed>,
    /// A text of the examination itself, kept with the version that the command reaches.
    pub(crate) note: Option<(Part, Sealed)>,
}

/// The same, answered with a letter.
#[derive(Debug)]
pub(crate) struct OnLetter {
    /// The command.
    pub(crate) act: Act,
    /// The letter.
    pub(crate) letter: IceLetterId,
}

/// The same, answered with a recommendation.
#[derive(Debug)]
pub(crate) struct OnRecommendation {
    /// The command.
    pub(crate) act: Act,
    /// The recommendation.
    pub(crate) recommendation: RecommendationId,
}

impl Act {
    fn decide(&self, world: &World, moment: Moment) -> Result<Moved, Refusal> {
        let not_found = || Refusal::NotFound { name: self.examination.name() };
        let row = world.examinations.get(self.examination).ok_or_else(not_found)?;
        if self.caller.is_some_and(|caller| !world.sees(caller, row.contract, row.organisation)) {
            return Err(not_found());
        }
        if self.expected.is_some_and(|expected| expected != row.version) {
            return Err(Refusal::VersionMismatch { name: self.examination.name() });
        }
        decide(row, &self.command, world, &self.rulebook, moment)
    }

    fn record(&self, moved: Moved, world: &mut World, entries: &mut Entries<'_>) {
        if moved.events() == 0 {
            return;
        }
        for text in &self.texts {
            world.add_sealed(text.clone());
        }
        if let Some((part, text)) = &self.note {
            world.add_sealed(Sealed { part: part.at(moved.row.version), ..text.clone() });
        }
        moved.record(world, entries);
    }
}

impl shell::Command<World> for Act {
    type Answer = proto::Examination;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Examination(self.examination));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Examination, Refusal> {
        let moment = Moment::at(now);
        let moved = self.decide(world, moment)?;
        let answer = render::examination::answer(&moved, world, &self.rulebook, moment.today)?;
        self.record(moved, world, entries);
        Ok(answer)
    }
}

impl shell::Command<World> for OnLetter {
    type Answer = proto::IceLetter;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        self.act.wants(wants);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::IceLetter, Refusal> {
        let moment = Moment::at(now);
        let moved = self.act.decide(world, moment)?;
        let answer = render::letter::answer(&moved.row, self.letter, &self.act.rulebook, moment.today)?;
        self.act.record(moved, world, entries);
        Ok(answer)
    }
}

impl shell::Command<World> for OnRecommendation {
    type Answer = proto::Recommendation;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        self.act.wants(wants);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Recommendation, Refusal> {
        let moment = Moment::at(now);
        let moved = self.act.decide(world, moment)?;
        let answer = render::recommendation::answer(&moved.row, self.recommendation, moment.today)?;
        self.act.record(moved, world, entries);
        Ok(answer)
    }
}
