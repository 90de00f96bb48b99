//! A witness that keeps old checkpoints and believes no newer one without proof.

use redress_journal::{
    checkpoint::{Checkpoint, VerifierKey},
    merkle::{Hash, proof},
};
use redress_proto::{
    journal::v1::{
        GetCheckpointRequest, GetConsistencyProofRequest, journal_service_client::JournalServiceClient,
    },
    options::v1::Role,
};
use redress_tests::{
    chain::{Chain, Member, bearing},
    server::Server,
};

/// Whoever remembers what the log once said.
#[derive(Debug, Default)]
pub(super) struct Witness {
    last: Option<Seen>,
}

#[derive(Clone, Debug)]
struct Seen {
    key: String,
    epoch: String,
    size: u64,
    root: Hash,
}

impl Witness {
    /// Takes the newest checkpoint: signed by the same key, in the same life, and grown out of the last one.
    pub(super) async fn look(&mut self, server: &Server, chain: &Chain) {
        let token = chain.people.token(Member::Department, Role::DepartmentReader).unwrap();
        let mut client = JournalServiceClient::new(server.connect().await.unwrap());
        let newest = client
            .get_checkpoint(bearing(&token, GetCheckpointRequest {}).unwrap())
            .await
            .unwrap()
            .into_inner();
        let key = VerifierKey::parse(&newest.verifier_key).unwrap();
        let signed = Checkpoint::open(&newest.note, &key).unwrap();
        let size = u64::try_from(newest.size).unwrap();
        assert_eq!((signed.size, &signed.origin), (size, &newest.origin), "the note says something else");
        assert_eq!(signed.root.bytes().as_slice(), &newest.root[..], "the note has another root");
        let now = Seen { key: newest.verifier_key, epoch: newest.epoch, size, root: signed.root };
        if let Some(last) = &self.last {
            assert_eq!((&last.key, &last.epoch), (&now.key, &now.epoch), "another key or another life");
            assert!(last.size <= now.size, "the log shrank from {} to {}", last.size, now.size);
            if last.size > 0 {
                let hashes = consistency(&mut client, &token, last.size, now.size).await;
                proof::verify_consistency(last.size, now.size, &hashes, last.root, now.root).unwrap();
            }
        }
        self.last = Some(now);
    }
}

async fn consistency(
    client: &mut JournalServiceClient<tonic::transport::Channel>,
    token: &str,
    old: u64,
    new: u64,
) -> Vec<Hash> {
    let request =
        GetConsistencyProofRequest { old_size: old.try_into().unwrap(), new_size: new.try_into().unwrap() };
    let answer = client.get_consistency_proof(bearing(token, request).unwrap()).await.unwrap().into_inner();
    assert_eq!(u64::try_from(answer.new_size).unwrap(), new);
    answer.hashes.iter().map(|hash| Hash::new(hash[..].try_into().unwrap())).collect()
}
