//! A desk at which one complaint is worked, day by day.

use std::sync::LazyLock;

use complaints_domain::{
    Actor, Channel, ComplaintId, ContractId, Digest, DocumentId, LetterId, OrganisationId, ParticipantId,
    ProcedureId, Refusal, SupplyChainLinkId,
    complaint::{
        self, Clock, Command, Context, Entry, Event, Facts, Intake, Issue, LetterFacts, Outcome,
        ProcedureSnapshot, Register, Rules, StageSnapshot, State, StepSnapshot, Subject, letter::Signpost,
    },
    participant::{AgreementEvidence, FirstContact, Participant},
    supply_chain::{Chain, Link, contract::Contract},
};
use jiff::civil::Date;
use redress_kernel::{Decider as _, Refusal as _, clock::london_start_of_day};
use redress_policy::{Calendars, ClockKind, Library, Pack, PackRef, Term};
use uuid::Uuid;

pub(crate) const PRIME: OrganisationId = OrganisationId::new(Uuid::from_u128(1));
pub(crate) const SUB: OrganisationId = OrganisationId::new(Uuid::from_u128(2));
pub(crate) const SUB_SUB: OrganisationId = OrganisationId::new(Uuid::from_u128(3));
pub(crate) const STRANGER: OrganisationId = OrganisationId::new(Uuid::from_u128(4));
pub(crate) const DEPARTMENT: OrganisationId = OrganisationId::new(Uuid::from_u128(5));
pub(crate) const JOBCENTRE: OrganisationId = OrganisationId::new(Uuid::from_u128(6));
pub(crate) const CONTRACT: ContractId = ContractId::new(Uuid::from_u128(10));
pub(crate) const COMPLAINT: ComplaintId = ComplaintId::new(Uuid::from_u128(20));
pub(crate) const PARTICIPANT: ParticipantId = ParticipantId::new(Uuid::from_u128(30));
pub(crate) const PROCEDURE: ProcedureId = ProcedureId::new(Uuid::from_u128(40));
pub(crate) const DOCUMENT: DocumentId = DocumentId::new(Uuid::from_u128(50));

pub(crate) fn library() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::embedded().unwrap());
    &LIBRARY
}

pub(crate) fn calendars() -> &'static Calendars {
    static CALENDARS: LazyLock<Calendars> = LazyLock::new(|| Calendars::embedded().unwrap());
    &CALENDARS
}

pub(crate) fn pack(id: &str, version: &str) -> &'static Pack {
    library().get(&PackRef { id: id.to_owned(), version: version.to_owned() }).unwrap()
}

pub(crate) fn jets() -> &'static Pack {
    pack("jets-scotland", "2022-02-25")
}

pub(crate) fn atw_before_2023() -> &'static Pack {
    pack("atw-ha-pre-2023", "2023-06-05")
}

pub(crate) fn atw_2024() -> &'static Pack {
    pack("atw-ha-2023", "2024-05-01")
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn term(text: &str) -> Term {
    text.parse().unwrap()
}

pub(crate) fn letter(number: u128) -> LetterId {
    LetterId::new(Uuid::from_u128(1000 + number))
}

pub(crate) fn digest(of: char) -> Digest {
    Digest::parse(&of.to_string().repeat(64)).unwrap()
}

pub(crate) fn link(number: u128, parent: OrganisationId, subcontractor: OrganisationId, from: &str) -> Link {
    Link {
        id: SupplyChainLinkId::new(Uuid::from_u128(100 + number)),
        parent,
        subcontractor,
        effective_on: day(from),
        end_on: None,
    }
}

pub(crate) fn step(id: &str, evidence_required: bool) -> StepSnapshot {
    StepSnapshot { id: id.to_owned(), evidence_required }
}

/// Two stages with limits, as a prime under JETS would state them; silence after the first closes.
pub(crate) fn two_stages() -> ProcedureSnapshot {
    ProcedureSnapshot {
        id: PROCEDURE,
        acknowledgement_limit: Some(term("2 working days")),
        stages: vec![
            StageSnapshot {
                steps: vec![step("call", false), step("findings", true)],
                response_limit: Some(term("10 working days")),
                escalation_limit: Some(term("1 month")),
                silence_closes: true,
            },
            StageSnapshot {
                steps: vec![step("senior-review", false)],
                response_limit: Some(term("10 working days")),
                escalation_limit: None,
                silence_closes: false,
            },
        ],
    }
}

