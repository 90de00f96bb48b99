//! Someone who keeps records, and sees to their end: every call of the records-retention service in as few words as a test needs.

use futures::stream;
use redress_proto::{
    options::v1::Role,
    records_retention::v1::{
        self as proto, disposal_service_client::DisposalServiceClient,
        record_service_client::RecordServiceClient, upload_part_request::Piece,
    },
};
use redress_testkit::wait;
use tonic::{Response, Status, transport::Channel};

use crate::{
    chain::{Member, People, bearing},
    identity::Identity,
    officer::Answer,
    refused::Refused,
    seed::Seed,
};

/// Works records of the prime, as two people do. Not to be cloned: a copy would draw the same request ids.
#[derive(Debug)]
pub struct Registrar {
    records: RecordServiceClient<Channel>,
    disposals: DisposalServiceClient<Channel>,
    people: People,
    seed: Seed,
}

impl Registrar {
    /// Sits down.
    pub fn new(channel: &Channel, people: &People, seed: Seed) -> Self {
        Self {
            records: RecordServiceClient::new(channel.clone()),
            disposals: DisposalServiceClient::new(channel.clone()),
            people: people.clone(),
            seed,
        }
    }

    /// An id for a request.
    pub fn id(&mut self) -> String {
        self.seed.request_id()
    }

    fn by<T>(&self, subject: &str, message: T) -> Result<tonic::Request<T>, Box<Refused>> {
        let organisation = self.people.organisation(Member::Prime);
        let identity = Identity::person(organisation, subject, Role::RecordsOfficer);
        let token = self.people.issuer().token(&identity).map_err(|error| broken(&error))?;
        bearing(&token, message).map_err(|error| broken(&error))
    }

    /// The record of a thing that another service holds, if it is there yet.
    pub async fn find(&mut self, subject: &str) -> Answer<Option<proto::Record>> {
        let request = proto::ListRecordsRequest { page_size: 200, ..Default::default() };
        let request = self.by("rita", request)?;
        let records = said(self.records.list_records(request).await)?.records;
        let of = |record: &proto::Record| record.parts.iter().any(|part| part.subject == subject);
        Ok(records.into_iter().find(of))
    }

    /// The same, once it is as it should be; it comes by the feed, a moment later.
    pub async fn record(
        &mut self,
        subject: &str,
        so: impl Fn(&proto::Record) -> bool,
    ) -> Answer<proto::Record> {
        wait::ready(&format!("the record of {subject}"), async {
            loop {
                if let Some(record) = self.find(subject).await?.filter(&so) {
                    return Ok(record);
                }
                tokio::task::yield_now().await;
            }
        })
        .await
    }

    /// One record as it is now.
    pub async fn get(&mut self, name: &str) -> Answer<proto::Record> {
        let request = self.by("rita", proto::GetRecordRequest { name: name.to_owned() })?;
        said(self.records.get_record(request).await)
    }

    /// Registers a record, and lays something by with it.
    pub async fn register(&mut self, record: proto::Record, content: &'static [u8]) -> Answer<proto::Record> {
        let request = proto::RegisterRecordRequest {
            request_id: self.id(),
            record: Some(record),
            ..Default::default()
        };
        let request = self.by("rita", request)?;
        let name = said(self.records.register_record(request).await)?.name;
        let pieces = stream::iter(part(self.id(), name, content));
        let request = self.by("rita", pieces)?;
        said(self.records.upload_part(request).await)
    }

    /// What lies with a record: the first of its parts, or any name where it has none.
    pub async fn part(&mut self, name: &str) -> Answer<Vec<u8>> {
        let part = self.get(name).await?.parts.pop().map(|part| part.name);
        let part = part.unwrap_or_else(|| format!("parts/{}", self.seed.uuid()));
        let request = proto::DownloadPartRequest { name: name.to_owned(), part, offset: 0 };
        let request = self.by("rita", request)?;
        let mut pieces = said(self.records.download_part(request).await)?;
        let mut bytes = Vec::new();
        while let Some(piece) = said(pieces.message().await.map(Response::new))? {
            bytes.extend_from_slice(&piece.data);
        }
        Ok(bytes)
    }

    /// Places a hold.
    pub async fn hold(&mut self, request: proto::PlaceHoldRequest) -> Answer<proto::Record> {
        let request = self.by("rita", request)?;
        said(self.records.place_hold(request).await)
    }

    /// Releases one.
    pub async fn release(&mut self, name: &str, hold: &str) -> Answer<proto::Record> {
        let request = proto::ReleaseHoldRequest {
            request_id: self.id(),
            name: name.to_owned(),
            hold: hold.to_owned(),
            etag: String::new(),
        };
        let request = self.by("rita", request)?;
        said(self.records.release_hold(request).await)
    }

