//! What a schedule races for.

use jiff::civil::date;
use records_retention_domain::{
    ComplaintId, DisposalId, ParticipantId, RecordClass, RecordId,
    anonymised::Method,
    disposal,
    record::{Holder, Part},
};
use redress_store::sealed::Sealed;
use uuid::Uuid;

use super::{asked::settle, schedule::Schedule};
use crate::{
    app::CONTENT,
    command::{
        case::News,
        laid_by::{Content, LaidBy},
        office::{CONTRACT, Office, PRIME, person, take_in},
        propose::Propose,
        register::RegisterRecord,
    },
};

/// What a schedule races for.
pub(super) struct Set {
    pub(super) schedule: Schedule,
    pub(super) records: Vec<(RecordId, Uuid)>,
    pub(super) person: ParticipantId,
    pub(super) complaint: ComplaintId,
    pub(super) disposal: DisposalId,
}

/// Records that are due, about a person of their own, with a disposal that two people agreed on.
pub(super) async fn set(office: &Office, schedule: Schedule) -> Set {
    let (person_id, complaint): (ParticipantId, ComplaintId) = (office.fresh(), office.fresh());
    take_in(office, News::PersonRecorded { participant: person_id, contract: CONTRACT, organisation: PRIME })
        .await;
    let mut records = Vec::new();
    for _ in 0..schedule.records {
        let (record, part): (RecordId, Uuid) = (office.fresh(), office.parts.ids.next());
        let register = || RegisterRecord {
            rulebook: office.rulebook.clone(),
            actor: person("rita"),
            caller: PRIME,
            id: record,
            contract: CONTRACT,
            class: RecordClass::CorrespondenceFile,
            participant: Some(person_id),
            reference: None,
            completed_on: None,
            funded_start_on: None,
            content: Some(content(part)),
            ids: office.parts.ids.clone(),
        };
        office.submit(schedule.processes[0], record.uuid(), register).await.expect("a record");
        records.push((record, part));
    }
    let disposal: DisposalId = office.fresh();
    let named: Vec<RecordId> = records.iter().map(|(record, _)| *record).collect();
    let propose = || Propose {
        rulebook: office.rulebook.clone(),
        actor: person("rita"),
        caller: PRIME,
        id: disposal,
        records: named.clone(),
        method: Method::Destroy,
        assessment: None,
    };
    let proposed = office.submit(schedule.processes[0], disposal.uuid(), propose).await.expect("a proposal");
    let digest = records_retention_domain::Digest::parse(&proposed.digest).expect("a digest");
    let approve = disposal::Command::Approve { digest };
    settle(office, schedule.processes[1], disposal, &approve).await.expect("an approval");
    Set { schedule, records, person: person_id, complaint, disposal }
}

/// A part and its content, laid by with the prime that keeps it.
pub(super) fn content(part: Uuid) -> (Part, LaidBy) {
    let key = Uuid::from_u128(part.as_u128() + 1);
    let sealed = Sealed { subject: part, part: CONTENT.to_owned(), key, content: b"sealed".to_vec() };
    let added_on = date(2028, 7, 3);
    let id = redress_kernel::Id::new(part);
    (
        Part {
            id,
            holder: Holder::RecordsRetention,
            subject: String::new(),
            added_on,
            is_report: false,
            digest: None,
            readmitted_of: None,
            content: None,
        },
        LaidBy { content: Content::Report(sealed), owner: PRIME, authority: None },
    )
}
