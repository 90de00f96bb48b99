//! `EvidenceBagService`: a bag is planned, shown or recorded, and streamed.

mod refusal;
mod shown;
mod stream;

use std::sync::Arc;

use redress_bag::Plan;
use redress_chassis::{Call, Domain, Parse, Parts};
use redress_journal::append::Origin;
use redress_kernel::{Id, noun};
use redress_proto::ice_liaison::v1::{
    self as proto, EvidenceBagBuilt, evidence_bag_service_server::EvidenceBagService,
};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::evidence::{
    Asked, Papers, Pins, Refused, Sources, gather, render,
    store::{self, Built},
};

/// Answers `EvidenceBagService`.
#[derive(Clone)]
pub(crate) struct EvidenceBags {
    domain: Domain,
    parts: Parts,
}

/// A bag, ready to be sent.
pub(crate) struct Ready {
    pub(crate) plan: Plan,
    pub(crate) papers: Papers,
}

impl EvidenceBags {
    /// The rpcs of the service whose answers are `domain`'s.
    pub(crate) const fn new(domain: Domain, parts: Parts) -> Self {
        Self { domain, parts }
    }

    fn sources(&self) -> Sources {
        Sources::of(&self.parts)
    }

    /// Gathers and plans.
    async fn ready(&self, call: &Call, asked: &Asked) -> Result<Ready, Refused> {
        let papers = gather(&self.sources(), call, asked).await?;
        let signer = Arc::clone(&self.parts.signer);
        // Two documents are rendered, which takes longer than others should wait.
        let planned = self.parts.tasks.tracker().spawn_blocking(move || {
            let case = render::case(&papers)?;
            Ok::<_, Refused>(Ready { plan: Plan::of(&case, &signer)?, papers })
        });
        planned.await.map_err(|_| Refused::Unreadable)?
    }

    /// Gathers as of the last bag, so that an unchanged case gives the same one, or else as of now.
    async fn again(&self, call: &Call, asked: Asked, complaint: Uuid) -> Result<Ready, Status> {
        let refused = |refused| refusal::status(self.domain, refused);
        if asked.pinned.is_some() {
            return self.ready(call, &asked).await.map_err(refused);
        }
        let before = store::newest(&self.parts.database, complaint).await;
        let before = before.map_err(|error| self.domain.database(&error))?;
        if let Some(pins) = before.as_deref().and_then(Pins::read) {
            match self.ready(call, &Asked { pinned: Some(pins), ..asked.clone() }).await {
                Err(Refused::Changed | Refused::Checkpoint) => {}
                other => return other.map_err(refused),
            }
        }
        self.ready(call, &asked).await.map_err(refused)
    }

    /// Puts the bag on record, so that the same again is this one.
    async fn record(&self, call: &Call, complaint: Uuid, ready: &Ready) -> Result<(), Status> {
        let statement = ready.plan.statement();
        let names = |withheld: bool| {
            let items = statement.items.iter().filter(move |item| item.withheld.is_some() == withheld);
            items.map(|item| item.id.clone()).collect::<Vec<_>>()
        };
        let contract = ready.papers.complaint.contract.as_str();
        let built = Built {
            complaint,
            contract: Id::<noun::Contract>::parse_name(contract).ok().map(Id::uuid),
            pins: ready.papers.pins(),
            event: EvidenceBagBuilt {
                complaint: ready.papers.complaint.name.clone(),
                digest: ready.plan.digest().as_str().to_owned(),
                position: shown::position(ready),
                included: names(false),
                withheld: names(true),
            },
        };
        let origin = Origin {
            actor: call.actor(),
            request: None,
            causation: None,
            traceparent: call.trace.to_string(),
        };
        let (db, ids) = (&self.parts.database, self.parts.ids.as_ref());
        let recorded = store::record(db, ids, self.parts.clock.now(), origin, &built).await;
        recorded.map_err(|error| self.domain.database(&error))?;
        self.parts.hint.committed();
        Ok(())
    }

    /// Which complaint, and what is withheld.
    fn asked(
        &self,
        complaint: &str,
        withheld: &[proto::WithheldItem],
        pins: &[u8],
    ) -> Result<(Uuid, Asked), Status> {
        let mut parse = Parse::new();
        let id = parse.name::<noun::Complaint>("complaint", complaint);
        let mut without = std::collections::BTreeMap::new();
        for (at, item) in withheld.iter().enumerate() {
            let place = format!("withheld[{at}]");
            if item.ground() == proto::WithholdingGround::Unspecified {
                let words = "must be the one ground there is, legal professional privilege";
                parse.fault(&format!("{place}.ground"), "REQUIRED", words);
            }
            if without.insert(item.paper.clone(), item.authority.clone()).is_some() {
                parse.fault(&format!("{place}.paper"), "DUPLICATE", "must name each paper once");
            }
        }
        let id = parse.finish(id).map_err(|violations| self.domain.invalid(violations))?;
        let pinned = if pins.is_empty() {
            None
        } else {
            let read = str::from_utf8(pins).ok().and_then(Pins::read);
            Some(read.ok_or_else(|| refusal::status(self.domain, Refused::Checkpoint))?)
        };
        Ok((id.uuid(), Asked { complaint: complaint.to_owned(), pinned, withheld: without }))
    }
}

#[tonic::async_trait]
impl EvidenceBagService for EvidenceBags {
    type BuildEvidenceBagStream = stream::Stream;

    async fn preview_evidence_bag(
        &self,
        request: Request<proto::PreviewEvidenceBagRequest>,
    ) -> Result<Response<proto::PreviewEvidenceBagResponse>, Status> {
        let (call, request) = (Call::of(&request)?, request.into_inner());
        let (complaint, asked) = self.asked(&request.complaint, &request.withheld, &[])?;
        let ready = self.again(&call, asked, complaint).await?;
        Ok(Response::new(proto::PreviewEvidenceBagResponse { bag: Some(shown::bag(&ready)) }))
    }

    async fn build_evidence_bag(
        &self,
        request: Request<proto::BuildEvidenceBagRequest>,
    ) -> Result<Response<Self::BuildEvidenceBagStream>, Status> {
        let (call, request) = (Call::of(&request)?, request.into_inner());
        let (complaint, asked) = self.asked(&request.complaint, &request.withheld, &request.checkpoint)?;
        let ready = self.again(&call, asked, complaint).await?;
        if !request.digest.is_empty() && request.digest != ready.plan.digest().as_str() {
            return Err(refusal::status(self.domain, Refused::Changed));
        }
        self.record(&call, complaint, &ready).await?;
        Ok(Response::new(stream::of(self.domain, self.sources(), call, &ready)))
    }
}
