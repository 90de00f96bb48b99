//! Who takes part: a department, a prime and its people, a stranger; a contract that ends in 2022, so that what arises under it is
//! due in 2028, within the calendars; both services in one process, with a clock that the test moves.

mod laid_by;

use std::sync::atomic::{AtomicU64, Ordering};

use ::complaints::Complaints;
use ice_liaison::IceLiaison;
use jiff::{SignedDuration, civil::Date};
use records_retention::RecordsRetention;
use redress_chassis::{Member, Roles, auth::Identity};
use redress_proto::{
    complaints::v1::{
        self as complaints, complaint_service_client::ComplaintServiceClient,
        document_service_client::DocumentServiceClient, participant_service_client::ParticipantServiceClient,
        procedure_service_client::ProcedureServiceClient,
    },
    options::v1::Role,
    records_retention::v1::{
        self as proto, disposal_service_client::DisposalServiceClient,
        record_service_client::RecordServiceClient,
    },
    supply_chain::v1::{self as chain, supply_chain_service_client::SupplyChainServiceClient},
    r#type::v1::{Channel, CivilDate},
};
use redress_testkit::{Backend, Bearer, Refused, Suite, suite::Plan, wait};
use tonic::{Response, Status, service::interceptor::InterceptedService, transport};
use uuid::Uuid;

pub(crate) use laid_by::{content, part, pieces};

/// A connection that calls as somebody.
pub(crate) type Caller = InterceptedService<transport::Channel, Bearer>;

pub(crate) const DEPARTMENT: Uuid = Uuid::from_u128(0xd0);
pub(crate) const PRIME: Uuid = Uuid::from_u128(0xa1);
pub(crate) const STRANGER: Uuid = Uuid::from_u128(0xe5);

/// A day on which everything that arose under the contract is due, and the calendars still reach.
pub(crate) const DUE: &str = "2028-07-03T09:00:00Z";

/// The suite and everyone in it.
pub(crate) struct Cast {
    pub(crate) suite: Suite,
    pub(crate) contract: String,
    pub(crate) participant: String,
}

impl Cast {
    /// Both services on SQLite, on a morning in March 2022.
    pub(crate) async fn usual() -> Self {
        Self::on(Backend::Sqlite).await
    }

    /// The same on this database.
    pub(crate) async fn on(backend: Backend) -> Self {
        Self::of(Self::plan().on(backend)).await
    }

    /// How they run, unless a test has them run otherwise.
    pub(crate) fn plan() -> Plan {
        let members =
            [Member::of::<Complaints>(), Member::of::<IceLiaison>(), Member::of::<RecordsRetention>()];
        let plan = Suite::of(members).at("2022-03-07T09:00:00Z");
        // Days pass at once here.
        let plan = plan.with("records_retention.largest_jump", "87600h");
        plan.with("records_retention.look_every", "20ms").with("complaints.look_every", "1h")
    }

    /// They run by this plan.
    pub(crate) async fn of(plan: Plan) -> Self {
        let suite = plan.start().await.expect("a suite");
        let mut cast = Self { suite, contract: String::new(), participant: String::new() };
        cast.found().await;
        cast
    }

