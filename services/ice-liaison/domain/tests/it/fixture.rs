//! A desk at which one examination is run, day by day.

use std::sync::LazyLock;

use ice_liaison_domain::{
    CaseRecord, ComplaintId, ContractId, DocumentId, ExaminationId, IceLetterId, LetterId, OrganisationId,
    PaperRef, ProcedureId, RecommendationId, Refusal,
    examination::{
        Command, Context, Element, Event, Facts, LetterKind, Move, NewLetter, NewRecommendation, NewReport,
        Outcome, RecommendationKind, Rules, State,
    },
    paper::{Included, Paper, Standing},
    record::{FinalResponse, Learned, Registered, StepDone, StepRef},
};
use jiff::civil::Date;
use redress_kernel::{Decider as _, Digest, Refusal as _};
use redress_policy::{Calendars, Division, Library, Pack, PackRef};
use uuid::Uuid;

pub(crate) const PRIME: OrganisationId = OrganisationId::new(Uuid::from_u128(1));
pub(crate) const SUB: OrganisationId = OrganisationId::new(Uuid::from_u128(2));
pub(crate) const CONTRACT: ContractId = ContractId::new(Uuid::from_u128(10));
pub(crate) const COMPLAINT: ComplaintId = ComplaintId::new(Uuid::from_u128(20));
pub(crate) const EXAMINATION: ExaminationId = ExaminationId::new(Uuid::from_u128(30));
pub(crate) const PROCEDURE: ProcedureId = ProcedureId::new(Uuid::from_u128(40));
pub(crate) const DOCUMENT: PaperRef = PaperRef::Document(DocumentId::new(Uuid::from_u128(50)));
pub(crate) const RESPONSE: PaperRef = PaperRef::Letter(LetterId::new(Uuid::from_u128(61)));

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

pub(crate) fn digest(of: char) -> Digest {
    Digest::parse(&of.to_string().repeat(64)).unwrap()
}

pub(crate) fn letter_id(number: u128) -> IceLetterId {
    IceLetterId::new(Uuid::from_u128(700 + number))
}

pub(crate) fn recommendation_id(number: u128) -> RecommendationId {
    RecommendationId::new(Uuid::from_u128(800 + number))
}

pub(crate) fn step(stage_number: u8, id: &str) -> StepRef {
    StepRef { stage_number, id: id.to_owned() }
}

/// A complaint received on a day under `pack`, with two steps and nothing done.
pub(crate) fn registered(pack: &Pack, received_on: &str) -> CaseRecord {
    let received_on = day(received_on);
    CaseRecord::from(Registered {
        complaint: COMPLAINT,
        contract: CONTRACT,
        programme: pack.programme.clone(),
        organisation: SUB,
        pack: pack.reference.clone(),
        division: Division::Scotland,
        received_on,
        registered_on: received_on,
        procedure: PROCEDURE,
        steps: vec![step(1, "call"), step(2, "senior-review")],
    })
}

/// The same with every step done and a final response of `issued_on`.
pub(crate) fn answered(pack: &Pack, received_on: &str, issued_on: &str, by_post: bool) -> CaseRecord {
    let mut record = registered(pack, received_on);
    let on = day(issued_on);
    for step in record.steps.clone() {
        record.learn(Learned::Step(StepDone { step, on, run: 1 }));
    }
    record.learn(Learned::Document(Paper {
        paper: DOCUMENT,
        digest: digest('d'),
        on,
        standing: Standing::OnFile,
    }));
    record.learn(response(1, issued_on, by_post));
    record
}

pub(crate) fn response(run: u8, issued_on: &str, by_post: bool) -> Learned {
    Learned::FinalResponse(FinalResponse {
        letter: LetterId::new(Uuid::from_u128(60 + u128::from(run))),
        run,
        issued_on: day(issued_on),
        recorded_on: day(issued_on),
        by_post,
        digest: digest('e'),
    })
}

