//! Who takes part in the tests: a department, a prime, a subcontractor, Jobcentre Plus, another prime; a contract, a procedure
//! and a participant, set up through the API as anyone would.

use std::sync::atomic::{AtomicU64, Ordering};

use complaints::Complaints;
use jiff::civil::Date;
use redress_chassis::{Member, Roles, auth::Identity};
use redress_proto::{
    complaints::v1::{
        self as proto, complaint_service_client::ComplaintServiceClient,
        document_service_client::DocumentServiceClient, participant_service_client::ParticipantServiceClient,
        procedure_service_client::ProcedureServiceClient,
    },
    options::v1::Role,
    supply_chain::v1::{self as chain, supply_chain_service_client::SupplyChainServiceClient},
    r#type::v1::CivilDate,
};
use redress_testkit::{Backend, Bearer, Refused, Suite, suite::Plan};
use tonic::{Response, Status, service::interceptor::InterceptedService, transport::Channel};
use uuid::Uuid;

/// A connection that calls as somebody.
pub(crate) type Caller = InterceptedService<Channel, Bearer>;

/// The suite and everyone in it.
pub(crate) struct Cast {
    pub(crate) suite: Suite,
    pub(crate) contract: String,
    pub(crate) participant: String,
    pub(crate) procedure: String,
}

/// Organisations, by the ids their tokens carry.
pub(crate) const DEPARTMENT: Uuid = Uuid::from_u128(0xd0);
pub(crate) const PRIME: Uuid = Uuid::from_u128(0xa1);
pub(crate) const SUBCONTRACTOR: Uuid = Uuid::from_u128(0xb2);
pub(crate) const JOBCENTRE: Uuid = Uuid::from_u128(0xc3);
pub(crate) const STRANGER: Uuid = Uuid::from_u128(0xe5);

/// The programme under which most tests run: JETS in Scotland, J0.
pub(crate) const JETS: &str = "jets-scotland";

impl Cast {
    /// The usual cast, on an engine, at a Monday morning in November 2026.
    pub(crate) async fn on(backend: Backend) -> Self {
        Self::of(Suite::of([Member::of::<Complaints>()]).on(backend).at("2026-11-16T09:00:00Z"), JETS).await
    }

    /// The usual cast, in a service that looks at once at what is due.
    pub(crate) async fn quick(backend: Backend) -> Self {
        let plan = Suite::of([Member::of::<Complaints>()]).on(backend).at("2026-11-16T09:00:00Z");
        Self::of(plan.with("complaints.look_every", "20ms"), JETS).await
    }

    /// The usual cast, on SQLite.
    pub(crate) async fn usual() -> Self {
        Self::on(Backend::Sqlite).await
    }

    /// The cast under another programme.
    pub(crate) async fn of(plan: Plan, programme: &str) -> Self {
        let suite = plan.start().await.expect("a suite");
        let mut cast =
            Self { suite, contract: String::new(), participant: String::new(), procedure: String::new() };
        cast.found(programme).await;
        cast
    }