/// One stage without any limit, as under guidance that states none.
pub(crate) fn one_stage() -> ProcedureSnapshot {
    ProcedureSnapshot {
        id: PROCEDURE,
        acknowledgement_limit: None,
        stages: vec![StageSnapshot {
            steps: vec![step("answer", false)],
            response_limit: None,
            escalation_limit: None,
            silence_closes: false,
        }],
    }
}

pub(crate) fn officer() -> Actor {
    Actor { organisation: Some(PRIME), subject: "officer-1".to_owned() }
}

/// What was found in a text that says everything it must.
pub(crate) const SAYS_ALL: LetterFacts =
    LetterFacts { signposting: Signpost::Present { version: 1 }, window_advised: true };

/// A complaint on somebody's desk.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) pack: &'static Pack,
    pub(crate) contract: Contract,
    pub(crate) chain: Chain,
    pub(crate) participant: Participant,
    pub(crate) procedure: Option<ProcedureSnapshot>,
    pub(crate) existing: Option<ComplaintId>,
    pub(crate) complained_about: Vec<String>,
    pub(crate) letter: LetterFacts,
    pub(crate) actor: Actor,
    pub(crate) today: Date,
    pub(crate) state: State,
}

impl Desk {
    /// A desk of a JETS provider in Scotland with the procedure of two stages.
    pub(crate) fn jets() -> Self {
        Self::under(jets(), "2022-02-25", two_stages())
    }