    async fn found(&mut self) {
        let mut chain = self.chain().await;
        for (id, name, kind) in [
            (DEPARTMENT, "Department", chain::OrganisationKind::Department),
            (PRIME, "Northern Skills", chain::OrganisationKind::Provider),
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
        // From March to June 2022.
        let contract = chain::CreateContractRequest {
            request_id: request_id(),
            contract: Some(chain::Contract {
                reference: "C-1".to_owned(),
                programme: "jets-scotland".to_owned(),
                holder: organisation(PRIME),
                commissioner: organisation(DEPARTMENT),
                effective_on: Some(day("2022-03-01")),
                end_on: Some(day("2022-06-30")),
                ..Default::default()
            }),
        };
        self.contract = chain.create_contract(contract).await.expect("a contract").into_inner().name;
        let step = complaints::ProcedureStep {
            id: "look".to_owned(),
            title: "Look into it".to_owned(),
            evidence_required: false,
        };
        let limit =
            |amount| Some(complaints::Limit { amount, unit: complaints::TimeUnit::WorkingDays.into() });
        let procedure = complaints::Procedure {
            contract: self.contract.clone(),
            organisation: organisation(PRIME),
            title: "Putting things right".to_owned(),
            effective_on: Some(day("2022-03-01")),
            stages: vec![complaints::ProcedureStage {
                title: "Look".to_owned(),
                steps: vec![step],
                response_limit: limit(10),
                ..Default::default()
            }],
            acknowledgement_limit: limit(2),
            ..Default::default()
        };
        let request =
            complaints::CreateProcedureRequest { request_id: request_id(), procedure: Some(procedure) };
        let mut procedures =
            ProcedureServiceClient::new(self.caller(PRIME, Role::ComplaintsManager, "ann").await);
        procedures.create_procedure(request).await.expect("a procedure");
        self.participant = self.participant("P-1", "Ŵyn O'Brien").await;
        // The service learns of the contract a moment after the other has it.
        self.record_of(&self.participant).await;
    }

    /// The supply chain as the department sees it.
    pub(crate) async fn chain(&self) -> SupplyChainServiceClient<Caller> {
        SupplyChainServiceClient::new(self.caller(DEPARTMENT, Role::Commissioner, "dora").await)
    }

    /// Records a participant of the prime.
    pub(crate) async fn participant(&self, reference: &str, full_name: &str) -> String {
        let participant = complaints::Participant {
            contract: self.contract.clone(),
            organisation: organisation(PRIME),
            reference: reference.to_owned(),
            person: Some(complaints::Person {
                full_name: full_name.to_owned(),
                postal_address: format!("1 Mill Lane\n{full_name}"),
                ..Default::default()
            }),
            ..Default::default()
        };
        let request = complaints::CreateParticipantRequest {
            request_id: request_id(),
            participant: Some(participant),
            first_contact: None,
        };
        self.participants().await.create_participant(request).await.expect("a participant").into_inner().name
    }

    /// Registers a complaint of the participant in these words.
    pub(crate) async fn complaint(&self, narrative: &str) -> String {
        self.try_complaint(&self.participant, narrative).await.expect("a complaint")
    }

    /// The same of anybody, who may not be there any more.
    pub(crate) async fn try_complaint(&self, participant: &str, narrative: &str) -> Result<String, Status> {
        let complaint = complaints::Complaint {
            participant: participant.to_owned(),
            contract: self.contract.clone(),
            respondents: vec![organisation(PRIME)],
            received_on: Some(day("2022-03-07")),
            channel: Channel::Email.into(),
            subject: complaints::Subject::Service.into(),
            statement: Some(complaints::Statement {
                narrative: narrative.to_owned(),
                desired_outcome: format!("An apology for {narrative}"),
                representative: String::new(),
            }),
            ..Default::default()
        };
        let request =
            complaints::RegisterComplaintRequest { request_id: request_id(), complaint: Some(complaint) };
        Ok(self.officer().await.register_complaint(request).await?.into_inner().name)
    }

    /// Participants as somebody sees them who deals with them.
    pub(crate) async fn participants(&self) -> ParticipantServiceClient<Caller> {
        ParticipantServiceClient::new(self.caller(PRIME, Role::Adviser, "ann").await)
    }

    /// The person withdraws a complaint.
    pub(crate) async fn withdraw(&self, complaint: &str) {
        let request = complaints::WithdrawComplaintRequest {
            request_id: request_id(),
            name: complaint.to_owned(),
            withdrawn_by: complaints::WithdrawnBy::Participant.into(),
            withdrawn_on: Some(day("2022-03-07")),
            channel: Channel::Telephone.into(),
            ..Default::default()
        };
        self.officer().await.withdraw_complaint(request).await.expect("a withdrawal");
    }

    /// Complaints as an officer of the prime works them.
    pub(crate) async fn officer(&self) -> ComplaintServiceClient<Caller> {
        ComplaintServiceClient::new(self.caller(PRIME, Role::ComplaintsManager, "ann").await)
    }

    /// Documents as an officer of the prime sees them.
    pub(crate) async fn documents(&self) -> DocumentServiceClient<Caller> {
        DocumentServiceClient::new(self.caller(PRIME, Role::ComplaintsManager, "ann").await)
    }

    /// Records as a records officer of the prime sees them.
    pub(crate) async fn records(&self) -> RecordServiceClient<Caller> {
        self.records_as(PRIME, Role::RecordsOfficer, "rita").await
    }

    /// Records as somebody sees them.
    pub(crate) async fn records_as(
        &self,
        organisation: Uuid,
        role: Role,
        subject: &str,
    ) -> RecordServiceClient<Caller> {
        RecordServiceClient::new(self.caller(organisation, role, subject).await)
    }

    /// Disposals as a records officer of the prime sees them.
    pub(crate) async fn disposals(&self, subject: &str) -> DisposalServiceClient<Caller> {
        DisposalServiceClient::new(self.caller(PRIME, Role::RecordsOfficer, subject).await)
    }

    /// A connection that calls as a person.
    pub(crate) async fn caller(&self, organisation: Uuid, role: Role, subject: &str) -> Caller {
        let roles: Roles = [role].into_iter().collect();
        let identity = Identity { organisation, subject: subject.to_owned(), roles, person: true };
        self.suite.caller(&identity).await.expect("a connection")
    }

    /// The record of a subject that another service holds, once it is there.
    pub(crate) async fn record_of(&self, subject: &str) -> proto::Record {
        let find = || async {
            let request = proto::ListRecordsRequest { page_size: 200, ..Default::default() };
            let records = self.records().await.list_records(request).await.unwrap().into_inner().records;
            records.into_iter().find(|record| record.parts.iter().any(|part| part.subject == subject))
        };
        wait::until_async("the record", || async { find().await.is_some() }).await;
        find().await.unwrap()
    }

    /// One record as it is now.
    pub(crate) async fn get(&self, name: &str) -> proto::Record {
        let request = proto::GetRecordRequest { name: name.to_owned() };
        self.records().await.get_record(request).await.unwrap().into_inner()
    }

    /// Waits until nothing holds a record.
    pub(crate) async fn freed(&self, name: &str) {
        wait::until_async("the hold to end", || async { !self.get(name).await.held }).await;
    }

    /// Moves to the day on which everything is due, and has a person confirm it.
    pub(crate) async fn fall_due(&self) {
        self.suite.clock.move_to(DUE.parse().unwrap());
        self.confirm_date().await;
    }

    /// The clock jumped, the service noticed, and a person confirms the date.
    pub(crate) async fn confirm_date(&self) {
        wait::until_async("the service to doubt the date", || async { self.control().await.clock_in_doubt })
            .await;
        let request = proto::ConfirmDateRequest { request_id: request_id() };
        self.disposals("rita").await.confirm_date(request).await.unwrap();
    }

    /// Days pass, not so many that anyone doubts them.
    pub(crate) fn pass(&self, days: i64) {
        self.suite.clock.move_by(SignedDuration::from_hours(days * 24));
    }

    /// How the prime's switch stands.
    pub(crate) async fn control(&self) -> proto::DisposalControl {
        let request = proto::GetDisposalControlRequest {};
        self.disposals("rita").await.get_disposal_control(request).await.unwrap().into_inner()
    }

    /// Rita proposes to destroy records.
    pub(crate) async fn propose(&self, records: &[&str]) -> Result<proto::Disposal, Status> {
        self.propose_to(proto::DisposalMethod::Unspecified, records).await
    }

    /// Rita proposes that records end in this way.
    pub(crate) async fn propose_to(
        &self,
        method: proto::DisposalMethod,
        records: &[&str],
    ) -> Result<proto::Disposal, Status> {
        let request = proto::ProposeDisposalRequest {
            request_id: request_id(),
            records: records.iter().map(ToString::to_string).collect(),
            method: method.into(),
        };
        self.disposals("rita").await.propose_disposal(request).await.map(Response::into_inner)
    }

    /// Somebody approves.
    pub(crate) async fn approve(
        &self,
        disposal: &proto::Disposal,
        subject: &str,
    ) -> Result<proto::Disposal, Status> {
        let request = proto::ApproveDisposalRequest {
            request_id: request_id(),
            name: disposal.name.clone(),
            digest: disposal.digest.clone(),
        };
        self.disposals(subject).await.approve_disposal(request).await.map(Response::into_inner)
    }

    /// A disposal as it is now.
    pub(crate) async fn disposal(&self, name: &str) -> proto::Disposal {
        let request = proto::GetDisposalRequest { name: name.to_owned() };
        self.disposals("rita").await.get_disposal(request).await.unwrap().into_inner()
    }

    /// Waits until a disposal stands where it should.
    pub(crate) async fn stands(&self, name: &str, stage: proto::DisposalStage) {
        wait::until_async(stage.as_str_name(), || async { self.disposal(name).await.stage() == stage }).await;
    }

    /// Proposed by Rita, approved by Omar, on the day that everything is due; and past the last day of the veto.
    pub(crate) async fn dispose(&self, records: &[&str]) -> proto::Disposal {
        let proposed = self.propose(records).await.unwrap();
        let approved = self.approve(&proposed, "omar").await.unwrap();
        assert_eq!(approved.stage(), proto::DisposalStage::Approved);
        self.pass(3);
        self.stands(&proposed.name, proto::DisposalStage::Certified).await;
        self.disposal(&proposed.name).await
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

/// A hold that a person places.
pub(crate) fn hold(name: &str, authority: &str) -> proto::PlaceHoldRequest {
    proto::PlaceHoldRequest {
        request_id: request_id(),
        name: name.to_owned(),
        reason: proto::HoldReason::LegalClaim.into(),
        authority: authority.to_owned(),
        review_on: Some(day("2029-01-01")),
    }
}

/// Its release.
pub(crate) fn release(name: &str, hold: &str) -> proto::ReleaseHoldRequest {
    proto::ReleaseHoldRequest {
        request_id: request_id(),
        name: name.to_owned(),
        hold: hold.to_owned(),
        etag: String::new(),
    }
}

/// The reason of a refusal.
pub(crate) fn refused<T: std::fmt::Debug>(answer: Result<T, Status>) -> String {
    Refused::of(&answer.expect_err("a refusal")).reason
}