    async fn found(&mut self, programme: &str) {
        let mut chain = self.chain(DEPARTMENT, &[Role::Commissioner]).await;
        for (id, name, kind) in [
            (DEPARTMENT, "Department", chain::OrganisationKind::Department),
            (PRIME, "Northern Skills", chain::OrganisationKind::Provider),
            (SUBCONTRACTOR, "Clyde Training", chain::OrganisationKind::Provider),
            (JOBCENTRE, "Jobcentre Plus", chain::OrganisationKind::JobcentrePlus),
            (STRANGER, "Other Prime", chain::OrganisationKind::Provider),
        ] {
            let request = chain::CreateOrganisationRequest {
                request_id: request_id(),
                organisation: Some(chain::Organisation {
                    display_name: name.to_owned(),
                    kind: kind.into(),
                    ..Default::default()
                }),
                organisation_id: id.to_string(),
            };
            chain.create_organisation(request).await.expect("an organisation");
        }
        let contract = chain::CreateContractRequest {
            request_id: request_id(),
            contract: Some(chain::Contract {
                reference: format!("{programme}-1"),
                programme: programme.to_owned(),
                holder: organisation(PRIME),
                commissioner: organisation(DEPARTMENT),
                jobcentre_plus: organisation(JOBCENTRE),
                effective_on: Some(day("2024-09-01")),
                ..Default::default()
            }),
        };
        self.contract = chain.create_contract(contract).await.expect("a contract").into_inner().name;
        let link = chain::AddSubcontractorRequest {
            request_id: request_id(),
            link: Some(chain::SupplyChainLink {
                contract: self.contract.clone(),
                parent: organisation(PRIME),
                subcontractor: organisation(SUBCONTRACTOR),
                effective_on: Some(day("2024-09-01")),
                ..Default::default()
            }),
        };
        chain.add_subcontractor(link).await.expect("a link");
        self.procedure = self.record_procedure().await;
        self.participant = self.record_participant("P-1", true).await;
    }

    async fn record_procedure(&self) -> String {
        let mut procedures =
            ProcedureServiceClient::new(self.caller(PRIME, &[Role::ComplaintsManager]).await);
        let limit = |amount, unit: proto::TimeUnit| Some(proto::Limit { amount, unit: unit.into() });
        let step = |id: &str, evidence_required| proto::ProcedureStep {
            id: id.to_owned(),
            title: format!("Step {id}"),
            evidence_required,
        };
        let stage = |title: &str, steps| proto::ProcedureStage {
            title: title.to_owned(),
            steps,
            response_limit: limit(10, proto::TimeUnit::WorkingDays),
            escalation_limit: limit(1, proto::TimeUnit::Months),
            silence_closes: true,
        };
        let procedure = proto::Procedure {
            contract: self.contract.clone(),
            organisation: organisation(PRIME),
            title: "Putting things right".to_owned(),
            effective_on: Some(day("2024-09-01")),
            acknowledgement_limit: limit(2, proto::TimeUnit::WorkingDays),
            stages: vec![
                stage("First look", vec![step("speak", false), step("look-into", true)]),
                stage("Fresh look", vec![step("review", false)]),
            ],
            ..Default::default()
        };
        let request = proto::CreateProcedureRequest { request_id: request_id(), procedure: Some(procedure) };
        procedures.create_procedure(request).await.expect("a procedure").into_inner().name
    }

    /// Records one more participant.
    pub(crate) async fn record_participant(&self, reference: &str, explained: bool) -> String {
        let mut participants =
            ParticipantServiceClient::new(self.caller(SUBCONTRACTOR, &[Role::Adviser]).await);
        let participant = proto::Participant {
            contract: self.contract.clone(),
            organisation: organisation(SUBCONTRACTOR),
            reference: reference.to_owned(),
            person: Some(proto::Person {
                full_name: "Ŵyn O'Brien".to_owned(),
                postal_address: "1 Mill Lane\nGlasgow\nG1 1AA".to_owned(),
                ..Default::default()
            }),
            ..Default::default()
        };
        let first_contact = explained.then(|| proto::FirstContact {
            explained_on: Some(day("2026-01-05")),
            channel: redress_proto::r#type::v1::Channel::InPerson.into(),
            agreement_evidence: proto::AgreementEvidence::Signature.into(),
            document: String::new(),
        });
        let request = proto::CreateParticipantRequest {
            request_id: request_id(),
            participant: Some(participant),
            first_contact,
        };
        participants.create_participant(request).await.expect("a participant").into_inner().name
    }

    /// A connection that calls as somebody of an organisation.
    pub(crate) async fn caller(&self, organisation: Uuid, roles: &[Role]) -> Caller {
        self.person(organisation, roles, "ann").await
    }

    /// A connection that calls as a certain person.
    pub(crate) async fn person(&self, organisation: Uuid, roles: &[Role], subject: &str) -> Caller {
        let identity = Identity {
            organisation,
            subject: subject.to_owned(),
            roles: roles.iter().copied().collect::<Roles>(),
            person: true,
        };
        self.suite.caller(&identity).await.expect("a connection")
    }

