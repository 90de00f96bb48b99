//! Follows the complaints service: who works for whom, and what became of what was handed over.

use prost::Message as _;
use redress_journal::{
    append::Origin,
    entry::{Actor, Entry},
    shell::inside,
    subscription::{HandleFault, Handler},
};
use redress_kernel::Id;
use redress_proto::complaints::v1 as complaints;
use redress_store::Tx;
use routing_domain::{ComplaintId, Fate};

use crate::{app::App, command::fate::RecordFate};

/// Acts on what complaints tells.
#[derive(Clone)]
pub(crate) struct Complaints {
    pub(crate) app: App,
}

/// What an entry tells of a complaint.
struct News {
    complaint: ComplaintId,
    fate: Fate,
    reason: String,
    existing: Option<ComplaintId>,
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
        let Some(news) = news(entry)? else { return Ok(()) };
        let command = RecordFate {
            rulebook: self.app.rulebook.clone(),
            complaint: news.complaint,
            fate: news.fate,
            reason: news.reason,
            existing: news.existing,
        };
        let parts = &self.app.desk.parts;
        let origin = Origin {
            actor: Actor { organisation: None, subject: routing_domain::Actor::suite().subject },
            request: None,
            causation: uuid::Uuid::parse_str(&entry.content.entry_id).ok(),
            traceparent: entry.traceparent.clone(),
        };
        let done = inside::carry_out(tx, &command, origin, parts.ids.as_ref(), parts.clock.now()).await?;
        // Nothing of what complaints tells is refused by a stage; what is refused is a fault of the data.
        done.map(drop).map_err(|refusal| HandleFault::Poison(refusal.reason().to_owned()))
    }
}

/// What the entry tells of a complaint; nothing where that changes nothing here.
fn news(entry: &Entry) -> Result<Option<News>, HandleFault> {
    let Some(event) = entry.content.entry_type.strip_prefix("redress.complaints.v1.") else {
        return Ok(None);
    };
    let fate = match event {
        "ComplaintRegistered" => Fate::Open,
        "ComplaintRedirected" => Fate::Redirected,
        "FinalResponseIssued" => Fate::Answered,
        "ExaminerContactRecorded" => Fate::WithIce,
        "ReturnedByExaminer" => returned(entry)?,
        "ComplaintClosed" => Fate::Closed,
        "ComplaintWithdrawn" => Fate::Withdrawn,
        "IntakeRefused" => return refused(entry).map(Some),
        // Everything else that happens to a complaint is the provider's own work on it.
        _ => return Ok(None),
    };
    let stream = entry.stream().map_err(|_| poison("no stream"))?;
    let complaint = Id::new(stream.id);
    Ok(Some(News { complaint, fate, reason: String::new(), existing: None }))
}

/// What ICE did not take is where it was: answered, or still being worked.
fn returned(entry: &Entry) -> Result<Fate, HandleFault> {
    let it = complaints::ReturnedByExaminer::decode(entry.content.payload.as_slice())
        .map_err(|_| poison("the payload cannot be read"))?;
    Ok(if it.final_response_on.is_some() { Fate::Answered } else { Fate::Open })
}

fn refused(entry: &Entry) -> Result<News, HandleFault> {
    let refused = complaints::IntakeRefused::decode(entry.content.payload.as_slice())
        .map_err(|_| poison("the payload cannot be read"))?;
    let reason = refused.reason().as_str_name().trim_start_matches("ERROR_REASON_").to_owned();
    Ok(News {
        complaint: Id::parse_name(&refused.complaint).map_err(|_| poison("a name is none"))?,
        fate: Fate::Refused,
        reason,
        existing: Id::parse_name(&refused.duplicate_of).ok(),
    })
}

fn poison(why: &str) -> HandleFault {
    HandleFault::Poison(why.to_owned())
}
