//! Change proposals: drafted, moved and decided on (ISS-02, ISS-03).

use complaints_domain::{
    Actor, ChangeProposalId, ContractId, OrganisationId, Refusal,
    improvement::change_proposal::{Category, Command, Context, Rules, State, Verdict},
};
use jiff::{Timestamp, civil::Date};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, london_date};
use redress_policy::Rulebook;
use redress_proto::complaints::v1 as proto;
use redress_store::sealed::Sealed;
use uuid::Uuid;

use super::{
    contract::{binding, commissioned, visible},
    expect,
};
use crate::{
    publish, render,
    seal::Part,
    store::improvement::ChangeProposal,
    world::{Want, World},
};

/// Drafts a proposal, its text sealed.
#[derive(Debug)]
pub(crate) struct CreateChangeProposal {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Id for it.
    pub(crate) id: ChangeProposalId,
    /// Contract whose services it concerns.
    pub(crate) contract: ContractId,
    /// Title; nothing personal.
    pub(crate) title: String,
    /// What kind of change.
    pub(crate) category: Category,
    /// Opaque id of the Performance Manager.
    pub(crate) performance_manager: String,
    /// Key of the text.
    pub(crate) key: Uuid,
    /// The proposal in writing, under seal.
    pub(crate) text: Sealed,
}

/// Moves a proposal, or decides on it.
#[derive(Debug)]
pub(crate) struct MoveChangeProposal {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Which one.
    pub(crate) proposal: ChangeProposalId,
    /// What is done with it.
    pub(crate) step: Step,
    /// What the Performance Manager said to it, under seal.
    pub(crate) comment: Option<Sealed>,
    /// The version last read.
    pub(crate) expected: Option<i64>,
}

/// What is done with a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The provider submits it, or submits it again.
    Submit {
        /// Day.
        on: Date,
    },
    /// The provider makes the change.
    Implement {
        /// Day.
        on: Date,
    },
    /// The provider looks back upon the change.
    Review {
        /// Day.
        on: Date,
    },
    /// The provider withdraws it.
    Withdraw {
        /// Day.
        on: Date,
    },
    /// The Performance Manager decides.
    Decide {
        /// The decision.
        verdict: Verdict,
        /// Day of the decision.
        on: Date,
        /// Its reference at the department, in its one form.
        reference: Option<String>,
    },
}

impl shell::Command<World> for CreateChangeProposal {
    type Answer = proto::ChangeProposal;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Contract(self.contract));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::ChangeProposal, Refusal> {
        let contract = visible(world, self.caller, self.contract)?;
        let today = london_date(now);
        let pack = binding(&self.rulebook, &contract.state.contract, today)?;
        let command = Command::Draft {
            id: self.id,
            contract: self.contract,
            organisation: self.caller,
            category: self.category,
            performance_manager: self.performance_manager.clone(),
        };
        let context = Context { today, actor: &self.actor, pack };
        let decided = Decided::<Rules>::by(&State::Undrafted, &command, &context)?;
        let row = ChangeProposal {
            id: self.id,
            contract: self.contract,
            organisation: self.caller,
            title: self.title.clone(),
            decision_reference: None,
            state: decided.state.clone(),
            key: self.key,
            version: 0,
            revision: 0,
            created_at: now,
        };
        world.add_sealed(self.text.clone());
        let moved = record(row, &[decided], entries);
        let answer = render::improvement::proposal(&moved);
        world.proposals.put(moved.id, moved);
        Ok(answer)
    }
}

impl shell::Command<World> for MoveChangeProposal {
    type Answer = proto::ChangeProposal;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::ChangeProposal(self.proposal));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::ChangeProposal, Refusal> {
        let found = world.proposals.get(self.proposal);
        let found = found.filter(|row| world.sees(self.caller, row.contract, row.organisation));
        let row = found.ok_or_else(|| Refusal::NotFound { name: self.proposal.name() })?;
        expect(self.expected, row.version, || row.id.name())?;
        let contract = match self.step {
            // The Performance Manager is the department's, whoever has the same name elsewhere (ISS-03).
            Step::Decide { .. } => commissioned(world, self.caller, row.contract, None)?,
            Step::Submit { .. } | Step::Implement { .. } | Step::Review { .. } | Step::Withdraw { .. } => {
                visible(world, self.caller, row.contract)?
            }
        };
        let today = london_date(now);
        let pack = binding(&self.rulebook, &contract.state.contract, today)?;
        let context = Context { today, actor: &self.actor, pack };
        let mut decided = self.expire(&row.state, &context)?;
        let state = decided.last().map_or(&row.state, |earlier| &earlier.state);
        let last = Decided::<Rules>::by(state, &self.step.command(self.comment.is_some()), &context)?;
        let mut moved = ChangeProposal { state: last.state.clone(), ..row.clone() };
        if let Step::Decide { reference: Some(reference), .. } = &self.step {
            moved.decision_reference = Some(reference.clone());
        }
        decided.push(last);
        let before = row.version;
        let moved = record(moved, &decided, entries);
        let answer = render::improvement::proposal(&moved);
        if let Some(comment) = &self.comment {
            world.add_sealed(Sealed { part: Part::Comment.at(moved.version), ..comment.clone() });
        }
        if moved.version > before {
            world.proposals.put(moved.id, moved);
        }
        Ok(answer)
    }
}

impl MoveChangeProposal {
    /// An approval that the guidance has outlived ends first, so that the proposal can be submitted anew or withdrawn.
    fn expire(&self, state: &State, context: &Context<'_>) -> Result<Vec<Decided<Rules>>, Refusal> {
        match (&self.step, state) {
            (Step::Submit { .. } | Step::Withdraw { .. }, State::Approved { pack, .. })
                if *pack != context.pack.reference =>
            {
                Ok(vec![Decided::<Rules>::by(state, &Command::Expire, context)?])
            }
            (
                Step::Submit { .. }
                | Step::Withdraw { .. }
                | Step::Implement { .. }
                | Step::Review { .. }
                | Step::Decide { .. },
                _,
            ) => Ok(Vec::new()),
        }
    }
}

impl Step {
    fn command(&self, commented: bool) -> Command {
        match self {
            Self::Submit { on } => Command::Submit { on: *on },
            Self::Implement { on } => Command::Implement { on: *on },
            Self::Review { on } => Command::Review { on: *on },
            Self::Withdraw { on } => Command::Withdraw { on: *on },
            Self::Decide { verdict, on, reference } => Command::Decide {
                decision: *verdict,
                decided_on: *on,
                referenced: reference.is_some(),
                commented,
            },
        }
    }
}

/// Numbers and records what happened to a row of the version before.
fn record(mut row: ChangeProposal, decided: &[Decided<Rules>], entries: &mut Entries<'_>) -> ChangeProposal {
    for decided in decided {
        for (version, event) in decided.numbered(row.version) {
            entries.append(publish::proposal(&row, version, event, decided.citations.clone()));
        }
        row.version = decided.version_after(row.version);
    }
    row
}
