//! Organisations, contracts and the chains under them: who sets them up, and who sees whom through them.

use redress_proto::{
    options::v1::Role,
    supply_chain::v1::{self as chain, supply_chain_service_client::SupplyChainServiceClient},
};
use redress_testkit::backends;
use tonic::{Code, Response, Status};
use uuid::Uuid;

use crate::cast::{
    Caller, Cast, DEPARTMENT, JOBCENTRE, PRIME, STRANGER, SUBCONTRACTOR, day, organisation, refused,
    request_id,
};

type Client = SupplyChainServiceClient<Caller>;

const MANAGER: &[Role] = &[Role::ComplaintsManager];
const COMMISSIONER: &[Role] = &[Role::Commissioner];

async fn record(
    client: &mut Client,
    id: Uuid,
    kind: chain::OrganisationKind,
) -> Result<Response<chain::Organisation>, Status> {
    let request = chain::CreateOrganisationRequest {
        request_id: request_id(),
        organisation: Some(chain::Organisation {
            display_name: "  Leith\u{0020}Works ".to_owned(),
            kind: kind.into(),
            ..Default::default()
        }),
        organisation_id: id.to_string(),
    };
    client.create_organisation(request).await
}

async fn add(
    client: &mut Client,
    contract: &str,
    parent: Uuid,
    below: Uuid,
    days: (&str, Option<&str>),
) -> Result<Response<chain::SupplyChainLink>, Status> {
    let link = chain::SupplyChainLink {
        contract: contract.to_owned(),
        parent: organisation(parent),
        subcontractor: organisation(below),
        effective_on: Some(day(days.0)),
        end_on: days.1.map(day),
        ..Default::default()
    };
    client
        .add_subcontractor(chain::AddSubcontractorRequest { request_id: request_id(), link: Some(link) })
        .await
}

fn contract_of(cast: &Cast, reference: &str) -> chain::Contract {
    assert!(!cast.contract.is_empty());
    chain::Contract {
        reference: reference.to_owned(),
        programme: crate::cast::JETS.to_owned(),
        holder: organisation(PRIME),
        commissioner: organisation(DEPARTMENT),
        effective_on: Some(day("2024-09-01")),
        ..Default::default()
    }
}

async fn contract(
    client: &mut Client,
    contract: chain::Contract,
) -> Result<Response<chain::Contract>, Status> {
    client
        .create_contract(chain::CreateContractRequest { request_id: request_id(), contract: Some(contract) })
        .await
}

#[tokio::test]
async fn a_manager_records_providers_and_the_department_everyone() {
    let cast = Cast::usual().await;
    let mut manager = cast.chain(PRIME, MANAGER).await;
    let recorded = record(&mut manager, Uuid::from_u128(1), chain::OrganisationKind::Provider).await;
    let recorded = recorded.unwrap().into_inner();
    assert_eq!((recorded.display_name.as_str(), recorded.etag.as_str()), ("Leith Works", "\"1\""));
    let told = refused(record(&mut manager, Uuid::from_u128(2), chain::OrganisationKind::Department).await);
    assert_eq!((told.code, told.reason.as_str()), (Code::PermissionDenied, "ORGANISATION_KIND_NOT_ALLOWED"));
    let told = refused(record(&mut manager, Uuid::from_u128(1), chain::OrganisationKind::Provider).await);
    assert_eq!((told.code, told.reason.as_str()), (Code::AlreadyExists, "ALREADY_THERE"));
    assert_eq!(told.metadata["name"], organisation(Uuid::from_u128(1)));
}

#[tokio::test]
async fn a_repeated_request_has_one_effect_and_one_answer() {
    let cast = Cast::usual().await;
    let mut department = cast.chain(DEPARTMENT, COMMISSIONER).await;
    let request = chain::CreateContractRequest {
        request_id: request_id(),
        contract: Some(contract_of(&cast, "twice")),
    };
    let first = department.create_contract(request.clone()).await.unwrap().into_inner();
    let second = department.create_contract(request.clone()).await.unwrap().into_inner();
    assert_eq!(first, second);
    let other = chain::CreateContractRequest { contract: Some(contract_of(&cast, "thrice")), ..request };
    let told = refused(department.create_contract(other).await);
    assert_eq!((told.code, told.reason.as_str()), (Code::FailedPrecondition, "REQUEST_ID_REUSED"));
    assert_eq!(told.metadata["fields"], "contract");
}