    /// Rita proposes to destroy records.
    pub async fn propose(&mut self, records: &[String]) -> Answer<proto::Disposal> {
        let request =
            proto::ProposeDisposalRequest { request_id: self.id(), records: records.to_vec(), method: 0 };
        let request = self.by("rita", request)?;
        said(self.disposals.propose_disposal(request).await)
    }

    /// Omar approves.
    pub async fn approve(&mut self, disposal: &proto::Disposal) -> Answer<proto::Disposal> {
        let request = proto::ApproveDisposalRequest {
            request_id: self.id(),
            name: disposal.name.clone(),
            digest: disposal.digest.clone(),
        };
        let request = self.by("omar", request)?;
        said(self.disposals.approve_disposal(request).await)
    }

    /// Two people have a disposal that stands still go on.
    pub async fn resume(&mut self, name: &str) -> Answer<proto::Disposal> {
        self.end(name, proto::DisposalEndingKind::Resume, proto::DisposalEndingReason::Corrected).await
    }

    /// One person says how a disposal that stands still should end, and another agrees.
    pub async fn end(
        &mut self,
        name: &str,
        kind: proto::DisposalEndingKind,
        reason: proto::DisposalEndingReason,
    ) -> Answer<proto::Disposal> {
        let request = proto::ProposeDisposalEndingRequest {
            request_id: self.id(),
            name: name.to_owned(),
            kind: kind.into(),
            reason: reason.into(),
            reference: "NOTE-1".to_owned(),
        };
        let request = self.by("rita", request)?;
        said(self.disposals.propose_disposal_ending(request).await)?;
        let request = proto::ApproveDisposalEndingRequest {
            request_id: self.id(),
            name: name.to_owned(),
            kind: kind.into(),
        };
        let request = self.by("omar", request)?;
        said(self.disposals.approve_disposal_ending(request).await)
    }

    /// A disposal as it is now.
    pub async fn disposal(&mut self, name: &str) -> Answer<proto::Disposal> {
        let request = self.by("rita", proto::GetDisposalRequest { name: name.to_owned() })?;
        said(self.disposals.get_disposal(request).await)
    }

    /// The same, once it stands where it should.
    pub async fn stands(&mut self, name: &str, stage: proto::DisposalStage) -> Answer<proto::Disposal> {
        wait::ready(stage.as_str_name(), async {
            loop {
                let disposal = self.disposal(name).await?;
                if disposal.stage() == stage {
                    return Ok(disposal);
                }
                tokio::task::yield_now().await;
            }
        })
        .await
    }

    /// The certificate, once it is in the tree.
    pub async fn certificate(&mut self, name: &str) -> Answer<proto::Certificate> {
        wait::ready("the certificate", async {
            loop {
                let request = self.by("omar", proto::GetCertificateRequest { name: name.to_owned() })?;
                match said(self.disposals.get_certificate(request).await) {
                    Err(refused) if refused.code == tonic::Code::NotFound => tokio::task::yield_now().await,
                    answer => return answer,
                }
            }
        })
        .await
    }

    /// Confirms the date, once the service has noticed that the clock jumped.
    pub async fn confirm_date(&mut self) -> Answer<()> {
        wait::ready("the service to doubt the date", async {
            loop {
                let request = self.by("rita", proto::GetDisposalControlRequest {})?;
                if said(self.disposals.get_disposal_control(request).await)?.clock_in_doubt {
                    break;
                }
                tokio::task::yield_now().await;
            }
            let request = proto::ConfirmDateRequest { request_id: self.id() };
            let request = self.by("rita", request)?;
            said(self.disposals.confirm_date(request).await).map(drop)
        })
        .await
    }
}

/// The pieces by which something is laid by with a record.
pub fn part(request_id: String, record: String, content: &'static [u8]) -> [proto::UploadPartRequest; 2] {
    let description = proto::PartDescription {
        request_id,
        name: record,
        file_name: "note.bin".to_owned(),
        media_type: "application/octet-stream".to_owned(),
        size_bytes: i64::try_from(content.len()).unwrap_or(i64::MAX),
        ..Default::default()
    };
    let chunk = proto::PartChunk { offset: 0, data: content.into() };
    [Piece::Description(description), Piece::Chunk(chunk)]
        .map(|piece| proto::UploadPartRequest { piece: Some(piece) })
}

fn said<T>(answer: Result<Response<T>, Status>) -> Answer<T> {
    answer.map(Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}

fn broken(error: &anyhow::Error) -> Box<Refused> {
    #[expect(clippy::disallowed_methods, reason = "this is a client: the status never reaches a wire")]
    let status = Status::unknown(format!("client: {error:#}"));
    Box::new(Refused::from(&status))
}
