//! News of a complaint, its person, an examination of it and their request to be erased, in every order in which it can come: it comes to
//! the same. The examination is about the person, and all of it, with what is kept of the person, is held by all of them (RET-07, RET-10).

use jiff::civil::date;
use records_retention_domain::{
    ComplaintId, ErasureRequestId, ExaminationId, HoldReason, PartId, ParticipantId,
    erasure::Receipt,
    record::{Holder, Part},
};
use redress_testkit::backends;
use uuid::Uuid;

use super::News;
use crate::{
    command::{
        erasure::Receive,
        office::{CONTRACT, Office, PRIME, person, take_in},
    },
    store::{self, record::Record},
};

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Person,
    Complaint,
    Examination,
    /// Only of a person who is known.
    Request,
}

/// One case.
struct Case {
    person: ParticipantId,
    complaint: ComplaintId,
    examination: ExaminationId,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_about_a_person_is_held_in_whatever_order_the_news_comes() {
    for backend in backends() {
        let office = Office::on(&backend).await;
        let mut tried = 0;
        for order in orders() {
            let case =
                Case { person: office.fresh(), complaint: office.fresh(), examination: office.fresh() };
            for told in &order {
                case.tell(&office, *told).await;
            }
            for subject in [case.examination.uuid(), case.complaint.uuid(), case.person.uuid()] {
                let row = file(&office, subject).await;
                assert_eq!(row.participant, Some(case.person), "{order:?}");
                let file = row.state.file().expect("a file");
                assert_eq!(file.participant, Some(case.person), "{order:?}");
                let mut reasons: Vec<HoldReason> = file.holds.iter().map(|hold| hold.reason).collect();
                reasons.sort_unstable();
                let all =
                    [HoldReason::OpenComplaint, HoldReason::OpenExamination, HoldReason::ErasurePending];
                assert_eq!(reasons, all, "the {} file, {order:?}", row.class.as_str());
            }
            tried += 1;
        }
        assert_eq!(tried, 12, "every order in which the person is known before the request");
        office.close().await;
    }
}

/// Every order in which a request comes after its person: by either of the two who tell of them.
fn orders() -> Vec<[Told; 4]> {
    let all = [Told::Person, Told::Complaint, Told::Examination, Told::Request];
    let mut orders = Vec::new();
    for first in all {
        for second in all {
            for third in all {
                for fourth in all {
                    let order = [first, second, third, fourth];
                    let at = |told: Told| order.iter().position(|each| *each == told);
                    let each_once = all.iter().all(|told| at(*told).is_some());
                    if each_once && at(Told::Person) < at(Told::Request) {
                        orders.push(order);
                    }
                }
            }
        }
    }
    orders
}

impl Case {
    async fn tell(&self, office: &Office, told: Told) {
        let (participant, complaint, examination) = (self.person, self.complaint, self.examination);
        let (contract, organisation) = (CONTRACT, PRIME);
        match told {
            Told::Person => {
                take_in(office, News::PersonRecorded { participant, contract, organisation }).await;
            }
            Told::Complaint => {
                take_in(office, News::Opened { complaint, participant, contract, organisation }).await;
            }
            Told::Examination => {
                let news = News::ExaminationOpened { examination, complaint, contract, organisation };
                take_in(office, news).await;
            }
            Told::Request => self.ask(office).await,
        }
    }

    /// The person asks to be erased.
    async fn ask(&self, office: &Office) {
        let (id, holding_reply): (ErasureRequestId, PartId) = (office.fresh(), office.fresh());
        let receipt = Receipt {
            id,
            contract: CONTRACT,
            organisation: PRIME,
            participant: self.person,
            received_on: date(2028, 7, 3),
            correspondence: office.fresh(),
            holding_reply,
        };
        let letter = Part {
            id: holding_reply,
            holder: Holder::RecordsRetention,
            subject: String::new(),
            added_on: date(2028, 7, 3),
            is_report: false,
            digest: None,
            readmitted_of: None,
            content: None,
        };
        let receive = || Receive {
            rulebook: office.rulebook.clone(),
            actor: person("rita"),
            receipt: receipt.clone(),
            letter: letter.clone(),
            sealed: Vec::new(),
            ids: office.parts.ids.clone(),
        };
        office.submit(0, self.person.uuid(), receive).await.expect("a request");
    }
}

/// The record of a thing of another service.
async fn file(office: &Office, subject: Uuid) -> Record {
    let mut tx = office.write().await;
    let found = store::subject::find_many(&mut tx, vec![subject]).await.expect("to read");
    let ids = found.into_iter().map(|(_, record)| record).collect();
    store::record::find_many(&mut tx, ids).await.expect("to read").pop().expect("a record")
}
