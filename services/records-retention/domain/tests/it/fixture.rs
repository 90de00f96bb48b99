//! A shelf with one record, and a desk with one disposal, worked day by day.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::civil::Date;
use records_retention_domain::{
    Actor, ComplaintId, ContractId, Digest, DisposalId, Hold, HoldId, HoldReason, Matter, OrganisationId,
    PartId, ParticipantId, Payment, PaymentId, RecordClass, RecordId, Refusal,
    anonymised::Method,
    contract::ContractFacts,
    disposal::{self, Item, Proposal},
    erasure::Granted,
    record::{Command, Context, Event, Holder, Order, Part, Register, Rules, StageName, State, stage},
};
use redress_kernel::{Citation, Decider as _, Refusal as _};
use redress_policy::{Calendars, Library, Pack, PackRef};
use uuid::Uuid;

mod endings;
pub(crate) mod plan;
mod reports;

pub(crate) use endings::{propose_ending, tombstone};
pub(crate) use plan::CHANGE;
pub(crate) use reports::set;

pub(crate) const PRIME: OrganisationId = OrganisationId::new(Uuid::from_u128(1));
pub(crate) const DEPARTMENT: OrganisationId = OrganisationId::new(Uuid::from_u128(2));
pub(crate) const CONTRACT: ContractId = ContractId::new(Uuid::from_u128(10));
pub(crate) const RECORD: RecordId = RecordId::new(Uuid::from_u128(20));
pub(crate) const COMPLAINT: ComplaintId = ComplaintId::new(Uuid::from_u128(30));
pub(crate) const PARTICIPANT: ParticipantId = ParticipantId::new(Uuid::from_u128(40));
pub(crate) const DISPOSAL: DisposalId = DisposalId::new(Uuid::from_u128(50));

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

/// Access to Work before 2023: the guidance whose chapter 7 states the terms (A0 7.11, 7.12).
pub(crate) fn access_to_work() -> &'static Pack {
    pack("atw-ha-pre-2023", "2023-06-05")
}

pub(crate) fn jets() -> &'static Pack {
    pack("jets-scotland", "2022-02-25")
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn person(subject: &str) -> Actor {
    Actor { organisation: Some(PRIME), subject: subject.to_owned() }
}

pub(crate) fn digest(of: char) -> Digest {
    Digest::parse(&of.to_string().repeat(64)).unwrap()
}

pub(crate) fn ends(version: i64, end_on: &str) -> ContractFacts {
    ContractFacts { end_on: Some(day(end_on)), version, ..ContractFacts::default() }
}

pub(crate) fn part(number: u128, holder: Holder, added_on: &str) -> Part {
    let subject = match holder {
        Holder::RecordsRetention => String::new(),
        Holder::Complaints | Holder::IceLiaison => format!("complaints/{}", Uuid::from_u128(number)),
        Holder::Routing => format!("contacts/{}", Uuid::from_u128(number)),
    };
    Part {
        id: PartId::new(Uuid::from_u128(number)),
        holder,
        subject,
        added_on: day(added_on),
        is_report: false,
        digest: None,
        readmitted_of: None,
        content: None,
    }
}

pub(crate) fn payment(number: u128, revision: u16, on: &str, completes: bool) -> Payment {
    let id = PaymentId::new(Uuid::from_u128(number));
    Payment { id, revision, received_on: day(on), completes, withdrawn: false }
}

pub(crate) fn hold(number: u128, reason: HoldReason, placed_on: &str) -> Hold {
    Hold {
        id: HoldId::new(Uuid::from_u128(number)),
        reason,
        placed_by: person("officer-1"),
        placed_on: day(placed_on),
        authority: Some("NOTICE-1".to_owned()),
        review_on: day("2099-01-01"),
        holds_until: None,
        matter: None,
        released_on: None,
    }
}

/// The hold of a case.
pub(crate) fn case_hold(number: u128, reason: HoldReason, placed_on: &str, until: Option<&str>) -> Hold {
    Hold {
        placed_by: Actor::suite(),
        authority: None,
        holds_until: until.map(day),
        matter: Some(Matter::Complaint(COMPLAINT)),
        ..hold(number, reason, placed_on)
    }
}