/// An examination on somebody's desk.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) pack: &'static Pack,
    pub(crate) record: CaseRecord,
    pub(crate) live: Option<ExaminationId>,
    pub(crate) procedures: Vec<ProcedureId>,
    pub(crate) today: Date,
    pub(crate) state: State,
    pub(crate) events: Vec<Event>,
}

impl Desk {
    pub(crate) fn of(pack: &'static Pack, record: CaseRecord) -> Self {
        let today = record.received_on;
        let procedures = vec![PROCEDURE];
        Self { pack, record, live: None, procedures, today, state: Rules::initial(), events: Vec::new() }
    }

    /// A JETS complaint of 2 January 2024, answered finally on 1 February, with nothing at ICE yet.
    pub(crate) fn answered() -> Self {
        Self::of(jets(), answered(jets(), "2024-01-02", "2024-02-01", false)).on("2024-03-04")
    }

    /// The same under another pack.
    pub(crate) fn answered_under(pack: &'static Pack) -> Self {
        Self::of(pack, answered(pack, "2024-01-02", "2024-02-01", false)).on("2024-03-04")
    }

    /// Opened on 4 March 2024.
    pub(crate) fn referred() -> Self {
        Self::answered().opened()
    }

    pub(crate) fn opened(mut self) -> Self {
        self.does(open(self.today, false));
        self
    }

    /// Asked whether every step was done.
    pub(crate) fn at_gateway() -> Self {
        let mut desk = Self::referred();
        desk.does(letter(1, LetterKind::ProcessCheck, desk.today, None));
        desk
    }

    /// Taken by ICE.
    pub(crate) fn accepted() -> Self {
        Self::at_gateway().accept()
    }

    pub(crate) fn accept(mut self) -> Self {
        self.does(accept(self.today, false));
        self
    }

    /// Being brokered.
    pub(crate) fn resolution() -> Self {
        Self::accepted().moves(&[Move::BeginResolution])
    }

    /// Called for papers.
    pub(crate) fn evidence_requested() -> Self {
        Self::resolution().moves(&[Move::RequestEvidence])
    }

    /// Waiting for an investigator.
    pub(crate) fn awaiting() -> Self {
        Self::evidence_requested().sends_all()
    }

    /// With an investigator.
    pub(crate) fn settlement() -> Self {
        Self::awaiting().moves(&[Move::Allocate])
    }

    /// Being investigated.
    pub(crate) fn investigation() -> Self {
        Self::settlement().moves(&[Move::BeginInvestigation])
    }

    /// Being investigated under another pack.
    pub(crate) fn investigation_under(pack: &'static Pack) -> Self {
        Self::answered_under(pack)
            .opened()
            .accept()
            .moves(&[Move::BeginResolution, Move::RequestEvidence])
            .sends_all()
            .moves(&[Move::Allocate, Move::BeginInvestigation])
    }

    /// Reported on.
    pub(crate) fn reported(outcome: Outcome, recommendations: u128) -> Self {
        let mut desk = Self::investigation();
        desk.does(report(desk.today, outcome, recommendations));
        desk
    }

    pub(crate) fn moves(mut self, moves: &[Move]) -> Self {
        for to in moves {
            self.does(advance(*to, self.today, false));
        }
        self
    }

    pub(crate) fn sends_all(mut self) -> Self {
        self.does(send_all(self.today));
        self
    }

