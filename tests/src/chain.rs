//! A small supply chain to work in, set up over the wire as its people would do it: a department, a prime with two
//! subcontractors, a rival prime with a contract of its own, and Jobcentre Plus.

mod papers;
mod people;

use anyhow::Context as _;
use jiff::{ToSpan as _, civil::Date};
use redress_proto::{
    complaints::v1::{
        CreateParticipantRequest, CreateProcedureRequest, RegisterComplaintRequest,
        complaint_service_client::ComplaintServiceClient,
        participant_service_client::ParticipantServiceClient,
        procedure_service_client::ProcedureServiceClient,
    },
    options::v1::Role,
    supply_chain::v1::{
        AddSubcontractorRequest, CreateContractRequest, CreateOrganisationRequest, OrganisationKind,
        SupplyChainLink, supply_chain_service_client::SupplyChainServiceClient,
    },
};
use tonic::{Request, metadata::MetadataValue, transport::Channel};
use uuid::Uuid;

pub use papers::{civil, complaint, participant, procedure};
pub use people::{Member, People};

use crate::{identity::Issuer, seed::Seed};

/// Which guidance the contract of a chain is under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Programme {
    /// As the packs call it.
    pub slug: &'static str,
    /// First day of the contract, which chooses the pack.
    pub effective_on: Date,
}

/// JETS in Scotland: eight weeks and six months, no draft approval.
pub const JETS: Programme = Programme { slug: "jets-scotland", effective_on: jiff::civil::date(2022, 6, 1) };

/// Access to Work, holistic assessments, contracts of 2023 and later: formal replies wait for the department's approval.
pub const ACCESS_TO_WORK: Programme =
    Programme { slug: "access-to-work-holistic-assessments", effective_on: jiff::civil::date(2023, 6, 5) };

/// Access to Work, holistic assessments, contracts before June 2023: changes wait for the Performance Manager (A0 7.09).
pub const ACCESS_TO_WORK_OLD: Programme =
    Programme { slug: "access-to-work-holistic-assessments", effective_on: jiff::civil::date(2022, 6, 1) };

/// A chain that has been set up.
#[derive(Clone, Debug)]
pub struct Chain {
    /// Who works in it.
    pub people: People,
    /// `contracts/{uuid}` of the prime.
    pub contract: String,
    /// `contracts/{uuid}` of the rival.
    pub rival_contract: String,
    /// `procedures/{uuid}` of the prime.
    pub procedure: String,
    /// `participants/{uuid}` under the prime's contract.
    pub participant: String,
    /// `participants/{uuid}` whom the subcontractor deals with.
    pub sub_participant: String,
    /// `participants/{uuid}` under the rival's contract.
    pub rival_participant: String,
}

impl Programme {
    /// First day on which complaints are worked by the procedures of a chain: a month into the contract.
    pub fn procedures_from(self) -> Date {
        self.effective_on.checked_add(1.month()).unwrap_or(self.effective_on)
    }
}

/// A request with its bearer.
pub fn bearing<T>(token: &str, message: T) -> anyhow::Result<Request<T>> {
    let mut request = Request::new(message);
    let value: MetadataValue<_> = format!("Bearer {token}").parse().context("token")?;
    request.metadata_mut().insert("authorization", value);
    Ok(request)
}

impl Chain {
    /// Sets a chain up under `programme`, with complaints received up to `today`.
    pub async fn set_up(
        channel: &Channel,
        issuer: &Issuer,
        programme: Programme,
        seed: &mut Seed,
    ) -> anyhow::Result<Self> {
        let people = People::draw(issuer, seed);
        organisations(channel, &people, seed).await?;
        let contract = contract(channel, &people, people.prime, programme, seed).await.context("contract")?;
        let rival_contract = self::contract(channel, &people, people.rival, programme, seed)
            .await
            .context("rival's contract")?;
        for (parent, below) in [(people.prime, people.sub), (people.prime, people.sibling)] {
            link(channel, &people, &contract, (parent, below), programme, seed).await.context("link")?;
        }
        let manager = people.token(Member::Prime, Role::ComplaintsManager)?;
        let rival = people.token(Member::Rival, Role::ComplaintsManager)?;
        let adopted =
            adopt(channel, &manager, procedure(&contract, people.prime, programme.procedures_from()), seed)
                .await?;
        adopt(channel, &rival, procedure(&rival_contract, people.rival, programme.procedures_from()), seed)
            .await?;
        let first = programme.procedures_from();
        let enrolled =
            enrol(channel, &manager, participant(&contract, people.prime, "P-1"), first, seed).await?;
        let sub_participant =
            enrol(channel, &manager, participant(&contract, people.sub, "P-2"), first, seed).await?;
        let rival_participant =
            enrol(channel, &rival, participant(&rival_contract, people.rival, "P-1"), first, seed).await?;
        Ok(Self {
            people,
            contract,
            rival_contract,
            procedure: adopted,
            participant: enrolled,
            sub_participant,
            rival_participant,
        })
    }

