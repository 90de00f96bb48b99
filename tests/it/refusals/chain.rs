//! Supply chains: R8, R10 where complaints keeps them (XCT-06).

use redress_proto::{
    options::v1::Role,
    supply_chain::v1::{
        AddSubcontractorRequest, Contract, CreateContractRequest, CreateOrganisationRequest, Organisation,
        OrganisationKind, SupplyChainLink, supply_chain_service_client::SupplyChainServiceClient,
    },
};
use redress_tests::{
    chain::{Member, bearing},
    officer::Answer,
    refused::Refused,
};
use tonic::{Code, Response, Status};

use super::desk::{Desk, wire};

pub(super) async fn try_all(desk: &mut Desk) {
    links(desk).await;
    organisations(desk).await;
    contracts(desk).await;
    depth(desk).await;
}

async fn links(desk: &mut Desk) {
    let cases = [
        ("R8 an organisation under itself", Member::Prime, Member::Prime, Member::Prime, "CYCLE"),
        ("R8 the prime under its subcontractor", Member::Prime, Member::Sub, Member::Prime, "CYCLE"),
        ("in the chain twice", Member::Prime, Member::Prime, Member::Sub, "OVERLAP"),
        (
            "under someone who is not in the chain",
            Member::Prime,
            Member::Rival,
            Member::Stranger,
            "NOT_IN_CHAIN",
        ),
    ];
    for (case, by, parent, below, reason) in cases {
        let answer = add(desk, by, parent, below).await;
        desk.expect(case, answer, Code::InvalidArgument, reason);
    }
    let answer = add(desk, Member::Sub, Member::Prime, Member::Rival).await;
    desk.expect(
        "R10 a subcontractor puts someone under a prime",
        answer,
        Code::PermissionDenied,
        "NOT_ABOVE_IN_CHAIN",
    );
}

async fn add(desk: &mut Desk, by: Member, parent: Member, below: Member) -> Answer<SupplyChainLink> {
    let link = SupplyChainLink {
        contract: desk.stand.chain.contract.clone(),
        parent: desk.organisation(parent),
        subcontractor: desk.organisation(below),
        effective_on: wire(desk.days_ago(30)),
        ..SupplyChainLink::default()
    };
    let request = AddSubcontractorRequest { request_id: desk.stand.seed.request_id(), link: Some(link) };
    let token = desk.stand.chain.people.token(by, Role::ComplaintsManager).unwrap();
    let mut client = SupplyChainServiceClient::new(desk.stand.peer.channel());
    said(client.add_subcontractor(bearing(&token, request).unwrap()).await)
}

async fn organisations(desk: &mut Desk) {
    let organisation = Organisation {
        display_name: "A department of our own".to_owned(),
        kind: OrganisationKind::Department.into(),
        ..Organisation::default()
    };
    let request = CreateOrganisationRequest {
        request_id: desk.stand.seed.request_id(),
        organisation: Some(organisation.clone()),
        organisation_id: String::new(),
    };
    let token = desk.stand.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let mut client = SupplyChainServiceClient::new(desk.stand.peer.channel());
    let answer = said(client.create_organisation(bearing(&token, request).unwrap()).await);
    desk.expect(
        "a provider records a department",
        answer,
        Code::PermissionDenied,
        "ORGANISATION_KIND_NOT_ALLOWED",
    );

    let commissioner = desk.stand.chain.people.token(Member::Department, Role::Commissioner).unwrap();
    let again = CreateOrganisationRequest {
        request_id: desk.stand.seed.request_id(),
        organisation: Some(Organisation { kind: OrganisationKind::Provider.into(), ..organisation }),
        organisation_id: desk.stand.chain.people.prime.to_string(),
    };
    let answer = said(client.create_organisation(bearing(&commissioner, again).unwrap()).await);
    desk.expect("an organisation that is there", answer, Code::AlreadyExists, "ALREADY_THERE");
}

async fn contracts(desk: &mut Desk) {
    let commissioner = desk.stand.chain.people.token(Member::Department, Role::Commissioner).unwrap();
    let mut client = SupplyChainServiceClient::new(desk.stand.peer.channel());
    let contract = Contract {
        reference: "K-UNKNOWN".to_owned(),
        programme: "no-such-programme".to_owned(),
        holder: desk.organisation(Member::Prime),
        commissioner: desk.organisation(Member::Department),
        effective_on: wire(jiff::civil::date(2024, 1, 1)),
        ..Contract::default()
    };
    let request =
        CreateContractRequest { request_id: desk.stand.seed.request_id(), contract: Some(contract.clone()) };
    let answer = said(client.create_contract(bearing(&commissioner, request).unwrap()).await);
    desk.expect("a programme nobody knows", answer, Code::NotFound, "UNKNOWN_PROGRAMME");

    let contract = Contract {
        reference: "K-EARLY".to_owned(),
        programme: "access-to-work-mental-health-support".to_owned(),
        effective_on: wire(jiff::civil::date(2020, 1, 1)),
        ..contract
    };
    let request =
        CreateContractRequest { request_id: desk.stand.seed.request_id(), contract: Some(contract) };
    let answer = said(client.create_contract(bearing(&commissioner, request).unwrap()).await);
    desk.expect("a contract before any guidance", answer, Code::FailedPrecondition, "CONTRACT_NOT_COVERED");
}

/// R8: ten tiers are the deepest.
async fn depth(desk: &mut Desk) {
    let manager = desk.stand.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let mut client = SupplyChainServiceClient::new(desk.stand.peer.channel());
    let mut above = desk.organisation(Member::Prime);
    for tier in 1..=11 {
        let organisation = Organisation {
            display_name: format!("Tier {tier}"),
            kind: OrganisationKind::Provider.into(),
            ..Organisation::default()
        };
        let request = CreateOrganisationRequest {
            request_id: desk.stand.seed.request_id(),
            organisation: Some(organisation),
            organisation_id: String::new(),
        };
        let below =
            client.create_organisation(bearing(&manager, request).unwrap()).await.unwrap().into_inner().name;
        let link = SupplyChainLink {
            contract: desk.stand.chain.contract.clone(),
            parent: above,
            subcontractor: below.clone(),
            effective_on: wire(desk.days_ago(30)),
            ..SupplyChainLink::default()
        };
        let request = AddSubcontractorRequest { request_id: desk.stand.seed.request_id(), link: Some(link) };
        let answer = said(client.add_subcontractor(bearing(&manager, request).unwrap()).await);
        if tier == 11 {
            desk.expect("R8 an eleventh tier", answer, Code::InvalidArgument, "DEPTH");
        } else {
            assert_eq!(answer.unwrap().tier, tier);
        }
        above = below;
    }
}

fn said<T>(answer: Result<Response<T>, Status>) -> Answer<T> {
    answer.map(Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}