    pub(crate) fn on(mut self, today: &str) -> Self {
        self.today = day(today);
        self
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            today: self.today,
            pack: self.pack,
            calendars: calendars(),
            facts: Facts {
                record: Some(&self.record),
                holder: Some(PRIME),
                tier: 2,
                live: self.live,
                procedures: &self.procedures,
            },
        }
    }

    /// Asks, and goes on where it is allowed.
    pub(crate) fn asks(&mut self, command: &Command) -> Result<Vec<Event>, Refusal> {
        let decision = Rules::decide(&self.state, command, &self.context())?;
        self.state = decision.events.iter().fold(self.state.clone(), Rules::evolve);
        self.events.extend(decision.events.iter().cloned());
        Ok(decision.events)
    }

    /// Asks for what must be allowed.
    #[expect(clippy::needless_pass_by_value, reason = "a command is made where it is asked")]
    pub(crate) fn does(&mut self, command: Command) -> &mut Self {
        if let Err(refusal) = self.asks(&command) {
            panic!("{command:?} in {}: {refusal} {:?}", self.stage(), refusal.explain());
        }
        self
    }

    /// The reason for which `command` is refused.
    pub(crate) fn refuses(&self, command: &Command) -> &'static str {
        Rules::decide(&self.state, command, &self.context()).unwrap_err().explain().reason
    }

    /// The field and reason of each violation.
    pub(crate) fn violations(&self, command: &Command) -> Vec<(String, &'static str)> {
        let explanation = Rules::decide(&self.state, command, &self.context()).unwrap_err().explain();
        explanation.violations.into_iter().map(|violation| (violation.field, violation.reason)).collect()
    }

    /// The short citations of what would be decided.
    pub(crate) fn cites(&self, command: &Command) -> Vec<String> {
        let decision = Rules::decide(&self.state, command, &self.context()).unwrap();
        decision.because.iter().map(redress_kernel::Citation::short).collect()
    }

    pub(crate) fn stage(&self) -> &'static str {
        self.state.stage_name().as_str()
    }
}

pub(crate) fn open(on: Date, after_noon: bool) -> Command {
    Command::Open { id: EXAMINATION, complaint: COMPLAINT, referred_on: on, after_noon, notified_on: on }
}

pub(crate) fn letter(number: u128, kind: LetterKind, received_on: Date, stated: Option<&str>) -> Command {
    Command::RecordLetter(NewLetter {
        id: letter_id(number),
        kind,
        received_on,
        stated_on: stated.map(day),
        wants_answer: true,
    })
}

pub(crate) fn answer(number: u128, answered_on: Date) -> Command {
    Command::AnswerLetter { letter: letter_id(number), answered_on, after_noon: false }
}

pub(crate) fn accept(accepted_on: Date, discretion: bool) -> Command {
    Command::Accept { accepted_on, discretion, reasoned: discretion }
}

pub(crate) fn advance(to: Move, on: Date, reasoned: bool) -> Command {
    Command::Advance { to, on, reasoned }
}

pub(crate) fn send_all(sent_on: Date) -> Command {
    let included = [DOCUMENT, RESPONSE].map(|paper| Included { paper, digest: None }).to_vec();
    Command::SendEvidence { sent_on, after_noon: false, included, withheld: Vec::new() }
}

pub(crate) fn agree(on: Date) -> Command {
    Command::Agree { person_agreed_on: Some(on), provider_agreed_on: Some(on) }
}

pub(crate) fn report(decided_on: Date, outcome: Outcome, recommendations: u128) -> Command {
    let elements = match outcome {
        Outcome::PartiallyUpheld => {
            vec![
                Element { number: 1, outcome: Outcome::Upheld },
                Element { number: 2, outcome: Outcome::NotUpheld },
            ]
        }
        Outcome::Upheld | Outcome::NotUpheld => vec![Element { number: 1, outcome }],
    };
    let recommended = (1..=recommendations).map(|number| NewRecommendation {
        id: recommendation_id(number),
        kind: if number == 1 { RecommendationKind::Systemic } else { RecommendationKind::Case },
        owner: None,
        due_on: None,
    });
    Command::IssueReport(NewReport {
        decided_on,
        outcome,
        elements,
        digest: Some(digest('f')),
        recommendations: recommended.collect(),
    })
}

pub(crate) fn complete(number: u128, completed_on: Date) -> Command {
    Command::CompleteRecommendation {
        recommendation: recommendation_id(number),
        completed_on,
        evidence: vec![DOCUMENT],
        procedure: None,
    }
}

pub(crate) fn revisit(requested_on: Date) -> Command {
    Command::RequestRevisit { steps: vec![step(1, "call")], requested_on, due_on: None }
}
