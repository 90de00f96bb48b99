//! Another organisation's things are not there: for every rpc, the answer about the prime's things is the answer about
//! nothing, to the byte (threats 14, 15, 17; T5).

use prost_reflect::DynamicMessage;
use redress_tests::{
    chain::Member,
    contract::{self, Rpc},
    officer::Answer,
};
use tonic::Code;

use super::{
    absent, estate,
    filled::{Names, filled, places},
};
use crate::stand::Stand;

/// Those for whom nothing of the prime's is there.
const OUTSIDERS: [Member; 2] = [Member::Rival, Member::Stranger];

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_to_others_is_not_there() {
    let mut stand = Stand::new(0x7e4).await;
    let theirs = estate::of_the_prime(&mut stand).await;
    let nothing = stand.nothing();
    let mut tried = 0;
    for rpc in contract::rpcs().iter().filter(|rpc| names(rpc, &absent::CASES)) {
        for outsider in OUTSIDERS {
            let of_theirs = ask(&mut stand, rpc, outsider, &theirs).await;
            let of_nothing = ask(&mut stand, rpc, outsider, &nothing).await;
            let context = format!("{} as {outsider:?}", rpc.path());
            assert_eq!(masked(of_theirs.clone(), &theirs), masked(of_nothing, &nothing), "{context}");
            absent::assert_says_nothing(&of_theirs, &context);
            tried += 1;
        }
    }
    assert!(tried > 40, "only {tried} were tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subcontractor_shares_the_contract_and_no_case() {
    let mut stand = Stand::new(0x7e6).await;
    let theirs = estate::of_the_prime(&mut stand).await;
    // What the chain shares is named as it is; the cases and their papers are the prime's, or nobody's.
    let mut nothing = stand.nothing();
    for shared in
        ["organisations", "contracts", "supplyChainLinks", "procedures", "issues", "changeProposals"]
    {
        nothing = nothing.with(theirs.get(shared));
    }
    for rpc in contract::rpcs().iter().filter(|rpc| {
        names(
            rpc,
            &[
                "participants",
                "complaints",
                "letters",
                "documents",
                "contacts",
                "mixedComplaints",
                "memberLetters",
                "papers",
            ],
        )
    }) {
        let of_theirs = ask(&mut stand, rpc, Member::Sibling, &theirs).await;
        let of_nothing = ask(&mut stand, rpc, Member::Sibling, &nothing).await;
        assert_eq!(masked(of_theirs, &theirs), masked(of_nothing, &nothing), "{}", rpc.path());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_foreign_name_among_ones_own_is_not_there_either() {
    let mut stand = Stand::new(0x7e5).await;
    let theirs = estate::of_the_prime(&mut stand).await;
    let own = Names::absent(&mut stand.seed)
        .with(&format!("organisations/{}", stand.chain.people.rival))
        .with(&stand.chain.rival_contract)
        .with(&stand.chain.rival_participant);
    for rpc in contract::rpcs() {
        let token = stand.token(Member::Rival, &rpc);
        let whole = filled(&rpc.method.input(), &own, &mut stand.seed.split());
        for place in places(&whole) {
            let rules = place.rules();
            if rules.output_only || !absent::CASES.contains(&rules.collection.as_str()) {
                continue;
            }
            let foreign = theirs.get(&rules.collection).to_owned();
            let message = place.changed(&whole, &|message, field| {
                let value = prost_reflect::Value::String(foreign.clone());
                message.set_field(
                    field,
                    if field.is_list() { prost_reflect::Value::List(vec![value]) } else { value },
                );
            });
            let answer = stand.send(&rpc, &token, &message).await;
            let context = format!("{} with a foreign {}", rpc.path(), place.path());
            absent::assert_says_nothing(&decoded(&rpc, answer), &context);
        }
    }
}

/// Whether a request names a thing of one of these collections.
fn names(rpc: &Rpc, collections: &[&str]) -> bool {
    let names = Names::absent(&mut redress_tests::seed::Seed::new(1));
    let whole = filled(&rpc.method.input(), &names, &mut redress_tests::seed::Seed::new(1));
    places(&whole).iter().any(|place| {
        let rules = place.rules();
        !rules.output_only
            && (collections.contains(&rules.collection.as_str()) || place.field().name() == "parent")
    })
}

async fn ask(stand: &mut Stand, rpc: &Rpc, member: Member, names: &Names) -> Answer<Vec<DynamicMessage>> {
    let token = stand.token(member, rpc);
    let message = filled(&rpc.method.input(), names, &mut stand.seed.split());
    decoded(rpc, stand.send(rpc, &token, &message).await)
}

fn decoded(rpc: &Rpc, answer: Answer<Vec<bytes::Bytes>>) -> Answer<Vec<DynamicMessage>> {
    answer.map(|messages| {
        messages
            .iter()
            .map(|message| DynamicMessage::decode(rpc.method.output(), &message[..]).unwrap())
            .collect()
    })
}

/// The answer with every name that was sent taken out of it.
fn masked(answer: Answer<Vec<DynamicMessage>>, names: &Names) -> (Option<Code>, String) {
    let (code, mut text) = match answer {
        Ok(messages) => (None, messages.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
        Err(refusal) => {
            let mut metadata: Vec<_> = refusal.metadata.into_iter().collect();
            metadata.sort();
            let rest = (
                refusal.reason,
                refusal.message,
                refusal.resource,
                refusal.violations,
                refusal.preconditions,
            );
            (Some(refusal.code), format!("{rest:?} {metadata:?}"))
        }
    };
    for name in names.all() {
        let (collection, id) = name.split_once('/').unwrap();
        text = text.replace(name, collection).replace(id, collection);
    }
    (code, text)
}
