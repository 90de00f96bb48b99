//! Reasons to keep a record whatever its date.

use clap::{Args, Subcommand, ValueEnum};
use redress_proto::records_retention::v1::{
    HoldReason, PlaceHoldRequest, ReleaseHoldRequest, ReviewHoldRequest,
    record_service_client::RecordServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session,
        day::Day,
        input::{Creation, Mutation},
    },
    present::record,
};

/// What to do with holds.
#[derive(Debug, Subcommand)]
pub enum Hold {
    /// Place a hold
    Place(Place),
    /// Set a new day on which to look at a hold
    Review(Review),
    /// Release a hold that your organisation placed
    Release(Release),
}

/// Place a hold.
#[derive(Args, Debug)]
pub struct Place {
    /// The record
    #[arg(value_name = "RECORD")]
    pub record: String,
    /// Why
    #[arg(value_name = "REASON")]
    pub reason: Reason,
    /// On whose authority: a reference of the order or notice
    #[arg(long, value_name = "REFERENCE")]
    pub authority: String,
    /// Day on which to look whether it is still needed
    #[arg(long, value_name = "DAY")]
    pub review_on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Look at a hold again.
#[derive(Args, Debug)]
pub struct Review {
    /// The record
    #[arg(value_name = "RECORD")]
    pub record: String,
    /// The hold
    #[arg(value_name = "HOLD")]
    pub hold: String,
    /// Day on which to look again
    #[arg(long = "review-on", value_name = "DAY")]
    pub on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Release a hold.
#[derive(Args, Debug)]
pub struct Release {
    /// The record
    #[arg(value_name = "RECORD")]
    pub record: String,
    /// The hold
    #[arg(value_name = "HOLD")]
    pub hold: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Why a person holds a record. Cases place and release holds of their own.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Reason {
    /// The department forbade destruction
    DestructionEmbargo,
    /// A legal claim is made or expected
    LegalClaim,
    /// A person asked for their data and has not had it yet
    SubjectAccessRequest,
    /// An audit or investigation needs it
    Audit,
    /// Processing is restricted: only whoever protects data reads what lies with it
    Restriction,
}

impl From<Reason> for HoldReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::DestructionEmbargo => Self::DestructionEmbargo,
            Reason::LegalClaim => Self::LegalClaim,
            Reason::SubjectAccessRequest => Self::SubjectAccessRequest,
            Reason::Audit => Self::Audit,
            Reason::Restriction => Self::Restriction,
        }
    }
}

impl Hold {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Place(place) => place.run(session).await,
            Self::Review(review) => review.run(session).await,
            Self::Release(release) => release.run(session).await,
        }
    }
}

impl Place {
    /// Places it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = PlaceHoldRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("records", &self.record)?,
            reason: HoldReason::from(self.reason).into(),
            authority: self.authority,
            review_on: Some(session.day(self.review_on)),
        };
        session
            .ask(question, record::show, async |stub, request| {
                RecordServiceClient::new(stub).place_hold(request).await
            })
            .await
    }
}

impl Review {
    /// Sets the day.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ReviewHoldRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("records", &self.record)?,
            hold: resolve::by_uuid("holds", &self.hold)?,
            review_on: Some(session.day(self.on)),
        };
        session
            .ask(question, record::show, async |stub, request| {
                RecordServiceClient::new(stub).review_hold(request).await
            })
            .await
    }
}

impl Release {
    /// Releases it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ReleaseHoldRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("records", &self.record)?,
            hold: resolve::by_uuid("holds", &self.hold)?,
            etag: self.mutation.etag,
        };
        session
            .ask(question, record::show, async |stub, request| {
                RecordServiceClient::new(stub).release_hold(request).await
            })
            .await
    }
}