    /// Registers a complaint of the participant, received on a day, and returns its name.
    pub async fn register(
        &self,
        channel: &Channel,
        received_on: Date,
        seed: &mut Seed,
    ) -> anyhow::Result<String> {
        let token = self.people.token(Member::Prime, Role::ComplaintsOfficer)?;
        let request = self.registration(received_on, seed);
        let answer = ComplaintServiceClient::new(channel.clone())
            .register_complaint(bearing(&token, request)?)
            .await?;
        Ok(answer.into_inner().name)
    }

    /// The request to register a complaint that no other is equal to.
    pub fn registration(&self, received_on: Date, seed: &mut Seed) -> RegisterComplaintRequest {
        // Letters alone: among digits there would be a National Insurance number one day.
        let number = seed.number();
        let letters: String = (0..12)
            .map(|place| char::from(b'A' + u8::try_from((number >> (place * 5)) % 16).unwrap_or(0)))
            .collect();
        let reference = format!("CRM-{letters}");
        let complaint =
            complaint(&self.participant, &self.contract, self.people.prime, &reference, received_on);
        RegisterComplaintRequest { request_id: seed.request_id(), complaint: Some(complaint) }
    }
}

async fn organisations(channel: &Channel, people: &People, seed: &mut Seed) -> anyhow::Result<()> {
    let commissioner = people.token(Member::Department, Role::Commissioner)?;
    let manager = people.token(Member::Prime, Role::ComplaintsManager)?;
    let all = [
        (people.department, "Department", OrganisationKind::Department, &commissioner),
        (people.jobcentre_plus, "Jobcentre Plus", OrganisationKind::JobcentrePlus, &commissioner),
        (people.prime, "Prime Provider", OrganisationKind::Provider, &commissioner),
        (people.rival, "Rival Provider", OrganisationKind::Provider, &commissioner),
        (people.sub, "Subcontractor", OrganisationKind::Provider, &manager),
        (people.sibling, "Other Subcontractor", OrganisationKind::Provider, &manager),
    ];
    let mut client = SupplyChainServiceClient::new(channel.clone());
    for (id, name, kind, token) in all {
        let request = CreateOrganisationRequest {
            request_id: seed.request_id(),
            organisation: Some(papers::organisation(name, kind)),
            organisation_id: id.to_string(),
        };
        client.create_organisation(bearing(token, request)?).await.context(name)?;
    }
    Ok(())
}

async fn contract(
    channel: &Channel,
    people: &People,
    holder: Uuid,
    programme: Programme,
    seed: &mut Seed,
) -> anyhow::Result<String> {
    let token = people.token(Member::Department, Role::Commissioner)?;
    let contract = papers::contract(people, holder, programme, &format!("K-{}", seed.number() % 10_000));
    let request = CreateContractRequest { request_id: seed.request_id(), contract: Some(contract) };
    let answer =
        SupplyChainServiceClient::new(channel.clone()).create_contract(bearing(&token, request)?).await?;
    Ok(answer.into_inner().name)
}

async fn link(
    channel: &Channel,
    people: &People,
    contract: &str,
    (parent, below): (Uuid, Uuid),
    programme: Programme,
    seed: &mut Seed,
) -> anyhow::Result<()> {
    let token = people.token(Member::Prime, Role::ComplaintsManager)?;
    let link = SupplyChainLink {
        contract: contract.to_owned(),
        parent: format!("organisations/{parent}"),
        subcontractor: format!("organisations/{below}"),
        effective_on: Some(civil(programme.effective_on)),
        ..SupplyChainLink::default()
    };
    let request = AddSubcontractorRequest { request_id: seed.request_id(), link: Some(link) };
    SupplyChainServiceClient::new(channel.clone()).add_subcontractor(bearing(&token, request)?).await?;
    Ok(())
}

async fn adopt(
    channel: &Channel,
    token: &str,
    procedure: redress_proto::complaints::v1::Procedure,
    seed: &mut Seed,
) -> anyhow::Result<String> {
    let request = CreateProcedureRequest { request_id: seed.request_id(), procedure: Some(procedure) };
    let answer =
        ProcedureServiceClient::new(channel.clone()).create_procedure(bearing(token, request)?).await;
    Ok(answer.context("procedure")?.into_inner().name)
}

async fn enrol(
    channel: &Channel,
    token: &str,
    participant: redress_proto::complaints::v1::Participant,
    explained_on: Date,
    seed: &mut Seed,
) -> anyhow::Result<String> {
    let request = CreateParticipantRequest {
        request_id: seed.request_id(),
        participant: Some(participant),
        first_contact: Some(papers::first_contact(explained_on)),
    };
    let answer =
        ParticipantServiceClient::new(channel.clone()).create_participant(bearing(token, request)?).await;
    Ok(answer.context("participant")?.into_inner().name)
}
