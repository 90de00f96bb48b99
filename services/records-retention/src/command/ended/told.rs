//! Those who watch are told of a last day that does not count yet, and whether somebody is at it (reliability D4).

use jiff::civil::{Date, date};
use records_retention_domain::{Digest, change};
use redress_kernel::Id;
use redress_testkit::backends;

use super::TakeEnd;
use crate::{
    command::{
        change::{AskForChange, How, Wish, settle::SettleChange},
        office::{CONTRACT, Office, PRIME, person, tell},
    },
    store::figures::{self, Withheld},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_last_day_that_waits_for_two_people_is_told() {
    for backend in backends() {
        let office = Office::on(&backend).await;
        assert_eq!(told(&office).await, Withheld::default());
        ends(&office, 1, date(2022, 9, 30)).await;
        assert_eq!(told(&office).await, Withheld::default(), "the first counts at once");
        ends(&office, 2, date(2022, 4, 30)).await;
        assert_eq!(told(&office).await, Withheld { alone: 1, under_way: 0 });

        let proposed = office.submit(0, CONTRACT.uuid(), || follow(&office)).await.expect("a proposal");
        assert_eq!(told(&office).await, Withheld { alone: 0, under_way: 1 });
        let id = Id::parse_name(&proposed.name).expect("a name");
        let settle = |command: change::Command| SettleChange {
            rulebook: office.rulebook.clone(),
            actor: person("omar"),
            caller: PRIME,
            by_delegate: false,
            change: id,
            command,
        };
        let digest = Digest::parse(&proposed.digest).expect("a digest");
        let approve = || settle(change::Command::Approve { digest: digest.clone() });
        office.submit(0, CONTRACT.uuid(), approve).await.expect("an approval");
        assert_eq!(told(&office).await, Withheld { alone: 0, under_way: 1 }, "it cools");
        office.submit(0, CONTRACT.uuid(), || settle(change::Command::Withdraw)).await.expect("a stop");
        assert_eq!(told(&office).await, Withheld { alone: 1, under_way: 0 }, "stopped, it waits again");

        // Taken back by the contract itself, it waits for nobody.
        ends(&office, 3, date(2022, 9, 30)).await;
        assert_eq!(told(&office).await, Withheld::default());
        office.close().await;
    }
}

async fn told(office: &Office) -> Withheld {
    let mut tx = office.write().await;
    let withheld = figures::withheld(&mut tx).await.expect("figures");
    tx.commit().await.expect("to let go");
    withheld
}

async fn ends(office: &Office, version: i64, end_on: Date) {
    tell(office, &TakeEnd { contract: CONTRACT, version, previous: None, end_on }).await;
}

/// That the last day counts that the contract has told.
fn follow(office: &Office) -> AskForChange {
    AskForChange {
        rulebook: office.rulebook.clone(),
        actor: person("rita"),
        caller: PRIME,
        id: office.fresh(),
        contract: CONTRACT,
        how: How::Propose,
        wish: Wish::ContractEnd,
        reason: change::Reason::EndedEarly,
        reference: "NOTE-7".to_owned(),
    }
}