#[tokio::test]
async fn a_contract_has_one_reference_and_the_pack_that_its_first_day_chose() {
    // XCT-01
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let mut department = cast.chain(DEPARTMENT, COMMISSIONER).await;
        let recorded = contract(&mut department, contract_of(&cast, "ref 7a")).await.unwrap().into_inner();
        assert_eq!(recorded.reference, "REF7A");
        assert_eq!(recorded.pack.unwrap().id, "jets-scotland");
        assert_eq!(
            (recorded.citations[0].pack.as_str(), recorded.citations[0].document.as_str()),
            ("jets-scotland", "J0")
        );
        let told = refused(contract(&mut department, contract_of(&cast, "REF 7A")).await);
        assert_eq!(
            (told.code, told.metadata["name"].as_str()),
            (Code::AlreadyExists, recorded.name.as_str())
        );

        let unknown =
            chain::Contract { holder: organisation(Uuid::from_u128(99)), ..contract_of(&cast, "8") };
        let wrong = chain::Contract {
            jobcentre_plus: organisation(PRIME),
            end_on: Some(day("2024-08-31")),
            ..unknown
        };
        let told = refused(contract(&mut department, wrong).await);
        let fields: Vec<&str> = told.fields.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["contract.holder", "contract.jobcentre_plus", "contract.end_on"]);
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn a_department_records_contracts_of_its_own_only() {
    let cast = Cast::usual().await;
    let mut other = cast.chain(STRANGER, COMMISSIONER).await;
    let told = refused(contract(&mut other, contract_of(&cast, "9")).await);
    assert_eq!((told.code, told.reason.as_str()), (Code::PermissionDenied, "NOT_ABOVE_IN_CHAIN"));
}

#[tokio::test]
async fn the_last_day_of_a_contract_is_recorded_and_corrected() {
    // RET-01
    let cast = Cast::usual().await;
    let mut department = cast.chain(DEPARTMENT, COMMISSIONER).await;
    let end = |end_on: &str, etag: &str| chain::EndContractRequest {
        request_id: request_id(),
        name: cast.contract.clone(),
        end_on: Some(day(end_on)),
        etag: etag.to_owned(),
    };
    let ended = department.end_contract(end("2027-03-31", "")).await.unwrap().into_inner();
    let same = department.end_contract(end("2027-03-31", &ended.etag)).await.unwrap().into_inner();
    assert_eq!(ended, same, "what holds already changes nothing");
    let corrected = department.end_contract(end("2027-06-30", &ended.etag)).await.unwrap().into_inner();
    assert_eq!(corrected.end_on, Some(day("2027-06-30")));
    let stale = refused(department.end_contract(end("2027-09-30", &ended.etag)).await);
    assert_eq!((stale.code, stale.reason.as_str()), (Code::Aborted, "VERSION_MISMATCH"));
    let early = refused(department.end_contract(end("2024-08-31", "")).await);
    assert_eq!((early.code, early.fields[0].0.as_str()), (Code::InvalidArgument, "end_on"));
    let mut stranger = cast.chain(STRANGER, COMMISSIONER).await;
    assert_eq!(refused(stranger.end_contract(end("2027-03-31", "")).await).code, Code::NotFound);
}

#[tokio::test]
async fn no_chain_goes_in_a_circle() {
    // R8
    let cast = Cast::usual().await;
    let mut department = cast.chain(DEPARTMENT, COMMISSIONER).await;
    let always = ("2024-09-01", None);
    for (parent, below) in [(PRIME, PRIME), (SUBCONTRACTOR, SUBCONTRACTOR), (SUBCONTRACTOR, PRIME)] {
        let told = refused(add(&mut department, &cast.contract, parent, below, always).await);
        assert_eq!(told.code, Code::InvalidArgument);
        assert!(told.fields.iter().any(|(_, reason)| reason == "CYCLE"), "{told:?}");
    }
}

#[tokio::test]
async fn no_chain_is_deeper_than_ten_tiers() {
    // R8
    let cast = Cast::usual().await;
    let mut department = cast.chain(DEPARTMENT, COMMISSIONER).await;
    let mut above = SUBCONTRACTOR;
    for tier in 2..=11_u128 {
        let below = Uuid::from_u128(0x1000 + tier);
        record(&mut department, below, chain::OrganisationKind::Provider).await.unwrap();
        let added = add(&mut department, &cast.contract, above, below, ("2024-09-01", None)).await;
        if tier < 11 {
            assert_eq!(u128::try_from(added.unwrap().into_inner().tier), Ok(tier));
        } else {
            let told = refused(added);
            assert_eq!(told.fields, [("link.parent".to_owned(), "DEPTH".to_owned())]);
        }
        above = below;
    }
}

