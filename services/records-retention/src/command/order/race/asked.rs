//! What the processes are asked to do.

use std::time::Duration;

use records_retention_domain::{DisposalId, Refusal, disposal::Command};
use redress_proto::records_retention::v1 as proto;

use crate::{
    clock::Trust,
    command::{
        office::{Office, PRIME, person},
        order::MoveOn,
        settle::Settle,
    },
};

/// A day that passes.
const DAY: Duration = Duration::from_hours(HOURS);

const HOURS: u64 = 24;

pub(super) fn order(office: &Office, disposal: DisposalId, command: Command) -> MoveOn {
    let trust = Trust { longest_gap: 7 * DAY, largest_jump: Duration::from_mins(5), before: None };
    MoveOn { rulebook: office.rulebook.clone(), disposal, command, prepared: None, trust }
}

pub(super) async fn move_on(office: &Office, process: usize, disposal: DisposalId) {
    let command = || order(office, disposal, Command::Issue);
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
        ids: office.parts.ids.clone(),
    };
    office.submit(process, disposal.uuid(), settle).await
}