    /// A desk under `pack` and a contract from `effective_on`, with `procedure`.
    pub(crate) fn under(pack: &'static Pack, effective_on: &str, procedure: ProcedureSnapshot) -> Self {
        let mut chain = Chain::new(CONTRACT, PRIME, DEPARTMENT);
        chain.links.push(link(1, PRIME, SUB, effective_on));
        chain.links.push(link(2, SUB, SUB_SUB, effective_on));
        Self {
            pack,
            contract: Contract {
                id: CONTRACT,
                programme: pack.programme.clone(),
                holder: PRIME,
                commissioner: DEPARTMENT,
                jobcentre_plus: Some(JOBCENTRE),
                division: None,
                effective_on: day(effective_on),
                end_on: None,
                agreed_retention: None,
                pack: pack.reference.clone(),
                novations: Vec::new(),
            },
            chain,
            participant: Participant {
                id: PARTICIPANT,
                contract: CONTRACT,
                organisation: SUB,
                first_contact: Some(FirstContact {
                    explained_on: day(effective_on),
                    channel: Channel::InPerson,
                    agreement_evidence: Some(AgreementEvidence::Signature),
                    documents: Vec::new(),
                }),
            },
            procedure: Some(procedure),
            existing: None,
            complained_about: vec!["adviser-9".to_owned()],
            letter: SAYS_ALL,
            actor: officer(),
            today: day("2024-01-02"),
            state: Rules::initial(),
        }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            now: london_start_of_day(self.today),
            today: self.today,
            actor: &self.actor,
            pack: self.pack,
            calendars: calendars(),
            facts: Facts {
                intake: Intake {
                    contract: Some(&self.contract),
                    participant: Some(&self.participant),
                    procedure: self.procedure.as_ref(),
                    existing: self.existing,
                },
                chain: Some(&self.chain),
                persons_complained_about: &self.complained_about,
                documents: &[DOCUMENT],
                letter: self.letter,
            },
        }
    }

    /// Moves to a day.
    pub(crate) fn on(&mut self, today: &str) -> &mut Self {
        self.today = day(today);
        self
    }

    /// Asks for something, and takes in what happened.
    pub(crate) fn asks(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let decision = Rules::decide(&self.state, command, &self.context())?;
        for event in &decision.events {
            self.state = Rules::evolve(self.state.clone(), event);
        }
        Ok(decision.events)
    }

    /// Does something that must be allowed.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a sentence of a test ends in the command it gives away"
    )]
    pub(crate) fn does(&mut self, command: Command) -> &mut Self {
        if let Err(refusal) = self.asks(&command) {
            panic!("{command:?} on {} was refused: {:?}", self.today, refusal.explain());
        }
        self
    }

    /// The refusal of something that must not be allowed.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a sentence of a test ends in the command it gives away"
    )]
    pub(crate) fn refusal(&self, command: Command) -> Refusal {
        match Rules::decide(&self.state, &command, &self.context()) {
            Ok(decision) => panic!("{command:?} on {} was allowed: {:?}", self.today, decision.events),
            Err(refusal) => refusal,
        }
    }

    /// The rules by which something would be decided.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a sentence of a test ends in the command it gives away"
    )]
    pub(crate) fn cites(&self, command: Command) -> Vec<String> {
        let decision = Rules::decide(&self.state, &command, &self.context()).unwrap();
        decision.because.into_iter().map(|citation| citation.rule).collect()
    }

    /// The reason of that refusal.
    pub(crate) fn refused(&self, command: Command) -> &'static str {
        self.refusal(command).explain().reason
    }

    pub(crate) fn stage(&self) -> &'static str {
        self.state.stage_name().as_str()
    }

    pub(crate) fn file(&self) -> &complaint::File {
        &self.state.case().unwrap().file
    }

    pub(crate) fn clocks(&self) -> Vec<Clock> {
        complaint::clocks(&self.state, self.pack, calendars(), self.today).unwrap()
    }

    pub(crate) fn clock(&self, kind: ClockKind, number: u8) -> Clock {
        let key = complaint::ClockKey::new(kind, number);
        let clocks = self.clocks();
        clocks.into_iter().find(|clock| clock.key == key).unwrap_or_else(|| panic!("no clock {key:?}"))
    }

    pub(crate) fn early_access(&self) -> complaint::early_access::EarlyAccess {
        complaint::early_access::early_access(self.pack, &self.clocks()).unwrap()
    }

    pub(crate) fn due(&self) -> Vec<Command> {
        complaint::due::due(&self.state, self.pack, &self.clocks(), self.today).unwrap()
    }

    // The usual way through a case.

    /// A complaint received and registered on `received_on`.
    pub(crate) fn registered(received_on: &str) -> Self {
        let mut desk = Self::jets();
        desk.on(received_on).does(register(received_on));
        desk
    }

    /// Acknowledged, handled, and at its first stage on that day.
    pub(crate) fn at_stage(received_on: &str) -> Self {
        let mut desk = Self::registered(received_on);
        desk.begins();
        desk
    }

    pub(crate) fn begins(&mut self) -> &mut Self {
        let today = self.today;
        self.does(Command::Acknowledge { acknowledged_on: today, channel: Channel::Email })
            .does(Command::AssignHandler { handler: "officer-1".to_owned() })
    }

    pub(crate) fn completes(&mut self, step: &str) -> &mut Self {
        let done_on = self.today;
        self.does(complete(step, done_on))
    }

    pub(crate) fn answers(&mut self, number: u128) -> &mut Self {
        let today = self.today;
        self.does(Command::IssueStageResponse(issue(number, today)))
    }

    pub(crate) fn finishes(&mut self, number: u128) -> &mut Self {
        let today = self.today;
        self.does(Command::IssueFinalResponse(issue(number, today)))
    }

    /// The first stage answered on `today`, all on that day.
    pub(crate) fn stage_answered(received_on: &str) -> Self {
        let mut desk = Self::at_stage(received_on);
        desk.completes("call").completes("findings").answers(1);
        desk
    }

    /// Every step done, nothing answered for good, all on the day of receipt.
    pub(crate) fn exhausted(received_on: &str) -> Self {
        let mut desk = Self::stage_answered(received_on);
        desk.does(Command::Escalate { requested_on: day(received_on) }).completes("senior-review");
        desk
    }

    /// The final response out on the day of receipt.
    pub(crate) fn finished(received_on: &str) -> Self {
        let mut desk = Self::exhausted(received_on);
        desk.finishes(2);
        desk
    }
}

pub(crate) fn registration(received_on: &str) -> Register {
    Register {
        id: COMPLAINT,
        participant: PARTICIPANT,
        contract: CONTRACT,
        respondents: vec![SUB],
        organisation: PRIME,
        received_on: day(received_on),
        channel: Channel::Telephone,
        subject: Subject::Service,
        formal: false,
        representative: None,
        jobcentre_plus_on: None,
        entry: Entry::First,
    }
}

pub(crate) fn register(received_on: &str) -> Command {
    Command::Register(Box::new(registration(received_on)))
}

pub(crate) fn complete(step: &str, done_on: Date) -> Command {
    Command::CompleteStep { step: step.to_owned(), done_on, evidence: vec![DOCUMENT] }
}

pub(crate) fn issue(number: u128, issued_on: Date) -> Issue {
    Issue {
        letter: letter(number),
        digest: digest('a'),
        outcome: Outcome::NotUpheld,
        issued_on,
        channel: Channel::Email,
    }
}

pub(crate) fn contact(referred_on: &str, discretion: bool) -> Command {
    let on = day(referred_on);
    Command::RecordExaminerContact { referred_on: on, notified_on: on, discretion }
}
