//! The complaints service's feed: the supply chain, each complaint's own record, its papers, the procedures; and a final
//! response that ends a revisit.

use std::sync::Arc;

use ice_liaison_domain::{
    CaseRecord, ComplaintId, ExaminationId, IceYear, ProcedureId, Refusal, examination::Command, figures, id,
    record::Learned,
};
use prost::Name as _;
use redress_chassis::follow::origin;
use redress_journal::{
    entry::Entry,
    shell::inside::carry_out,
    subscription::{HandleFault, Handler},
};
use redress_kernel::{Clock, Id, Ids};
use redress_policy::Rulebook;
use redress_proto::{complaints::v1 as proto, records_retention::v1::DisposalCarriedOut};
use redress_store::Tx;

use super::case::{self, payload, poison};
use crate::{
    command::act::Act,
    store::{
        ended, examination,
        fact::{self, Counted, Of, Source},
        procedure,
        record::{self, Record},
    },
    world::World,
};

/// Follows the complaints service.
pub(crate) struct Complaints {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// The time.
    pub(crate) clock: Arc<dyn Clock>,
    /// Ids for entries.
    pub(crate) ids: Arc<dyn Ids>,
}

impl Handler for Complaints {
    type Prepared = ();

    async fn prepare(&self, _: &Entry) -> Result<(), HandleFault> {
        Ok(())
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, (): ()) -> Result<(), HandleFault> {
        if redress_chain::learn(tx, entry).await? {
            return Ok(());
        }
        if entry.content.entry_type == DisposalCarriedOut::full_name() {
            return destroyed(tx, entry).await;
        }
        match entry.content.entry_type.strip_prefix("redress.complaints.v1.") {
            Some("ComplaintRegistered") => self.register(tx, entry).await,
            Some("ProcedureRecorded") => procedure_recorded(tx, entry).await,
            Some("DocumentStored" | "DocumentQuarantined") => document(tx, entry).await,
            // What this service does not need it passes over: contacts of participants, drafts, issues.
            Some(_) | None => match case::learned(entry)? {
                Some(learned) => self.learn(tx, entry, learned).await,
                None => Ok(()),
            },
        }
    }
}

impl Complaints {
    async fn register(&self, tx: &mut Tx, entry: &Entry) -> Result<(), HandleFault> {
        let case = CaseRecord::from(case::registered(entry)?);
        if ended::known(tx, case.complaint).await?.is_some() {
            return Ok(());
        }
        let pack = self.rulebook.library.get(&case.pack).map_err(|_| poison("unknown pack"))?;
        let contract = redress_chain::find_contracts(tx, vec![case.contract]).await?.pop();
        let contract = contract.ok_or_else(|| poison("unknown contract"))?;
        let member = contract.members_at(case.received_on).get(case.organisation);
        let counted = Counted {
            entry: entry.id().map_err(|_| poison("no entry id"))?,
            ordinal: 0,
            source: Source::Complaints,
            position: None,
            year: IceYear::of(case.received_on, pack).begins().into(),
            of: Of {
                contract: case.contract,
                organisation: case.organisation,
                programme: case.programme.clone(),
                tier: member.map_or(0, |member| member.tier),
            },
            fact: figures::complaint(case.received_on),
        };
        let id = counted.entry;
        record::save(tx, &Record { case, revision: 0 }).await?;
        fact::insert(tx, &[counted]).await?;
        Ok(fact::place(tx, Source::Complaints, id, entry.position).await?)
    }

    async fn learn(&self, tx: &mut Tx, entry: &Entry, learned: Learned) -> Result<(), HandleFault> {
        let complaint: ComplaintId = Id::new(entry.stream().map_err(|_| poison("no stream"))?.id);
        let answered = matches!(learned, Learned::FinalResponse(_));
        keep(tx, complaint, learned).await?;
        if answered {
            self.note_final_response(tx, entry, complaint).await?;
        }
        Ok(())
    }

    /// Q7: the final response that a revisit led to brings the case back to the gateway.
    async fn note_final_response(
        &self,
        tx: &mut Tx,
        entry: &Entry,
        complaint: ComplaintId,
    ) -> Result<(), HandleFault> {
        let live: Option<(ComplaintId, ExaminationId)> =
            examination::find_live(tx, vec![complaint]).await?.pop();
        let Some((_, examination)) = live else { return Ok(()) };
        let act = Act {
            rulebook: self.rulebook.clone(),
            caller: None,
            examination,
            expected: None,
            command: Command::NoteFinalResponse,
            texts: Vec::new(),
            note: None,
        };
        let now = self.clock.now();
        match carry_out::<World, _>(tx, &act, origin(entry), self.ids.as_ref(), now).await? {
            // A case that waits for no final response takes none: the response is on record all the same.
            Ok(_) | Err(Refusal::StageRefuses(_) | Refusal::NotDue { .. }) => Ok(()),
            Err(refusal) => Err(poison(refusal.reason())),
        }
    }
}

async fn procedure_recorded(tx: &mut Tx, entry: &Entry) -> Result<(), HandleFault> {
    let recorded: proto::ProcedureRecorded = payload(entry)?;
    let procedure: ProcedureId = Id::new(entry.stream().map_err(|_| poison("no stream"))?.id);
    let contract = Id::parse_name(&recorded.contract).map_err(|_| poison("a name is none"))?;
    Ok(procedure::insert(tx, procedure, contract).await?)
}

/// What complaints destroyed: of the papers of a complaint that is gone only the digests are left. One that was never known
/// here needs nothing forgotten.
async fn destroyed(tx: &mut Tx, entry: &Entry) -> Result<(), HandleFault> {
    let carried_out: DisposalCarriedOut = payload(entry)?;
    for subject in &carried_out.subjects {
        let Ok(complaint) = Id::<id::Complaint>::parse_name(subject) else { continue };
        if let Some(mut known) = find(tx, complaint).await? {
            known.case.learn(Learned::Destroyed);
            record::save(tx, &known).await?;
        }
    }
    Ok(())
}

/// A document of a complaint; those of participants are no papers of a case.
async fn document(tx: &mut Tx, entry: &Entry) -> Result<(), HandleFault> {
    let (parent, paper) = case::document(entry)?;
    match Id::<id::Complaint>::parse_name(&parent) {
        Ok(complaint) => keep(tx, complaint, Learned::Document(paper)).await,
        Err(_) => Ok(()),
    }
}

async fn keep(tx: &mut Tx, complaint: ComplaintId, learned: Learned) -> Result<(), HandleFault> {
    let Some(mut known) = find(tx, complaint).await? else {
        // Told again of one whose file ended: there is nothing left to learn for.
        let ended = ended::known(tx, complaint).await?.is_some();
        return if ended { Ok(()) } else { Err(poison("unknown complaint")) };
    };
    known.case.learn(learned);
    Ok(record::save(tx, &known).await?)
}

async fn find(tx: &mut Tx, complaint: ComplaintId) -> Result<Option<Record>, HandleFault> {
    Ok(record::find_many(tx, vec![complaint]).await?.pop())
}
