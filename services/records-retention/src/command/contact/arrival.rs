//! News of a contact that names its participant and opens no complaint, of the person, a complaint of theirs and their request to be erased, in
//! every order in which it can come: it comes to the same. The contact is about the person, and held by all that is open about them
//! (RET-07, RET-10). What it says of people under other contracts, or of nobody, changes nothing.

use jiff::civil::date;
use records_retention_domain::{ComplaintId, ContactId, HoldReason, ParticipantId};
use redress_testkit::backends;

use super::{News, TakeContact};
use crate::command::{
    case::News as OfCases,
    office::{ANOTHER, CONTRACT, Office, PRIME, ask, file_of, reasons, take_in, tell},
};

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Person,
    Contact,
    Complaint,
    /// Only of a person who is known.
    Request,
}

const ALL: [Told; 4] = [Told::Person, Told::Contact, Told::Complaint, Told::Request];

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_is_about_whom_it_names_in_whatever_order_the_news_comes() {
    for backend in backends() {
        let office = Office::on(&backend).await;
        let mut tried = 0;
        for order in orders() {
            let (person, contact): (ParticipantId, ContactId) = (office.fresh(), office.fresh());
            for told in &order {
                match told {
                    Told::Person => known(&office, person).await,
                    Told::Contact => routed(&office, contact, person).await,
                    Told::Complaint => opened(&office, office.fresh(), person).await,
                    Told::Request => ask(&office, person).await,
                }
            }
            let row = file_of(&office, contact.uuid()).await;
            assert_eq!(row.participant, Some(person), "{order:?}");
            assert_eq!(
                reasons(&office, &row).await,
                [HoldReason::OpenComplaint, HoldReason::ErasurePending],
                "{order:?}"
            );
            tried += 1;
        }
        assert_eq!(tried, 16, "every order in which the person is known before the request");
        office.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_is_about_nobody_of_another_contract() {
    for backend in backends() {
        let office = Office::on(&backend).await;
        for contact_first in [true, false] {
            let (person, contact): (ParticipantId, ContactId) = (office.fresh(), office.fresh());
            let foreign =
                OfCases::PersonRecorded { participant: person, contract: ANOTHER, organisation: PRIME };
            if contact_first {
                routed(&office, contact, person).await;
                take_in(&office, foreign).await;
            } else {
                take_in(&office, foreign).await;
                routed(&office, contact, person).await;
            }
            let row = file_of(&office, contact.uuid()).await;
            let held = reasons(&office, &row).await;
            assert_eq!((row.participant, held), (None, Vec::new()), "first: {contact_first}");
        }
        office.close().await;
    }
}

/// Every order in which a request comes after its person: by either of the two who tell of them.
fn orders() -> Vec<Vec<Told>> {
    let mut orders = vec![Vec::new()];
    for _ in ALL {
        let longer = |order: Vec<Told>| {
            let left: Vec<Told> = ALL.into_iter().filter(|told| !order.contains(told)).collect();
            left.into_iter().map(move |told| [order.clone(), vec![told]].concat())
        };
        orders = orders.into_iter().flat_map(longer).collect();
    }
    let at = |order: &[Told], told: Told| order.iter().position(|each| *each == told);
    let known = |order: &Vec<Told>| {
        at(order, Told::Person).min(at(order, Told::Complaint)) < at(order, Told::Request)
    };
    orders.retain(known);
    orders
}

async fn known(office: &Office, participant: ParticipantId) {
    take_in(office, OfCases::PersonRecorded { participant, contract: CONTRACT, organisation: PRIME }).await;
}

async fn opened(office: &Office, complaint: ComplaintId, participant: ParticipantId) {
    let (contract, organisation) = (CONTRACT, PRIME);
    take_in(office, OfCases::Opened { complaint, participant, contract, organisation }).await;
}

async fn routed(office: &Office, contact: ContactId, participant: ParticipantId) {
    let (contract, recorded_by) = (CONTRACT, PRIME);
    let received_on = date(2022, 6, 1);
    let news = News::Routed { contact, contract, recorded_by, participant: Some(participant), received_on };
    let ids = office.parts.ids.clone();
    tell(office, &TakeContact { rulebook: office.rulebook.clone(), news, ids }).await;
}