#[tokio::test]
async fn the_one_above_adds_never_the_one_below() {
    // R10
    let cast = Cast::usual().await;
    let mut subcontractor = cast.chain(SUBCONTRACTOR, MANAGER).await;
    let past = ("2020-01-01", Some("2020-12-31"));
    let itself = refused(add(&mut subcontractor, &cast.contract, PRIME, SUBCONTRACTOR, past).await);
    assert_eq!((itself.code, itself.reason.as_str()), (Code::PermissionDenied, "NOT_ABOVE_IN_CHAIN"));
    let mut stranger = cast.chain(STRANGER, MANAGER).await;
    let outside = refused(add(&mut stranger, &cast.contract, PRIME, STRANGER, ("2024-09-01", None)).await);
    assert_eq!(outside.code, Code::NotFound);
    add(&mut subcontractor, &cast.contract, SUBCONTRACTOR, STRANGER, ("2024-09-01", None)).await.unwrap();
}

#[tokio::test]
async fn everyone_above_comes_to_see_who_is_added_and_nobody_beside() {
    // XCT-06
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let (sibling, below) = (Uuid::from_u128(0x51), Uuid::from_u128(0x52));
        let mut department = cast.chain(DEPARTMENT, COMMISSIONER).await;
        for id in [sibling, below] {
            record(&mut department, id, chain::OrganisationKind::Provider).await.unwrap();
        }
        let mut prime = cast.chain(PRIME, MANAGER).await;
        add(&mut prime, &cast.contract, PRIME, sibling, ("2025-01-01", None)).await.unwrap();
        let link = add(&mut prime, &cast.contract, SUBCONTRACTOR, below, ("2025-01-01", None)).await.unwrap();
        let link = link.into_inner();
        assert_eq!(link.tier, 2);

        let name = organisation(below);
        for viewer in [DEPARTMENT, JOBCENTRE, PRIME, SUBCONTRACTOR, below] {
            let mut client = cast.chain(viewer, &[Role::Auditor]).await;
            let seen = client.get_organisation(chain::GetOrganisationRequest { name: name.clone() }).await;
            assert!(seen.is_ok(), "{viewer} sees the new one");
        }
        let mut client = cast.chain(sibling, MANAGER).await;
        let unseen = client.get_organisation(chain::GetOrganisationRequest { name }).await;
        assert_eq!(refused(unseen).code, Code::NotFound);
        let end = |name: &str| chain::EndSubcontractorRequest {
            request_id: request_id(),
            name: name.to_owned(),
            end_on: Some(day("2026-12-31")),
            etag: String::new(),
        };
        assert_eq!(refused(client.end_subcontractor(end(&link.name)).await).code, Code::NotFound);
        let mut own = cast.chain(below, MANAGER).await;
        assert_eq!(refused(own.end_subcontractor(end(&link.name)).await).code, Code::PermissionDenied);
        let ended = prime.end_subcontractor(end(&link.name)).await.unwrap().into_inner();
        assert_eq!(ended.end_on, Some(day("2026-12-31")));

        let list = chain::ListSupplyChainRequest { contract: cast.contract.clone() };
        let links = prime.list_supply_chain(list.clone()).await.unwrap().into_inner().links;
        assert_eq!(links.iter().map(|link| link.tier).collect::<Vec<_>>(), [1, 1, 2]);
        let seen = client.list_supply_chain(list).await.unwrap().into_inner().links;
        assert_eq!(seen.len(), 1, "a sibling sees the link it stands on");
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn pages_follow_one_another_and_end() {
    let cast = Cast::usual().await;
    let mut department = cast.chain(DEPARTMENT, COMMISSIONER).await;
    let (mut names, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = chain::ListOrganisationsRequest { page_size: 2, page_token };
        let page = department.list_organisations(request).await.unwrap().into_inner();
        names.extend(page.organisations.into_iter().map(|organisation| organisation.name));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    let mut wanted = [DEPARTMENT, PRIME, SUBCONTRACTOR, JOBCENTRE, STRANGER].map(organisation);
    wanted.sort();
    assert_eq!(names, wanted);
    let token = department
        .list_organisations(chain::ListOrganisationsRequest { page_size: 2, page_token: String::new() });
    let page_token = token.await.unwrap().into_inner().next_page_token;
    let mut other = cast.chain(PRIME, MANAGER).await;
    let told =
        refused(other.list_organisations(chain::ListOrganisationsRequest { page_size: 2, page_token }).await);
    assert_eq!((told.code, told.reason.as_str()), (Code::InvalidArgument, "INVALID_PAGE_TOKEN"));
    let contracts = other.list_contracts(chain::ListContractsRequest::default()).await.unwrap().into_inner();
    assert_eq!(contracts.contracts[0].name, cast.contract);
    let mut stranger = cast.chain(STRANGER, MANAGER).await;
    let none = stranger.list_contracts(chain::ListContractsRequest::default()).await.unwrap().into_inner();
    assert!(none.contracts.is_empty());
}
