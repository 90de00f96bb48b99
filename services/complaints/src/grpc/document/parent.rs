//! What a document belongs to: named by the caller, and looked up with its key.

use complaints_domain::{ComplaintId, ParticipantId};
use redress_chassis::{Call, Parse};
use redress_store::Tx;
use tonic::Status;
use uuid::Uuid;

use crate::{
    app::{self, App, DOMAIN},
    command::document::Parent,
    store,
};

/// The parent in a resource name of either kind.
pub(super) fn parse(parse: &mut Parse, field: &str, name: &str) -> Option<Parent> {
    if let Ok(id) = ComplaintId::parse_name(name) {
        return Some(Parent::Complaint(id));
    }
    if let Ok(id) = ParticipantId::parse_name(name) {
        return Some(Parent::Participant(id));
    }
    parse.fault(field, "INVALID_NAME", "must be of the form complaints/{uuid} or participants/{uuid}");
    None
}

/// The key of a parent that the caller sees.
pub(super) async fn key(tx: &mut Tx, call: &Call, parent: Parent) -> Result<Uuid, Status> {
    let caller = App::organisation(call);
    let (kind, found) = match parent {
        Parent::Complaint(id) => ("complaint", store::complaint::find_key(tx, id, caller).await),
        Parent::Participant(id) => {
            let row = store::participant::find_visible(tx, id, caller).await;
            ("participant", row.map(|row| row.map(|row| row.key)))
        }
    };
    found.map_err(app::database)?.ok_or_else(|| DOMAIN.not_found(kind, &parent.name()))
}
