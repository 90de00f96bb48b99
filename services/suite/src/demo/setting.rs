//! What must be there before anyone can complain: organisations, contracts, the chain, procedures, participants. What is there
//! from an earlier example is used again.

use redress_proto::{
    complaints::v1::{
        CreateParticipantRequest, CreateProcedureRequest, FirstContact, ListProceduresRequest, Participant,
        Person, Procedure, ProcedureReview, ReviewProcedureRequest,
        participant_service_client::ParticipantServiceClient,
        procedure_service_client::ProcedureServiceClient,
    },
    supply_chain::v1::{
        AddSubcontractorRequest, Contract, CreateContractRequest, CreateOrganisationRequest,
        GetContractRequest, Organisation, OrganisationKind, SupplyChainLink,
        supply_chain_service_client::SupplyChainServiceClient,
    },
    r#type::v1::Channel,
    r#type::v1::CivilDate,
};
use uuid::Uuid;

use super::{
    Example,
    cast::{DEPARTMENT, JOBCENTRE_PLUS, PRIME, STRANGER, SUBCONTRACTOR, name},
    fresh_id,
};
use crate::client::{Failure, resolve};

/// Records the organisations of the example.
pub(super) async fn organisations(example: &Example) -> Result<(), Failure> {
    let all = [
        (DEPARTMENT, "Department (example)", OrganisationKind::Department),
        (JOBCENTRE_PLUS, "Jobcentre Plus (example)", OrganisationKind::JobcentrePlus),
        (PRIME, "Clyde Futures (example)", OrganisationKind::Provider),
        (SUBCONTRACTOR, "Tay Skills (example)", OrganisationKind::Provider),
        (STRANGER, "Elsewhere Training (example)", OrganisationKind::Provider),
    ];
    for (id, display_name, kind) in all {
        let question = CreateOrganisationRequest {
            request_id: fresh_id(),
            organisation: Some(Organisation {
                display_name: display_name.to_owned(),
                kind: kind.into(),
                ..Organisation::default()
            }),
            organisation_id: id.to_string(),
        };
        let created = example
            .cast
            .commissioner
            .ask(question, async |stub, request| {
                SupplyChainServiceClient::new(stub).create_organisation(request).await
            })
            .await;
        unless_there(created)?;
    }
    Ok(())
}

/// Records a contract, or finds the one of an earlier example.
pub(super) async fn contract(
    example: &Example,
    reference: &str,
    programme: &str,
    effective_on: CivilDate,
) -> Result<Contract, Failure> {
    let link = &example.cast.commissioner;
    let question = CreateContractRequest {
        request_id: fresh_id(),
        contract: Some(Contract {
            reference: reference.to_owned(),
            programme: programme.to_owned(),
            holder: name(PRIME),
            commissioner: name(DEPARTMENT),
            jobcentre_plus: name(JOBCENTRE_PLUS),
            effective_on: Some(effective_on),
            ..Contract::default()
        }),
    };
    let created = link
        .ask(question, async |stub, request| {
            SupplyChainServiceClient::new(stub).create_contract(request).await
        })
        .await;
    if let Some(contract) = unless_there(created)? {
        return Ok(contract);
    }
    let name = resolve::contract(link, reference).await?;
    link.ask(GetContractRequest { name }, async |stub, request| {
        SupplyChainServiceClient::new(stub).get_contract(request).await
    })
    .await
}

/// Puts the subcontractor under the prime.
pub(super) async fn subcontractor(example: &Example, contract: &Contract) -> Result<(), Failure> {
    let question = AddSubcontractorRequest {
        request_id: fresh_id(),
        link: Some(SupplyChainLink {
            contract: contract.name.clone(),
            parent: name(PRIME),
            subcontractor: name(SUBCONTRACTOR),
            effective_on: contract.effective_on,
            ..SupplyChainLink::default()
        }),
    };
    let added = example
        .cast
        .manager
        .ask(question, async |stub, request| {
            SupplyChainServiceClient::new(stub).add_subcontractor(request).await
        })
        .await;
    unless_there(added).map(drop)
}

/// Tries to record a procedure of the prime.
pub(super) async fn procedure(
    example: &Example,
    contract: &Contract,
    written: Procedure,
) -> Result<Procedure, Failure> {
    let question = CreateProcedureRequest {
        request_id: fresh_id(),
        procedure: Some(Procedure {
            contract: contract.name.clone(),
            organisation: name(PRIME),
            effective_on: contract.effective_on,
            ..written
        }),
    };
    example
        .cast
        .manager
        .ask(question, async |stub, request| {
            ProcedureServiceClient::new(stub).create_procedure(request).await
        })
        .await
}

/// Whether the contract has a procedure from an earlier example.
pub(super) async fn has_procedure(example: &Example, contract: &Contract) -> Result<bool, Failure> {
    let question =
        ListProceduresRequest { contract: contract.name.clone(), page_size: 1, page_token: String::new() };
    let found = example
        .cast
        .manager
        .ask(question, async |stub, request| ProcedureServiceClient::new(stub).list_procedures(request).await)
        .await?;
    Ok(!found.procedures.is_empty())
}

/// Reviews a procedure against `documents`.
pub(super) async fn review(
    example: &Example,
    procedure: &Procedure,
    documents: &[&str],
) -> Result<Procedure, Failure> {
    let question = ReviewProcedureRequest {
        request_id: fresh_id(),
        name: procedure.name.clone(),
        review: Some(ProcedureReview {
            reviewed_on: Some(example.ago(40)),
            documents: documents.iter().map(|document| (*document).to_owned()).collect(),
            ..ProcedureReview::default()
        }),
    };
    example
        .cast
        .manager
        .ask(question, async |stub, request| {
            ProcedureServiceClient::new(stub).review_procedure(request).await
        })
        .await
}

/// Records a participant to whom the process was explained, dealt with by `organisation`.
pub(super) async fn participant(
    example: &Example,
    contract: &Contract,
    organisation: Uuid,
    full_name: &str,
    reference: &str,
) -> Result<Participant, Failure> {
    let link = if organisation == PRIME { &example.cast.officer } else { &example.cast.adviser };
    let question = CreateParticipantRequest {
        request_id: fresh_id(),
        participant: Some(Participant {
            contract: contract.name.clone(),
            organisation: name(organisation),
            reference: reference.to_owned(),
            person: Some(Person {
                full_name: full_name.to_owned(),
                postal_address: "1 Example Street\nExampletown\nEX1 1EX".to_owned(),
                ..Person::default()
            }),
            ..Participant::default()
        }),
        first_contact: Some(FirstContact {
            explained_on: Some(example.ago(60)),
            channel: Channel::InPerson.into(),
            ..FirstContact::default()
        }),
    };
    link.ask(question, async |stub, request| {
        ParticipantServiceClient::new(stub).create_participant(request).await
    })
    .await
}

/// What was made, or nothing where it is there from an earlier example.
fn unless_there<T>(made: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match made {
        Ok(made) => Ok(Some(made)),
        Err(Failure::Refused(problem)) if problem.code == tonic::Code::AlreadyExists => Ok(None),
        Err(failure) => Err(failure),
    }
}
