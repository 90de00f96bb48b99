//! What the processes are asked to do.

use records_retention_domain::{DisposalId, Refusal, disposal::Command};
use redress_journal::{append::Origin, shell::inside::carry_out};
use redress_proto::records_retention::v1 as proto;
use redress_store::DbError;

use super::office::{Office, PRIME, person};
use crate::{
    command::{
        case::{News, TakeIn},
        order::MoveOn,
        settle::Settle,
    },
    world::World,
};

pub(super) async fn move_on(office: &Office, process: usize, disposal: DisposalId) {
    let rulebook = || office.rulebook.clone();
    let command = || MoveOn { rulebook: rulebook(), disposal, command: Command::Issue, prepared: None };
    office.submit(process, disposal.uuid(), command).await.expect("to be moved on");
}

pub(super) async fn settle(
    office: &Office,
    process: usize,
    disposal: DisposalId,
    command: &Command,
) -> Result<proto::Disposal, Refusal> {
    let settle = || Settle {
        rulebook: office.rulebook.clone(),
        actor: person("omar"),
        caller: PRIME,
        by_delegate: false,
        disposal,
        command: command.clone(),
    };
    office.submit(process, disposal.uuid(), settle).await
}

/// Takes news in as a follower does: in a transaction of its own, again where others were first.
pub(super) async fn take_in(office: &Office, news: News) {
    let parts = &office.parts;
    let command = TakeIn { rulebook: office.rulebook.clone(), news, ids: parts.ids.clone() };
    loop {
        let mut tx = office.write().await;
        let now = parts.clock.now();
        let done =
            carry_out::<World, _>(&mut tx, &command, Origin::of_suite(), parts.ids.as_ref(), now).await;
        let done = match done {
            Ok(done) => {
                done.expect("no refusal");
                tx.commit().await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(()) => return,
            Err(DbError::Conflict(_) | DbError::Unavailable(_)) => tokio::task::yield_now().await,
            Err(error) => panic!("{error:?}"),
        }
    }
}
