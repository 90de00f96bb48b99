//! A contract from before June 2023, under A0, which asks for what the packs after it are silent on: approval of changes (7.09)
//! and reviews against named documents (7.02).

use redress_proto::{options::v1::Role, supply_chain::v1 as chain};

use crate::cast::{Cast, DEPARTMENT, PRIME, SUBCONTRACTOR, day, organisation, request_id};

/// Records the contract, with the usual subcontractor under the usual prime, and returns its name.
pub(crate) async fn contract(cast: &Cast) -> String {
    let mut department = cast.chain(DEPARTMENT, &[Role::Commissioner]).await;
    let contract = chain::Contract {
        reference: "older".to_owned(),
        programme: "access-to-work-holistic-assessments".to_owned(),
        holder: organisation(PRIME),
        commissioner: organisation(DEPARTMENT),
        effective_on: Some(day("2022-04-01")),
        ..Default::default()
    };
    let request = chain::CreateContractRequest { request_id: request_id(), contract: Some(contract) };
    let contract = department.create_contract(request).await.expect("a contract").into_inner();
    let link = chain::SupplyChainLink {
        contract: contract.name.clone(),
        parent: organisation(PRIME),
        subcontractor: organisation(SUBCONTRACTOR),
        effective_on: Some(day("2022-04-01")),
        ..Default::default()
    };
    let request = chain::AddSubcontractorRequest { request_id: request_id(), link: Some(link) };
    department.add_subcontractor(request).await.expect("a link");
    contract.name
}
