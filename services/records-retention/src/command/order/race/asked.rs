//! What the processes are asked to do.

use records_retention_domain::{DisposalId, Refusal, disposal::Command};
use redress_proto::records_retention::v1 as proto;

use crate::command::{
    office::{Office, PRIME, person},
    order::MoveOn,
    settle::Settle,
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
