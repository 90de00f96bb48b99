//! The routing service's feed: complaints that it hands over are registered under the ids it gave, at the stage it names
//! (CMP-12, CMP-13, RTE-07).
//!
//! What was said and by whom is not in its journal; it is read from the contact before the transaction is opened. A
//! complaint that the rules refuse is answered in the own journal, so that routing can tell those concerned; one that
//! somebody could still make room for waits as a parked entry.

mod taken;

use complaints_domain::{ContractId, ParticipantId, Refusal, id};
use redress_chassis::{
    Peer,
    follow::{name, origin, payload, poison},
};
use redress_journal::{
    append::{Entries, Origin},
    entry::Entry,
    publish::{About, entry as entry_of},
    shell::inside::carry_out,
    stream,
    subscription::{HandleFault, Handler},
};
use redress_proto::{
    complaints::v1::{self as proto, ErrorReason, IntakeRefused},
    routing::v1::{
        ComplaintHandedOver, Contact, ContactView, GetContactRequest,
        routing_service_client::RoutingServiceClient,
    },
};
use redress_store::{DataKey, Tx, keyring::KeyringFault};
use tonic_types::StatusExt as _;

use crate::{app::App, store::participant, world::World};

/// What is handed over.
const HANDED_OVER: &str = "redress.routing.v1.ComplaintHandedOver";
/// The kind of stream in which a complaint's history stands.
const REGISTERED: &str = "complaints";
/// The kind of stream in which a refusal stands; each is a stream of its own, by the id that routing gave.
const REFUSED: &str = "refused-intakes";

/// Follows the routing service.
pub(crate) struct Handovers {
    pub(crate) app: App,
    /// Where contacts are read.
    pub(crate) routing: Peer,
}

/// A complaint that is handed over, with what its journal does not tell.
pub(crate) struct Fetched {
    handed: ComplaintHandedOver,
    person: proto::Person,
    statement: proto::Statement,
    /// Keys for the case, and for the person where nobody recorded them before.
    keys: (DataKey, DataKey),
}

impl Handler for Handovers {
    type Prepared = Option<Fetched>;

    async fn prepare(&self, entry: &Entry) -> Result<Option<Fetched>, HandleFault> {
        if entry.content.entry_type != HANDED_OVER {
            return Ok(None);
        }
        let handed: ComplaintHandedOver = payload(entry)?;
        let question = GetContactRequest { name: handed.contact.clone(), view: ContactView::Full.into() };
        let mut routing = RoutingServiceClient::new(self.routing.channel());
        let contact = match routing.get_contact(self.routing.as_service(question)).await {
            Ok(contact) => contact.into_inner(),
            // Told again of one that has ended since: what it told of has had its effect, and nothing is left to read (L31).
            Err(status) if is_gone(&status) => return Ok(None),
            Err(status) => return Err(Peer::fault(&status)),
        };
        Ok(Some(Fetched {
            handed: with_references(handed, &contact),
            person: contact.person.unwrap_or_default(),
            statement: contact.statement.ok_or_else(|| poison("the contact holds no statement"))?,
            keys: (self.key().await?, self.key().await?),
        }))
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, fetched: Option<Fetched>) -> Result<(), HandleFault> {
        let Some(fetched) = fetched else { return Ok(()) };
        let handed = &fetched.handed;
        let complaint = name::<id::Complaint>(&handed.complaint)?;
        // What the journal tells of it has been done, also where the complaint itself was destroyed since (L31).
        for kind in [REGISTERED, REFUSED] {
            if !stream::history(tx, kind, complaint.uuid(), 0, 1).await?.is_empty() {
                return Ok(());
            }
        }
        let contract = name(&handed.contract)?;
        let reference = taken::participant_reference(handed)?;
        let known = self.known(tx, handed, contract, &reference).await?;
        let command = taken::command(&self.app, &fetched, known, reference)?;
        let parts = &self.app.desk.parts;
        let (ids, now) = (parts.ids.as_ref(), parts.clock.now());
        match carry_out::<World, _>(tx, &command, origin(entry), ids, now).await? {
            // It is there under this id: an earlier delivery has had its effect.
            Ok(()) | Err(Refusal::AlreadyThere { .. }) => Ok(()),
            // Somebody can still record the procedure, or the calendar, and try again.
            Err(refusal @ (Refusal::ProcedureMissing { .. } | Refusal::Policy(_))) => {
                Err(poison(refusal.reason()))
            }
            Err(refusal) => {
                let answer = refused(handed, &refusal);
                let about = About {
                    kind: REFUSED,
                    id: complaint.uuid(),
                    version: 1,
                    contract: Some(contract.uuid()),
                };
                let mut entries = Entries::new(ids, now, Origin { ..origin(entry) });
                entries.append(entry_of(about, &answer, Vec::new()));
                entries.flush(tx).await?;
                Ok(())
            }
        }
    }
}

/// What was handed over, with the references that the journal does not tell. What a joint reply left over has none of its own.
fn with_references(handed: ComplaintHandedOver, contact: &Contact) -> ComplaintHandedOver {
    let or = |told: String, read: &str| if told.is_empty() { read.to_owned() } else { told };
    let own = if handed.mixed_complaint.is_empty() { contact.reference.as_str() } else { "" };
    ComplaintHandedOver {
        reference: or(handed.reference, own),
        participant_reference: or(handed.participant_reference, &contact.participant_reference),
        ..handed
    }
}

/// Whether the answer is a tombstone.
fn is_gone(status: &tonic::Status) -> bool {
    status.get_details_error_info().is_some_and(|info| info.reason == "ITEM_DESTROYED")
}

impl Handovers {
    /// The participant, where one is named or has the reference.
    async fn known(
        &self,
        tx: &mut Tx,
        handed: &ComplaintHandedOver,
        contract: ContractId,
        reference: &str,
    ) -> Result<Option<ParticipantId>, HandleFault> {
        if !handed.participant.is_empty() {
            return name(&handed.participant).map(Some);
        }
        let found = participant::find_references(tx, vec![(contract, reference.to_owned())]).await?;
        Ok(found.into_iter().next().map(|(_, id)| id))
    }

    async fn key(&self) -> Result<DataKey, HandleFault> {
        self.app.desk.parts.keyring.take().await.map_err(|fault| match fault {
            KeyringFault::Db(error) => HandleFault::from(error),
            KeyringFault::Destroyed(_)
            | KeyringFault::Unknown(_)
            | KeyringFault::Locked(_)
            | KeyringFault::Unmade => poison("the keyring gives no key"),
        })
    }
}

/// The answer to a complaint that is not taken up.
fn refused(handed: &ComplaintHandedOver, refusal: &Refusal) -> IntakeRefused {
    let reason = ErrorReason::from_str_name(&format!("ERROR_REASON_{}", refusal.reason()));
    let duplicate_of =
        if let Refusal::DuplicateComplaint { existing } = refusal { existing.name() } else { String::new() };
    IntakeRefused {
        contact: handed.contact.clone(),
        complaint: handed.complaint.clone(),
        reason: reason.unwrap_or_default().into(),
        duplicate_of,
    }
}
