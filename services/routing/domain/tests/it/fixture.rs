//! What every test starts from: a contract of JETS in Scotland, its chain, and desks that decide.

use std::sync::LazyLock;

use jiff::civil::Date;
use redress_kernel::{Actor, Channel, Decider, Digest, Id};
use redress_policy::{
    Calendars, Division, Library, Pack,
    route::{Matter, Writer},
};
use routing_domain::{
    ComplaintId, ContactId, Contract, ContractId, MemberLetterId, MixedComplaintId, OrganisationId, PaperId,
    Question, Refusal, Told,
    contact::{self, Fresh, Record},
    letter, mixed,
};
use uuid::Uuid;

pub(crate) const PRIME: OrganisationId = Id::new(Uuid::from_u128(1));
pub(crate) const SUB: OrganisationId = Id::new(Uuid::from_u128(2));
pub(crate) const JCP: OrganisationId = Id::new(Uuid::from_u128(3));
pub(crate) const STRANGER: OrganisationId = Id::new(Uuid::from_u128(4));
pub(crate) const CONTRACT: ContractId = Id::new(Uuid::from_u128(10));
pub(crate) const CONTACT: ContactId = Id::new(Uuid::from_u128(20));
pub(crate) const COMPLAINT: ComplaintId = Id::new(Uuid::from_u128(30));
pub(crate) const MIXED: MixedComplaintId = Id::new(Uuid::from_u128(40));
pub(crate) const LETTER: MemberLetterId = Id::new(Uuid::from_u128(50));
pub(crate) const PAPER: PaperId = Id::new(Uuid::from_u128(60));

pub(crate) fn library() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::embedded().unwrap());
    &LIBRARY
}

pub(crate) fn calendars() -> &'static Calendars {
    static CALENDARS: LazyLock<Calendars> = LazyLock::new(|| Calendars::embedded().unwrap());
    &CALENDARS
}

pub(crate) fn pack(id: &str) -> Pack {
    library().packs().iter().rfind(|pack| pack.reference.id == id).unwrap().clone()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn digest(letter: char) -> Digest {
    Digest::parse(&letter.to_string().repeat(64)).unwrap()
}

pub(crate) fn actor(organisation: OrganisationId) -> Actor {
    Actor { organisation: Some(organisation), subject: "someone".to_owned() }
}

pub(crate) fn contract() -> Contract {
    Contract {
        id: CONTRACT,
        programme: "jets-scotland".to_owned(),
        holder: PRIME,
        jobcentre_plus: JCP,
        division: Division::Scotland,
        effective_on: day("2022-03-01"),
        end_on: None,
        members: vec![PRIME, SUB],
    }
}

pub(crate) fn question(writer: Writer, about: &[Matter], received_on: &str) -> Question {
    Question {
        writer,
        about: about.iter().copied().collect(),
        respondents: if about.contains(&Matter::Subcontractor) { vec![SUB] } else { Vec::new() },
        channel: Channel::Post,
        received_on: day(received_on),
        jobcentre_plus_received_on: None,
        representative: None,
        asked_formal: false,
        title: matches!(writer, Writer::ElectedMember | Writer::Peer).then(|| "MSP".to_owned()),
        letter_on: None,
        left_office: false,
        follows: None,
    }
}

pub(crate) const FRESH: Fresh = Fresh { complaint: COMPLAINT, mixed: MIXED, letter: LETTER };

pub(crate) fn record(question: Question) -> contact::Command {
    contact::Command::Record(Box::new(Record {
        id: CONTACT,
        recorded_by: PRIME,
        organisation: None,
        participant: None,
        has_person: true,
        has_member: true,
        question,
        fresh: FRESH,
    }))
}

pub(crate) fn told(on: &str) -> Told {
    Told { told_on: day(on), channel: Channel::Post, paper: None }
}

/// A contact on somebody's desk.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) state: contact::State,
    pub(crate) today: Date,
    pub(crate) actor: Actor,
    pub(crate) pack: Pack,
    pub(crate) contract: Contract,
    pub(crate) joint_reply_is_out: bool,
}

impl Desk {
    pub(crate) fn new(today: &str) -> Self {
        Self {
            state: contact::State::Unrecorded,
            today: day(today),
            actor: actor(PRIME),
            pack: pack("jets-scotland"),
            contract: contract(),
            joint_reply_is_out: false,
        }
    }

    pub(crate) fn recorded(writer: Writer, about: &[Matter]) -> Self {
        let mut desk = Self::new("2024-01-03");
        desk.asks(&record(question(writer, about, "2024-01-02"))).unwrap();
        desk
    }

    /// What somebody else than the contract holder brings about a subcontractor.
    pub(crate) fn offered() -> Self {
        let mut desk = Self::new("2024-01-03");
        let contact::Command::Record(mut record) =
            record(question(Writer::JobcentrePlus, &[Matter::Subcontractor], "2024-01-02"))
        else {
            unreachable!()
        };
        record.recorded_by = JCP;
        desk.asks(&contact::Command::Record(record)).unwrap();
        desk
    }

