//! The same facts for programs: the contract's own messages in their canonical JSON.

use prost::{Message, Name};
use prost_reflect::{DynamicMessage, SerializeOptions};
use redress_bag::case::Record;
use redress_proto::complaints::v1::{ClockState, Complaint, EarlyAccessState, ListTimelineResponse};

use super::{Unrendered, examination};
use crate::evidence::Papers;

pub(super) fn records(papers: &Papers) -> Result<Vec<Record>, Unrendered> {
    let timeline = ListTimelineResponse { entries: papers.timeline.clone(), next_page_token: String::new() };
    let mut records = vec![
        record("complaint", "The complaint, for programs", &settled(&papers.complaint))?,
        record("timeline", "What happened, for programs", &timeline)?,
        record("contract", "The contract, for programs", &papers.contract)?,
    ];
    if let Some(procedure) = &papers.procedure {
        records.push(record("procedure", "The procedure, for programs", procedure)?);
    }
    for (number, one) in (1..).zip(&papers.examinations) {
        let title = "The case with the examiner, for programs";
        records.push(record(&format!("examination-{number}"), title, &examination::settled(one))?);
    }
    for (number, contact) in (1..).zip(&papers.contacts) {
        records.push(record(
            &format!("contact-{number}"),
            "The contact it came with, for programs",
            contact,
        )?);
    }
    Ok(records)
}

/// The complaint without what depends on the day one looks at it.
fn settled(complaint: &Complaint) -> Complaint {
    let mut complaint = complaint.clone();
    for clock in complaint.clocks.iter_mut().filter(|clock| clock.met_on.is_none()) {
        clock.set_state(ClockState::Unspecified);
    }
    if let Some(early) = &mut complaint.early_access {
        early.set_state(EarlyAccessState::Unspecified);
    }
    complaint
}

fn record<M: Message + Name>(name: &str, title: &str, message: &M) -> Result<Record, Unrendered> {
    let descriptor = redress_proto::pool().get_message_by_name(&M::full_name()).ok_or(Unrendered::Record)?;
    let dynamic = DynamicMessage::decode(descriptor, message.encode_to_vec().as_slice());
    let dynamic = dynamic.map_err(|_| Unrendered::Record)?;
    let value = dynamic.serialize_with_options(serde_json::value::Serializer, &SerializeOptions::new());
    let mut json =
        serde_json::to_vec_pretty(&value.map_err(|_| Unrendered::Record)?).map_err(|_| Unrendered::Record)?;
    json.push(b'\n');
    Ok(Record { name: name.to_owned(), title: title.to_owned(), json })
}
