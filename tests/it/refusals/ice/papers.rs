//! Papers on their way to ICE, one by one and as a bag: I14, I16, I17, I19.

use bytes::Bytes;
use futures::stream;
use redress_proto::{
    complaints::v1::{
        DocumentChunk, DocumentDescription, DocumentKind, UploadDocumentRequest,
        document_service_client::DocumentServiceClient, upload_document_request::Piece,
    },
    ice_liaison::v1::{
        BuildEvidenceBagRequest, EvidenceItem, PreviewEvidenceBagRequest, SendEvidenceRequest, WithheldItem,
        WithholdingGround,
    },
    options::v1::Role,
};
use redress_tests::{
    chain::{Member, civil},
    officer::Answer,
};
use tonic::Code;

use super::{Office, said};

/// A paper that nobody filed.
const NOWHERE: &str = "documents/0190c2f6-7d5e-7000-8000-000000000001";

impl Office {
    pub(super) async fn evidence(&mut self) {
        let (complaint, case) = self.called_for().await;
        let papers = self.examiner.papers(&complaint).await.unwrap();
        let answer = self.send(&case, Vec::new(), Vec::new()).await;
        let refusal =
            self.desk.expect("I14 one is missing", answer, Code::FailedPrecondition, "BUNDLE_INCOMPLETE");
        let named = refusal.as_ref().is_some_and(|refusal| refusal.metadata["missing"].contains("letters/"));
        self.desk.verdicts.also("I14 names what is missing", named, refusal.as_ref());

        let mut more = papers.clone();
        more.push(EvidenceItem { paper: NOWHERE.to_owned(), sha256: String::new() });
        let answer = self.send(&case, more, Vec::new()).await;
        self.desk.expect("a paper nobody filed", answer, Code::InvalidArgument, "NOT_ON_FILE");
        let mut changed = papers.clone();
        changed[0].sha256 = "0".repeat(64);
        let answer = self.send(&case, changed, Vec::new()).await;
        self.desk.expect("I17 changed since it was read", answer, Code::InvalidArgument, "DIGEST_MISMATCH");
        let twice = [papers.clone(), papers.clone()].concat();
        let answer = self.send(&case, twice, Vec::new()).await;
        self.desk.expect("a paper twice", answer, Code::InvalidArgument, "DUPLICATE");
        let groundless = WithheldItem {
            paper: papers[0].paper.clone(),
            ground: WithholdingGround::Unspecified.into(),
            authority: "COUNSEL-7".to_owned(),
        };
        let answer = self.send(&case, papers[1..].to_vec(), vec![groundless]).await;
        self.desk.expect("I19 withheld for no reason", answer, Code::InvalidArgument, "REQUIRED");

        let harmful = self.upload(&complaint, b"<!doctype html><script>alert(1)</script>").await;
        self.known(&complaint, papers.len() + 1).await;
        let mut all = papers;
        all.push(EvidenceItem { paper: harmful, sha256: String::new() });
        let answer = self.send(&case, all, Vec::new()).await;
        self.desk.expect("I16 a harmful paper", answer, Code::FailedPrecondition, "ITEM_QUARANTINED");
    }

    /// The same as one file.
    pub(super) async fn bag(&mut self) {
        let complaint = self.desk.finished(3).await;
        self.known(&complaint, 2).await;
        let build = |checkpoint: &'static [u8], digest: &str| BuildEvidenceBagRequest {
            complaint: complaint.clone(),
            withheld: Vec::new(),
            digest: digest.to_owned(),
            checkpoint: Bytes::from_static(checkpoint),
        };
        let nothing = "0".repeat(64);
        for (name, request, code, reason) in [
            ("I17 another digest", build(b"", &nothing), Code::Aborted, "EVIDENCE_CHANGED"),
            ("no checkpoints", build(b"[]", ""), Code::InvalidArgument, "INVALID_CHECKPOINT"),
            (
                "checkpoints of nobody",
                build(b"{\"complaints\": \"nobody\"}", ""),
                Code::InvalidArgument,
                "INVALID_CHECKPOINT",
            ),
        ] {
            let request = self.by(Member::Prime, Role::ComplaintsManager, request);
            let answer = said(self.bags.build_evidence_bag(request).await).map(drop);
            self.desk.expect(name, answer, code, reason);
        }
        let stranger = WithheldItem {
            paper: NOWHERE.to_owned(),
            ground: WithholdingGround::LegalPrivilege.into(),
            authority: "COUNSEL-7".to_owned(),
        };
        let preview = PreviewEvidenceBagRequest { complaint, withheld: vec![stranger] };
        let request = self.by(Member::Prime, Role::ComplaintsManager, preview);
        let answer = said(self.bags.preview_evidence_bag(request).await);
        self.desk.expect("I19 withheld and not on file", answer, Code::InvalidArgument, "NOT_ON_FILE");
    }

    async fn send(
        &mut self,
        case: &str,
        included: Vec<EvidenceItem>,
        withheld: Vec<WithheldItem>,
    ) -> Answer<()> {
        let request = SendEvidenceRequest {
            request_id: self.id(),
            name: case.to_owned(),
            etag: String::new(),
            sent_on: Some(civil(self.desk.today)),
            after_noon: false,
            included,
            withheld,
        };
        let request = self.by(Member::Prime, Role::ComplaintsManager, request);
        said(self.cases.send_evidence(request).await).map(drop)
    }

    /// Files a page that pretends to be a letter.
    async fn upload(&mut self, complaint: &str, content: &'static [u8]) -> String {
        let description = DocumentDescription {
            request_id: self.id(),
            parent: complaint.to_owned(),
            file_name: "letter.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            size_bytes: i64::try_from(content.len()).unwrap(),
            sha256: String::new(),
            kind: DocumentKind::Evidence.into(),
        };
        let chunk = DocumentChunk { offset: 0, data: Bytes::from_static(content) };
        let pieces = [Piece::Description(description), Piece::Chunk(chunk)]
            .map(|piece| UploadDocumentRequest { piece: Some(piece) });
        let mut client = DocumentServiceClient::new(self.desk.stand.peer.channel());
        let request = self.by(Member::Prime, Role::ComplaintsManager, stream::iter(pieces));
        client.upload_document(request).await.unwrap().into_inner().name
    }
}