    pub(crate) fn asks(&mut self, command: &contact::Command) -> Result<Vec<contact::Event>, Refusal> {
        let context = contact::Context {
            today: self.today,
            actor: &self.actor,
            contract: &self.contract,
            pack: &self.pack,
            library: library(),
            calendars: calendars(),
            joint_reply_is_out: self.joint_reply_is_out,
        };
        let decision = contact::Rules::decide(&self.state, command, &context)?;
        self.state = decision.events.iter().fold(self.state.clone(), contact::Rules::evolve);
        Ok(decision.events)
    }

    pub(crate) fn contact(&self) -> &contact::Contact {
        self.state.contact().unwrap()
    }
}

/// A mixed complaint on somebody's desk.
#[derive(Clone)]
pub(crate) struct Mixed {
    pub(crate) state: mixed::State,
    pub(crate) today: Date,
    pub(crate) actor: Actor,
    pub(crate) pack: Pack,
}

impl Mixed {
    pub(crate) fn unraised() -> Self {
        Self {
            state: mixed::State::Unraised,
            today: day("2024-01-08"),
            actor: actor(JCP),
            pack: pack("jets-scotland"),
        }
    }

    pub(crate) fn raised(raised_at: mixed::RaisedAt) -> Self {
        let mut desk = Self::unraised();
        desk.asks(&raise(raised_at)).unwrap();
        desk
    }

    #[expect(clippy::needless_pass_by_value, reason = "scenarios hand over what they have just made")]
    pub(crate) fn does(&mut self, command: mixed::Command) -> &mut Self {
        self.asks(&command).unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
        self
    }

    pub(crate) fn on(&mut self, today: &str) -> &mut Self {
        self.today = day(today);
        self
    }

    pub(crate) fn by(&mut self, organisation: OrganisationId) -> &mut Self {
        self.actor = actor(organisation);
        self
    }

    pub(crate) fn asks(&mut self, command: &mixed::Command) -> Result<Vec<mixed::Event>, Refusal> {
        let context = mixed::Context {
            today: self.today,
            actor: &self.actor,
            pack: &self.pack,
            calendars: calendars(),
            papers: &[PAPER],
        };
        let decision = mixed::Rules::decide(&self.state, command, &context)?;
        self.state = decision.events.iter().fold(self.state.clone(), mixed::Rules::evolve);
        Ok(decision.events)
    }

    pub(crate) fn mixed(&self) -> &mixed::Mixed {
        self.state.mixed().unwrap()
    }
}

pub(crate) fn raise(raised_at: mixed::RaisedAt) -> mixed::Command {
    mixed::Command::Raise(Box::new(mixed::Raise {
        id: MIXED,
        contact: CONTACT,
        contract: CONTRACT,
        organisation: PRIME,
        jobcentre_plus: JCP,
        raised_at,
        received_on: day("2024-01-03"),
        division: Division::Scotland,
    }))
}

/// A letter on somebody's desk.
#[derive(Clone)]
pub(crate) struct Letter {
    pub(crate) state: letter::State,
    pub(crate) today: Date,
    pub(crate) pack: Pack,
}

impl Letter {
    pub(crate) fn unlogged() -> Self {
        Self { state: letter::State::Unlogged, today: day("2024-01-08"), pack: pack("jets-scotland") }
    }

    pub(crate) fn logged(standing: routing_domain::Standing) -> Self {
        let mut desk = Self::unlogged();
        desk.asks(&log(standing)).unwrap();
        desk
    }

    #[expect(clippy::needless_pass_by_value, reason = "scenarios hand over what they have just made")]
    pub(crate) fn does(&mut self, command: letter::Command) -> &mut Self {
        self.asks(&command).unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
        self
    }

    pub(crate) fn asks(&mut self, command: &letter::Command) -> Result<Vec<letter::Event>, Refusal> {
        let context = letter::Context {
            today: self.today,
            actor: &actor(PRIME),
            pack: &self.pack,
            calendars: calendars(),
            persons_complained_about: &["officer-9".to_owned()],
            papers: &[PAPER],
        };
        let decision = letter::Rules::decide(&self.state, command, &context)?;
        self.state = decision.events.iter().fold(self.state.clone(), letter::Rules::evolve);
        Ok(decision.events)
    }

    pub(crate) fn letter(&self) -> &letter::Letter {
        self.state.letter().unwrap()
    }
}

pub(crate) fn log(standing: routing_domain::Standing) -> letter::Command {
    letter::Command::Log(Box::new(letter::Log {
        id: LETTER,
        contact: CONTACT,
        contract: CONTRACT,
        organisation: PRIME,
        standing,
        destination: Some(letter::Destination::ProviderProcess),
        letter_on: day("2024-01-02"),
        received_on: day("2024-01-03"),
        complaint: Some(COMPLAINT),
        mixed: None,
        division: Division::Scotland,
        referenced: true,
    }))
}

pub(crate) fn reply(on: &str) -> letter::Command {
    letter::Command::Reply { replied_on: day(on), quotes_reference: true, digest: digest('c') }
}

pub(crate) fn holding(on: &str, new_due_on: Option<&str>) -> letter::Command {
    letter::Command::SendHolding {
        sent_on: day(on),
        apologises: true,
        explains: true,
        new_due_on: new_due_on.map(day),
        digest: digest('b'),
    }
}
