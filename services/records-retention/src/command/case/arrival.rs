//! News of a complaint, its person, an examination of it and their request to be erased, in every order in which it can come: it comes to
//! the same. The examination is about the person, and all of it, with what is kept of the person, is held by all of them (RET-07, RET-10).

use records_retention_domain::{ComplaintId, ExaminationId, HoldReason, ParticipantId};
use redress_testkit::backends;

use super::News;
use crate::command::office::{CONTRACT, Office, PRIME, ask, file_of, reasons, take_in};

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
                let row = file_of(&office, subject).await;
                assert_eq!(row.participant, Some(case.person), "{order:?}");
                let file = row.state.file().expect("a file");
                assert_eq!(file.participant, Some(case.person), "{order:?}");
                let all =
                    [HoldReason::OpenComplaint, HoldReason::OpenExamination, HoldReason::ErasurePending];
                let class = row.class.as_str();
                assert_eq!(reasons(&office, &row).await, all, "the {class} file, {order:?}");
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
            Told::Request => ask(office, self.person).await,
        }
    }
}
