//! The charge of an upheld complaint, with its double entry.

#[cfg(test)]
mod once;

use ice_liaison_domain::{
    ChargeId, ExaminationId, IceYear, OrganisationId, Refusal,
    charge::{Command, Context, Event, Rules, State, Upheld},
    figures,
};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::{Citation, Decider as _, Decision, Moment};
use redress_policy::Rulebook;
use redress_proto::ice_liaison::v1 as proto;
use redress_store::sealed::Sealed;

use crate::{
    publish, render,
    store::{
        charge::Charge,
        examination::Examination,
        fact::{Counted, Of, Source},
    },
    world::{Want, World},
};

/// What a command on a charge names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum On {
    /// The examination, for a charge on which nobody decided.
    Examination(ExaminationId),
    /// The charge.
    Charge(ChargeId),
}

/// A command on a charge, with the reason that belongs to it.
#[derive(Debug)]
pub(crate) struct Decide {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// On what.
    pub(crate) on: On,
    /// The version the caller last read.
    pub(crate) expected: Option<i64>,
    /// What is asked.
    pub(crate) command: Command,
    /// The reason.
    pub(crate) reason: Option<Sealed>,
}

impl shell::Command<World> for Decide {
    type Answer = proto::Charge;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(match self.on {
            On::Examination(id) => Want::Examination(id),
            On::Charge(id) => Want::Charge(id),
        });
        wants.push(Want::Years);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Charge, Refusal> {
        let moment = Moment::at(now);
        let (examination, known) = self.find(world)?;
        if let (Some(expected), Some(known)) = (self.expected, known)
            && expected != known.version
        {
            return Err(Refusal::VersionMismatch { name: known.id.name() });
        }
        let case = examination.and_then(|row| row.state.case());
        let known_contract = known.and_then(|known| world.contracts.get(&known.contract));
        // Of an examination that ended its term the charge alone is left, and goes on by the contract.
        let pack = case.map(|case| &case.file.pack).or_else(|| known_contract.map(|contract| &contract.pack));
        let pack = pack.and_then(|pack| self.rulebook.library.get(pack).ok());
        let pack = pack.ok_or_else(|| self.not_found())?;
        let programme = case.map(|case| &case.file.programme);
        let programme = programme.or_else(|| known_contract.map(|contract| &contract.programme)).cloned();
        let closed_years = world.closed_years(IceYear::first_month(pack));
        let upheld = examination.and_then(reported);
        let context = Context { today: moment.today, pack, upheld, closed_years: &closed_years };
        let state = known.map_or(State::Undecided, |known| known.state.clone());
        let Decision { events, because } = Rules::decide(&state, &self.command, &context)?;
        let state = events.iter().fold(state, Rules::evolve);
        let (Some(id), Some(upheld)) = (state.id(), state.upheld().copied()) else {
            return Err(self.not_found());
        };
        let mut row = Charge {
            id,
            examination: upheld.examination,
            contract: upheld.contract,
            liable: upheld.liable,
            state,
            version: known.map_or(0, |known| known.version),
            revision: known.map_or(0, |known| known.revision),
            created_at: known.map_or(now, |known| known.created_at),
        };
        // What is charged counts for the organisation that owes it.
        let of = programme.map(|programme| Of {
            contract: upheld.contract,
            organisation: upheld.liable,
            programme,
            tier: 0,
        });
        let citations: Vec<String> = because.iter().map(Citation::short).collect();
        for event in &events {
            row.version += 1;
            let entry = entries.append(publish::charge(&row, event, citations.clone()));
            if let Some(of) = &of {
                world.count(counted(entry, event, of, pack));
            }
            if let Some(posting) = event.posting() {
                world.post(*posting, row.contract, row.liable, now);
            }
        }
        let answer = render::charge::answer(&row, &because);
        if let Some(reason) = &self.reason {
            world.add_sealed(Sealed { subject: row.id.uuid(), ..reason.clone() });
        }
        world.charge_of.insert(row.examination, row.id);
        world.charged.insert(upheld.complaint, row.id);
        world.charges.put(row.id, row);
        Ok(answer)
    }
}

impl Decide {
    fn not_found(&self) -> Refusal {
        Refusal::NotFound {
            name: match self.on {
                On::Examination(id) => id.name(),
                On::Charge(id) => id.name(),
            },
        }
    }

    /// The examination and its charge, where the caller sees what it names.
    fn find<'w>(&self, world: &'w World) -> Result<(Option<&'w Examination>, Option<&'w Charge>), Refusal> {
        let found = match self.on {
            On::Examination(id) => {
                let examination = world.examinations.get(id);
                let seen = examination.filter(|row| world.sees(self.caller, row.contract, row.organisation));
                seen.map(|row| {
                    // One for a case, also where ICE looked into it twice.
                    let known = world.charge_of.get(&id).or_else(|| world.charged.get(&row.complaint));
                    (Some(row), known.and_then(|charge| world.charges.get(*charge)))
                })
            }
            On::Charge(id) => {
                let charge = world.charges.get(id);
                let seen = charge.filter(|row| world.sees(self.caller, row.contract, row.liable));
                seen.map(|row| (world.examinations.get(row.examination), Some(row)))
            }
        };
        found.ok_or_else(|| self.not_found())
    }
}

/// What ICE reported; none before.
fn reported(examination: &Examination) -> Option<Upheld> {
    let file = &examination.state.case()?.file;
    let report = file.report.as_ref()?;
    Some(Upheld {
        examination: file.id,
        complaint: file.complaint,
        contract: file.contract,
        liable: file.liable,
        outcome: report.outcome,
        decided_on: report.decided_on,
    })
}

fn counted(entry: uuid::Uuid, event: &Event, of: &Of, pack: &redress_policy::Pack) -> Vec<Counted> {
    let facts = (0..).zip(figures::of_charge(event));
    let count = |(ordinal, fact): (i64, figures::Fact)| Counted {
        entry,
        ordinal,
        source: Source::Own,
        position: None,
        year: IceYear::of(fact.on, pack).begins().into(),
        of: of.clone(),
        fact,
    };
    facts.map(count).collect()
}
