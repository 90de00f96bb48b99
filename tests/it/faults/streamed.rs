//! What a journal streams, in its order.

use prost::{Message, Name};
use redress_journal::entry::Content;
use redress_proto::{
    journal::v1::{StreamEntriesRequest, journal_service_client::JournalServiceClient},
    options::v1::Role,
};
use redress_tests::{
    chain::{Chain, Member, bearing},
    server::Server,
};

/// Every event of one kind that concerns the prime, in the order of the journal.
pub(super) async fn streamed<M: Message + Name + Default>(server: &Server, chain: &Chain) -> Vec<M> {
    let token = chain.people.token(Member::Prime, Role::Operator).unwrap();
    let mut journal = JournalServiceClient::new(server.connect().await.unwrap());
    let question = StreamEntriesRequest { types: vec![M::full_name()], ..StreamEntriesRequest::default() };
    let mut parts = journal.stream_entries(bearing(&token, question).unwrap()).await.unwrap().into_inner();
    let mut found = Vec::new();
    while let Some(part) = parts.message().await.unwrap() {
        for entry in part.entries {
            let content = Content::decode(entry.content.as_ref()).unwrap();
            found.push(M::decode(content.payload.as_slice()).unwrap());
        }
    }
    found
}
