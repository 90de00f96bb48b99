//! Routing's feed: which contacts led to a complaint, and what routing keeps about each, so that a bag holds all of it.

use ice_liaison_domain::id::{self, ContactId};
use redress_chassis::follow::{name, optional_name, payload, poison};
use redress_journal::{
    entry::Entry,
    subscription::{HandleFault, Handler},
};
use redress_proto::routing::v1 as proto;
use redress_store::Tx;
use uuid::Uuid;

use crate::store::routed;

/// Follows routing.
#[derive(Debug)]
pub(crate) struct Routing;

impl Handler for Routing {
    type Prepared = ();

    async fn prepare(&self, _: &Entry) -> Result<(), HandleFault> {
        Ok(())
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, (): ()) -> Result<(), HandleFault> {
        let Some((contact, complaint)) = told(entry)? else { return Ok(()) };
        let stream = entry.stream().map_err(|_| poison("no stream"))?;
        routed::belongs(tx, contact, &stream.kind, stream.id).await?;
        match optional_name::<id::Complaint>(&complaint)? {
            Some(complaint) => Ok(routed::led_to(tx, contact, complaint).await?),
            None => Ok(()),
        }
    }
}

/// The contact that an entry is about, and the complaint it leads to, if it does. Of each thing its first entry names the
/// contact; those after it are of the same stream.
fn told(entry: &Entry) -> Result<Option<(Uuid, String)>, HandleFault> {
    let Some(event) = entry.content.entry_type.strip_prefix("redress.routing.v1.") else { return Ok(None) };
    let (contact, complaint) = match event {
        "ContactRouted" => (payload::<proto::ContactRouted>(entry)?.contact, String::new()),
        "ComplaintHandedOver" => {
            let it: proto::ComplaintHandedOver = payload(entry)?;
            (it.contact, it.complaint)
        }
        "MixedComplaintRaised" => (payload::<proto::MixedComplaintRaised>(entry)?.contact, String::new()),
        "MemberLetterLogged" => {
            let it: proto::MemberLetterLogged = payload(entry)?;
            (it.contact, it.complaint)
        }
        "PaperStored" => (payload::<proto::PaperStored>(entry)?.contact, String::new()),
        _ => return Ok(None),
    };
    let contact: ContactId = name(&contact)?;
    Ok(Some((contact.uuid(), complaint)))
}
