//! Records of the prime's own, and what is laid by with them.

use futures::stream;
use redress_proto::records_retention::v1::{
    self as proto, record_service_client::RecordServiceClient, upload_part_request::Piece,
};
use tonic::{Response, Status};

use super::{Caller, Cast, request_id};

impl Cast {
    /// Registers a record, with nothing in it.
    pub(crate) async fn enter(&self, record: proto::Record) -> Result<proto::Record, Status> {
        let request = proto::RegisterRecordRequest {
            request_id: request_id(),
            record: Some(record),
            ..Default::default()
        };
        self.records().await.register_record(request).await.map(Response::into_inner)
    }

    /// Registers a record of the prime's own, with something in it.
    pub(crate) async fn register(&self, class: proto::RecordClass, content: &[u8]) -> proto::Record {
        let record = proto::Record {
            contract: self.contract.clone(),
            record_class: class.into(),
            ..Default::default()
        };
        let name = self.enter(record).await.unwrap().name;
        self.lay_by(&name, content).await
    }

    /// Lays something by with a record that is there.
    pub(crate) async fn lay_by(&self, record: &str, content: &[u8]) -> proto::Record {
        self.upload(part(record, content), content).await.unwrap()
    }

    /// The same as it is described, in pieces.
    pub(crate) async fn upload(
        &self,
        description: proto::PartDescription,
        content: &[u8],
    ) -> Result<proto::Record, Status> {
        let pieces = stream::iter(pieces(description, content));
        self.records().await.upload_part(pieces).await.map(Response::into_inner)
    }

    /// What lies with a record, as a records officer of the prime is given it.
    pub(crate) async fn content(&self, record: &str, part: &str) -> Result<Vec<u8>, Status> {
        content(self.records().await, record, part, 0).await.map(|(_, bytes)| bytes)
    }

    /// Registers a letter.
    pub(crate) async fn letter(&self) -> String {
        self.register(proto::RecordClass::CorrespondenceFile, b"A letter.").await.name
    }
}

/// What is to come in an upload.
pub(crate) fn part(record: &str, content: &[u8]) -> proto::PartDescription {
    proto::PartDescription {
        request_id: request_id(),
        name: record.to_owned(),
        file_name: "note.bin".to_owned(),
        media_type: "application/octet-stream".to_owned(),
        size_bytes: i64::try_from(content.len()).unwrap(),
        ..Default::default()
    }
}

/// The pieces of an upload.
pub(crate) fn pieces(description: proto::PartDescription, content: &[u8]) -> Vec<proto::UploadPartRequest> {
    const PIECE: usize = 100_000;
    let chunk = |(number, data): (usize, &[u8])| {
        let offset = i64::try_from(number * PIECE).unwrap();
        Piece::Chunk(proto::PartChunk { offset, data: data.to_vec().into() })
    };
    let chunks = content.chunks(PIECE).enumerate().map(chunk);
    let all = [Piece::Description(description)].into_iter().chain(chunks);
    all.map(|piece| proto::UploadPartRequest { piece: Some(piece) }).collect()
}

/// What lies with a record from an offset on, and what is known of it.
pub(crate) async fn content(
    mut records: RecordServiceClient<Caller>,
    record: &str,
    part: &str,
    offset: i64,
) -> Result<(proto::PartContent, Vec<u8>), Status> {
    let request = proto::DownloadPartRequest { name: record.to_owned(), part: part.to_owned(), offset };
    let mut pieces = records.download_part(request).await?.into_inner();
    let (mut known, mut bytes) = (None, Vec::new());
    while let Some(piece) = pieces.message().await? {
        known = known.or(piece.content);
        bytes.extend_from_slice(&piece.data);
    }
    Ok((known.expect("a description"), bytes))
}
