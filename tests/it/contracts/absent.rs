//! What may be said of a thing that is not the caller's: nothing.

use prost_reflect::{DynamicMessage, Value};
use redress_tests::officer::Answer;
use tonic::Code;

/// Collections whose things are seen by those who are party to them alone.
pub(super) const CASES: [&str; 19] = [
    "contracts",
    "supplyChainLinks",
    "participants",
    "procedures",
    "complaints",
    "letters",
    "documents",
    "issues",
    "examinations",
    "iceLetters",
    "recommendations",
    "charges",
    "contacts",
    "mixedComplaints",
    "memberLetters",
    "papers",
    "records",
    "disposals",
    "scheduleChanges",
];

/// Fails when an answer shows that something is there.
pub(super) fn assert_says_nothing(answer: &Answer<Vec<DynamicMessage>>, context: &str) {
    match answer {
        Err(refusal) => {
            // Something else may be wrong with the request as well, but "you may not" would say that it is there.
            let allowed = [Code::NotFound, Code::InvalidArgument];
            assert!(allowed.contains(&refusal.code), "{context}: {refusal:?}");
        }
        Ok(messages) => {
            // A list of nothing is an answer about nothing.
            let items = messages
                .iter()
                .flat_map(|message| message.fields().map(|(_, value)| items(value)).collect::<Vec<_>>());
            assert_eq!(items.sum::<usize>(), 0, "{context}: {messages:?}");
            assert!(messages.iter().all(is_page), "{context}: {messages:?}");
        }
    }
}

fn items(value: &Value) -> usize {
    value.as_list().map_or(0, <[Value]>::len)
}

fn is_page(message: &DynamicMessage) -> bool {
    use prost_reflect::ReflectMessage as _;
    message.descriptor().fields().any(|field| field.is_list())
}