/// A record on its shelf.
#[derive(Clone, Debug)]
pub(crate) struct Shelf {
    pub(crate) state: State,
    pub(crate) today: Date,
    pub(crate) contract: ContractFacts,
    pub(crate) pack: &'static Pack,
    pub(crate) actor: Actor,
    pub(crate) granted: Option<Granted>,
    pub(crate) of_person: Vec<Hold>,
}

impl Shelf {
    /// An empty one.
    pub(crate) fn empty(today: &str) -> Self {
        Self {
            state: Rules::initial(),
            today: day(today),
            contract: ContractFacts::default(),
            pack: access_to_work(),
            actor: person("officer-1"),
            granted: None,
            of_person: Vec::new(),
        }
    }

    /// A record of a class with one part held by complaints.
    pub(crate) fn with(class: RecordClass, today: &str) -> Self {
        let mut shelf = Self::empty(today);
        let register = shelf.register(class);
        shelf.does(Command::Register(Box::new(register)));
        shelf
    }

    /// The same under a contract that ended.
    pub(crate) fn ended(class: RecordClass, today: &str, end_on: &str) -> Self {
        let mut shelf = Self::with(class, today);
        shelf.contract = ends(2, end_on);
        shelf
    }

    pub(crate) fn register(&self, class: RecordClass) -> Register {
        Register {
            id: RECORD,
            contract: CONTRACT,
            organisation: PRIME,
            class,
            participant: Some(PARTICIPANT),
            complaint: None,
            completed_on: class.is_report().then_some(self.today),
            funded_start_on: None,
            pack: self.pack.reference.clone(),
            parts: vec![part(60, Holder::Complaints, &self.today.to_string())],
            holds: Vec::new(),
            anonymised: (class == RecordClass::AnonymisedReports).then(|| Box::new(set(self.today))),
        }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            today: self.today,
            actor: &self.actor,
            contract: &self.contract,
            pack: self.pack,
            granted: self.granted.as_ref(),
            of_person: &self.of_person,
            calendars: calendars(),
        }
    }

    pub(crate) fn on(&mut self, today: &str) -> &mut Self {
        self.today = day(today);
        self
    }

    pub(crate) fn asks(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let decision = Rules::decide(&self.state, command, &self.context())?;
        for event in &decision.events {
            self.state = Rules::evolve(self.state.clone(), event);
        }
        Ok(decision.events)
    }

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

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a sentence of a test ends in the command it gives away"
    )]
    pub(crate) fn refused(&self, command: Command) -> &'static str {
        match Rules::decide(&self.state, &command, &self.context()) {
            Ok(decision) => panic!("{command:?} on {} was allowed: {:?}", self.today, decision.events),
            Err(refusal) => refusal.explain().reason,
        }
    }

    pub(crate) fn stage(&self) -> StageName {
        stage(&self.state, &self.context()).unwrap()
    }

    /// The reason why it may not be destroyed today, or that it may.
    pub(crate) fn order_is(&self) -> &'static str {
        match Rules::decide(&self.state, &order(), &self.context()) {
            Ok(_) => "ORDERED",
            Err(refusal) => refusal.explain().reason,
        }
    }
}

pub(crate) fn order() -> Command {
    Command::Order(Order {
        disposal: DISPOSAL,
        digest: digest('a'),
        proposed_by: "officer-1".to_owned(),
        approved_by: "officer-2".to_owned(),
        method: Method::Destroy,
        anonymised_in: None,
    })
}

/// The order to anonymise.
pub(crate) fn order_anonymised() -> Command {
    Command::Order(Order {
        disposal: DISPOSAL,
        digest: digest('a'),
        proposed_by: "officer-1".to_owned(),
        approved_by: "officer-2".to_owned(),
        method: Method::Anonymise,
        anonymised_in: Some(RecordId::new(Uuid::from_u128(21))),
    })
}

/// A desk with one disposal.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) state: disposal::State,
    pub(crate) today: Date,
    pub(crate) actor: Actor,
    /// Whether somebody asks in the actor's name.
    pub(crate) by_delegate: bool,
    /// What the records of the manifest come to now.
    pub(crate) found: Result<Digest, RecordId>,
}

