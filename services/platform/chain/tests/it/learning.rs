//! Entries of the owner's journal become what is known, in the order in which they come.

use jiff::civil::{Date, date};
use prost::{Message, Name};
use redress_chain::{
    AgreedRetention, Reach, find_contracts, find_reach, find_references, is_member, learn, scopes,
};
use redress_chassis::wire;
use redress_journal::{
    entry::{Content, Entry},
    subscription::HandleFault,
};
use redress_kernel::{
    Id,
    noun::{ContractId, OrganisationId, SupplyChainLinkId},
};
use redress_proto::{supply_chain::v1 as proto, r#type::v1::Division};
use redress_store::Db;
use redress_testkit::database::on_each;
use uuid::Uuid;

const CONTRACT: ContractId = Id::new(Uuid::from_u128(0xc));
const PRIME: OrganisationId = Id::new(Uuid::from_u128(1));
const MIDDLE: OrganisationId = Id::new(Uuid::from_u128(2));
const LOWER: OrganisationId = Id::new(Uuid::from_u128(3));
const DEPARTMENT: OrganisationId = Id::new(Uuid::from_u128(4));
const JOBCENTRE: OrganisationId = Id::new(Uuid::from_u128(5));
const RIVAL: OrganisationId = Id::new(Uuid::from_u128(6));

/// An entry about the contract.
fn entry<M: Message + Name>(version: i64, message: &M) -> Entry {
    let content = Content {
        entry_id: Uuid::from_u128(100).to_string(),
        stream_kind: "contracts".to_owned(),
        stream_id: CONTRACT.uuid().to_string(),
        version,
        entry_type: M::full_name(),
        payload: message.encode_to_vec(),
        ..Content::default()
    };
    Entry { position: version, bytes: content.encode_to_vec(), content, traceparent: String::new() }
}

fn recorded() -> proto::ContractRecorded {
    proto::ContractRecorded {
        contract: CONTRACT.name(),
        programme: "jets-scotland".to_owned(),
        holder: PRIME.name(),
        commissioner: DEPARTMENT.name(),
        jobcentre_plus: JOBCENTRE.name(),
        division: Division::Scotland.into(),
        effective_on: Some(wire::date(date(2024, 1, 1))),
        end_on: None,
        agreed_retention: Some(proto::AgreedRetention {
            months: 84,
            agreement_reference: "RET/1".to_owned(),
            agreed_on: Some(wire::date(date(2024, 2, 1))),
        }),
        pack: Some(proto::PackReference { id: "jets-scotland".to_owned(), version: "2022-02-25".to_owned() }),
        reference: "JETS-1".to_owned(),
    }
}

fn added(link: u128, parent: OrganisationId, subcontractor: OrganisationId) -> proto::SubcontractorAdded {
    proto::SubcontractorAdded {
        link: SupplyChainLinkId::new(Uuid::from_u128(link)).name(),
        parent: parent.name(),
        subcontractor: subcontractor.name(),
        effective_on: Some(wire::date(date(2024, 3, 1))),
        end_on: None,
        tier: 1,
    }
}

fn ended(link: u128, end_on: Date) -> proto::SubcontractorEnded {
    proto::SubcontractorEnded {
        link: SupplyChainLinkId::new(Uuid::from_u128(link)).name(),
        previous: None,
        end_on: Some(wire::date(end_on)),
    }
}

async fn take(db: &Db, entry: Entry) -> Result<bool, HandleFault> {
    let mut tx = db.write().await.unwrap();
    let learned = learn(&mut tx, &entry).await?;
    tx.commit().await.unwrap();
    Ok(learned)
}

async fn on_both(test: impl AsyncFn(&Db)) {
    on_each(&[redress_chain::MIGRATIONS], test).await.unwrap();
}

#[tokio::test]
async fn a_contract_and_its_chain_are_known_as_they_are_kept() {
    on_both(async |db| {
        assert_eq!(take(db, entry(1, &recorded())).await, Ok(true));
        assert_eq!(take(db, entry(2, &added(11, PRIME, MIDDLE))).await, Ok(true));
        assert_eq!(take(db, entry(3, &added(12, MIDDLE, LOWER))).await, Ok(true));
        assert_eq!(take(db, entry(4, &ended(11, date(2024, 6, 30)))).await, Ok(true));
        let end = proto::ContractEnded { previous: None, end_on: Some(wire::date(date(2025, 12, 31))) };
        assert_eq!(take(db, entry(5, &end)).await, Ok(true));

        let mut tx = db.read().await.unwrap();
        let known = find_contracts(&mut tx, vec![CONTRACT]).await.unwrap().remove(0);
        assert_eq!((known.holder, known.end_on), (PRIME, Some(date(2025, 12, 31))));
        assert_eq!(known.division, Some(redress_policy::Division::Scotland));
        let agreed = AgreedRetention {
            months: 84,
            agreement_reference: "RET/1".to_owned(),
            agreed_on: date(2024, 2, 1),
        };
        assert_eq!(known.agreed_retention, Some(agreed));
        let there = |on| known.members_at(on).iter().map(|(id, _)| id).collect::<Vec<_>>();
        assert_eq!(there(date(2024, 2, 29)), [PRIME]);
        assert_eq!(there(date(2024, 6, 30)), [PRIME, MIDDLE, LOWER]);
        assert_eq!(there(date(2024, 7, 1)), [PRIME], "whoever is under one that left is not there either");
        assert_eq!(find_references(&mut tx, vec!["JETS-1".to_owned()]).await.unwrap(), [known]);
        assert_eq!(find_references(&mut tx, vec!["JETS-2".to_owned()]).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn who_sees_whose_work_is_only_ever_added() {
    on_both(async |db| {
        for told in [entry(1, &recorded()), entry(2, &added(11, PRIME, MIDDLE))] {
            take(db, told).await.unwrap();
        }
        take(db, entry(3, &added(12, MIDDLE, LOWER))).await.unwrap();
        take(db, entry(4, &ended(11, date(2024, 6, 30)))).await.unwrap();
        let mut tx = db.read().await.unwrap();
        let reach = find_reach(&mut tx, vec![CONTRACT]).await.unwrap();
        let sees = |organisation, below| reach.contains(&Reach { organisation, contract: CONTRACT, below });
        for viewer in [PRIME, MIDDLE, LOWER, DEPARTMENT, JOBCENTRE] {
            assert!(sees(viewer, LOWER), "{viewer:?}");
            assert!(is_member(&mut tx, CONTRACT, viewer).await.unwrap());
            assert_eq!(scopes(&mut tx, viewer).await.unwrap(), [CONTRACT]);
        }
        assert!(!sees(LOWER, MIDDLE) && !sees(MIDDLE, PRIME), "nobody sees upwards");
        assert!(!is_member(&mut tx, CONTRACT, RIVAL).await.unwrap());
        assert_eq!(scopes(&mut tx, RIVAL).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn whoever_a_contract_is_novated_to_sees_everything_under_it_and_decides() {
    // Reliability D41
    on_both(async |db| {
        for told in [entry(1, &recorded()), entry(2, &added(11, PRIME, MIDDLE))] {
            take(db, told).await.unwrap();
        }
        let novated = proto::ContractNovated {
            previous: PRIME.name(),
            novated_to: RIVAL.name(),
            novated_on: Some(wire::date(date(2025, 1, 1))),
        };
        assert_eq!(take(db, entry(3, &novated)).await, Ok(true));
        // What comes under the contract later is seen as well.
        take(db, entry(4, &added(12, MIDDLE, LOWER))).await.unwrap();
        let mut tx = db.read().await.unwrap();
        let known = find_contracts(&mut tx, vec![CONTRACT]).await.unwrap().remove(0);
        assert_eq!((known.holder, known.controller()), (PRIME, RIVAL));
        let reach = find_reach(&mut tx, vec![CONTRACT]).await.unwrap();
        let sees = |organisation, below| reach.contains(&Reach { organisation, contract: CONTRACT, below });
        for below in [RIVAL, PRIME, MIDDLE, LOWER] {
            assert!(sees(RIVAL, below), "{below:?}");
        }
        assert!(sees(PRIME, LOWER), "whoever held it still sees what was its own");
        assert!(!sees(PRIME, RIVAL) && !sees(LOWER, RIVAL));
        assert_eq!(redress_chain::tier(RIVAL, &known, &reach), None);
        assert_eq!(redress_chain::tier(LOWER, &known, &reach), Some(2));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_understood_is_not_passed_over() {
    on_both(async |db| {
        let mut other = entry(1, &recorded());
        other.content.entry_type = "redress.complaints.v1.ComplaintRegistered".to_owned();
        assert_eq!(take(db, other).await, Ok(false), "it tells nothing about a chain");
        let mut newer = entry(1, &recorded());
        newer.content.entry_type = "redress.supply_chain.v1.ContractSplit".to_owned();
        assert!(matches!(take(db, newer).await, Err(HandleFault::Poison(_))));
        let early = entry(2, &added(11, PRIME, MIDDLE));
        assert!(matches!(take(db, early).await, Err(HandleFault::Poison(_))), "its contract is not known");
        let organisation = proto::OrganisationRecorded { organisation: PRIME.name(), kind: 1 };
        assert_eq!(take(db, entry(1, &organisation)).await, Ok(true));
        // A journal that was written before contracts told their reference.
        let older = proto::ContractRecorded { reference: String::new(), ..recorded() };
        assert_eq!(take(db, entry(1, &older)).await, Ok(true));
        let mut tx = db.read().await.unwrap();
        assert_eq!(find_contracts(&mut tx, vec![CONTRACT]).await.unwrap()[0].reference, "");
    })
    .await;
}