    /// The supply chain as somebody sees it.
    pub(crate) async fn chain(&self, organisation: Uuid, roles: &[Role]) -> SupplyChainServiceClient<Caller> {
        SupplyChainServiceClient::new(self.caller(organisation, roles).await)
    }

    /// Complaints as an officer of an organisation sees them.
    pub(crate) async fn officer(&self, organisation: Uuid) -> ComplaintServiceClient<Caller> {
        let roles = [Role::ComplaintsOfficer, Role::ComplaintsManager];
        ComplaintServiceClient::new(self.caller(organisation, &roles).await)
    }

    /// Stores a small text as evidence of a complaint, and returns its name.
    pub(crate) async fn upload(&self, complaint: &str) -> String {
        let bytes = b"A note of the call.".to_vec();
        let description = proto::DocumentDescription {
            request_id: request_id(),
            parent: complaint.to_owned(),
            file_name: "call.txt".to_owned(),
            media_type: "text/plain".to_owned(),
            size_bytes: i64::try_from(bytes.len()).expect("a small text"),
            sha256: String::new(),
            kind: proto::DocumentKind::Evidence.into(),
        };
        let pieces = [
            proto::upload_document_request::Piece::Description(description),
            proto::upload_document_request::Piece::Chunk(proto::DocumentChunk {
                offset: 0,
                data: bytes.into(),
            }),
        ];
        let stream =
            tokio_stream::iter(pieces.map(|piece| proto::UploadDocumentRequest { piece: Some(piece) }));
        let roles = [Role::ComplaintsOfficer, Role::ComplaintsManager];
        let mut documents = DocumentServiceClient::new(self.caller(PRIME, &roles).await);
        documents.upload_document(stream).await.expect("a document").into_inner().name
    }

    /// A complaint about the subcontractor, received on a day.
    pub(crate) fn complaint(&self, received_on: &str) -> proto::Complaint {
        proto::Complaint {
            participant: self.participant.clone(),
            contract: self.contract.clone(),
            respondents: vec![organisation(SUBCONTRACTOR)],
            received_on: Some(day(received_on)),
            channel: redress_proto::r#type::v1::Channel::Email.into(),
            subject: proto::Subject::Service.into(),
            statement: Some(proto::Statement {
                narrative: format!("Nobody called me back, {}.", NUMBER.fetch_add(1, Ordering::Relaxed)),
                desired_outcome: "An apology".to_owned(),
                representative: String::new(),
            }),
            persons_complained_about: vec!["bob".to_owned()],
            ..Default::default()
        }
    }

    /// Registers a complaint received on a day, by an officer of the prime.
    pub(crate) async fn register(&self, received_on: &str) -> proto::Complaint {
        let mut officer = self.officer(PRIME).await;
        let request = proto::RegisterComplaintRequest {
            request_id: request_id(),
            complaint: Some(self.complaint(received_on)),
        };
        officer.register_complaint(request).await.expect("a complaint").into_inner()
    }
}

static NUMBER: AtomicU64 = AtomicU64::new(1);

/// A request id that no other request of the test has.
pub(crate) fn request_id() -> String {
    Uuid::from_u128(u128::from(NUMBER.fetch_add(1, Ordering::Relaxed)) << 64).to_string()
}

/// The resource name of an organisation.
pub(crate) fn organisation(id: Uuid) -> String {
    format!("organisations/{id}")
}

/// A date on the wire.
pub(crate) fn day(text: &str) -> CivilDate {
    let date: Date = text.parse().expect("a date");
    CivilDate { year: date.year().into(), month: date.month().into(), day: date.day().into() }
}

/// A refusal, taken apart.
pub(crate) fn refused<T: std::fmt::Debug>(answer: Result<Response<T>, Status>) -> Refused {
    Refused::of(&answer.expect_err("a refusal"))
}