impl Desk {
    pub(crate) fn empty(today: &str) -> Self {
        Self {
            state: disposal::Rules::initial(),
            today: day(today),
            actor: person("officer-1"),
            by_delegate: false,
            found: Ok(digest('a')),
        }
    }

    pub(crate) fn proposed(today: &str) -> Self {
        let mut desk = Self::empty(today);
        let proposal = desk.proposal(2);
        desk.does(disposal::Command::Propose(Box::new(proposal)));
        desk
    }

    pub(crate) fn approved(today: &str) -> Self {
        let mut desk = Self::proposed(today);
        desk.is("officer-2").does(disposal::Command::Approve { digest: digest('a') });
        desk
    }

    /// Ordered on `today`, approved well before.
    pub(crate) fn ordered(today: &str) -> Self {
        let before = day(today).checked_sub(jiff::Span::new().days(10)).unwrap();
        let mut desk = Self::approved(&before.to_string());
        desk.on(today).does(disposal::Command::Issue);
        desk
    }

    pub(crate) fn proposal(&self, records: u32) -> Proposal {
        let item = |number: u32| Item {
            record: RecordId::new(Uuid::from_u128(u128::from(number) + 20)),
            class: RecordClass::ComplaintFile,
            due_on: day("2026-01-01"),
            rule: Citation::own("RET-01"),
            parts: BTreeMap::from([(Holder::Complaints, 1)]),
        };
        Proposal {
            id: DISPOSAL,
            contract: CONTRACT,
            organisation: PRIME,
            items: (0..records).map(item).collect(),
            method: Method::Destroy,
            assessment: None,
            digest: digest('a'),
            proposed_by: self.actor.clone(),
            proposed_on: self.today,
            approve_until: disposal::approve_until(access_to_work(), calendars(), self.today).unwrap(),
        }
    }

    pub(crate) fn context(&self) -> disposal::Context<'_> {
        disposal::Context {
            today: self.today,
            actor: &self.actor,
            pack: access_to_work(),
            calendars: calendars(),
            by_delegate: self.by_delegate,
            found: Some(&self.found),
        }
    }

    pub(crate) fn on(&mut self, today: &str) -> &mut Self {
        self.today = day(today);
        self
    }

    pub(crate) fn is(&mut self, subject: &str) -> &mut Self {
        self.actor = person(subject);
        self
    }

    pub(crate) fn asks(&mut self, command: &disposal::Command) -> Result<Vec<disposal::Event>, Refusal> {
        let decision = disposal::Rules::decide(&self.state, command, &self.context())?;
        for event in &decision.events {
            self.state = disposal::Rules::evolve(self.state.clone(), event);
        }
        Ok(decision.events)
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a sentence of a test ends in the command it gives away"
    )]
    pub(crate) fn does(&mut self, command: disposal::Command) -> &mut Self {
        if let Err(refusal) = self.asks(&command) {
            panic!("{command:?} on {} was refused: {:?}", self.today, refusal.explain());
        }
        self
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a sentence of a test ends in the command it gives away"
    )]
    pub(crate) fn refused(&self, command: disposal::Command) -> &'static str {
        match disposal::Rules::decide(&self.state, &command, &self.context()) {
            Ok(decision) => panic!("{command:?} on {} was allowed: {:?}", self.today, decision.events),
            Err(refusal) => refusal.explain().reason,
        }
    }

    pub(crate) fn stage(&self) -> &'static str {
        self.state.stage_name().as_str()
    }
}

pub(crate) fn receipt(record: u128, destroyed: bool, parts: u32) -> disposal::Receipt {
    disposal::Receipt {
        record: RecordId::new(Uuid::from_u128(record)),
        holder: Holder::Complaints,
        destroyed,
        parts,
        keys: parts,
        sealed_texts: 3,
        objects: 1,
        on: day("2026-02-01"),
        beyond_use_until: Some(day("2026-03-01")),
        entry: Uuid::from_u128(900 + record),
        telling: 0,
        accepted: false,
    }
}
