//! Every stage against every command: the machines in one page. A change of them shows as a diff of the snapshot.

use std::fmt::Write as _;

use redress_kernel::Refusal as _;
use redress_policy::{
    ClockKind,
    route::{Matter, Writer},
};
use routing_domain::{
    Fate, Refusal, RerouteReason, Standing,
    contact::{self, Reroute},
    letter,
    mixed::{self, RaisedAt},
};

use crate::{
    fixture::{
        COMPLAINT, Desk, FRESH, JCP, Letter, Mixed, PRIME, day, digest, holding, log, question, raise,
        record, reply, told,
    },
    scenarios::mixed::{answered, issue, residual},
};

/// A contact in each stage, named as a reader would.
pub(crate) fn contacts() -> Vec<(&'static str, Desk)> {
    let with = |mut desk: Desk, commands: &[contact::Command]| {
        for command in commands {
            desk.asks(command).unwrap();
        }
        desk
    };
    let fate = |fate| contact::Command::RecordFate {
        complaint: COMPLAINT,
        fate,
        reason: String::new(),
        existing: None,
    };
    let of = |about: &[Matter]| Desk::recorded(Writer::Participant, about);
    let reject = contact::Command::Reject { reason: contact::RejectReason::NotOurService };
    vec![
        ("UNRECORDED", Desk::new("2024-01-03")),
        ("OFFERED", Desk::offered()),
        ("DECLINED", with(Desk::offered(), &[reject])),
        ("HANDED_OVER", of(&[Matter::Provider])),
        ("HANDED_OVER, redirected", with(of(&[Matter::Provider]), &[fate(Fate::Redirected)])),
        ("NOT_OPENED", with(of(&[Matter::Provider]), &[fate(Fate::Refused)])),
        ("MIXED", of(&[Matter::Provider, Matter::JobcentrePlus])),
        ("TO_BE_DIRECTED", of(&[Matter::Attendance])),
        (
            "DIRECTED",
            with(of(&[Matter::Attendance]), &[contact::Command::Direct { told: told("2024-01-02") }]),
        ),
        ("CORRESPONDENCE", Desk::recorded(Writer::ElectedMember, &[Matter::Enquiry])),
        ("NOT_A_COMPLAINT", of(&[Matter::Enquiry])),
    ]
}

pub(crate) fn contact_commands() -> Vec<contact::Command> {
    let reroute = |about: &[Matter]| {
        contact::Command::Reroute(Box::new(Reroute {
            writer: None,
            about: about.iter().copied().collect(),
            respondents: Vec::new(),
            reason: RerouteReason::MoreKnown,
            fresh: FRESH,
            can_be_given_up: true,
        }))
    };
    vec![
        record(question(Writer::Participant, &[Matter::Provider], "2024-01-02")),
        record(question(Writer::Participant, &[Matter::Provider, Matter::JobcentrePlus], "2024-01-02")),
        record(question(Writer::Participant, &[Matter::Attendance], "2024-01-02")),
        record(question(Writer::Participant, &[Matter::Enquiry], "2024-01-02")),
        record(question(Writer::ElectedMember, &[Matter::Provider], "2024-01-02")),
        contact::Command::Accept { organisation: None },
        contact::Command::Reject { reason: contact::RejectReason::WrongPerson },
        reroute(&[Matter::Provider]),
        reroute(&[Matter::Provider, Matter::Attendance]),
        reroute(&[Matter::ProgrammePolicy]),
        reroute(&[Matter::DecidedElsewhere]),
        contact::Command::Direct { told: told("2024-01-03") },
        contact::Command::RecordFate {
            complaint: COMPLAINT,
            fate: Fate::Refused,
            reason: "PROCEDURE_MISSING".to_owned(),
            existing: None,
        },
    ]
}

/// A mixed complaint in each stage.
pub(crate) fn mixed() -> Vec<(&'static str, Mixed)> {
    use crate::scenarios::mixed::{request, send};
    let asked = || {
        let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
        desk.on("2024-01-15").does(request("2024-01-08", None));
        desk
    };
    let sent = || {
        let mut desk = asked();
        desk.does(send("2024-01-12"));
        desk
    };
    let proposed = || {
        let mut desk = sent();
        desk.does(mixed::Command::ProposeJointReply { digest: digest('c') });
        desk
    };
    let with = |mut desk: Mixed, command: mixed::Command| {
        desk.does(command);
        desk
    };
    vec![
        ("UNRAISED", Mixed::unraised()),
        ("RAISED_AT_PROVIDER", Mixed::raised(RaisedAt::Provider)),
        ("JCP_LEADING", Mixed::raised(RaisedAt::JobcentrePlus)),
        ("CONTRIBUTION_REQUESTED", asked()),
        ("CONTRIBUTION_SENT", sent()),
        ("CONTRIBUTION_SENT, wording proposed", proposed()),
        ("WORDING_AGREED", with(proposed(), mixed::Command::AgreeWording { digest: digest('c') })),
        ("JOINT_REPLY_ISSUED", answered()),
        ("SATISFIED", with(answered(), mixed::Command::RecordSatisfaction { on: day("2024-01-22") })),
        ("RESIDUAL", with(answered(), residual(true, false, "2024-01-22"))),
        ("ABANDONED", with(Mixed::raised(RaisedAt::Provider), mixed::Command::Abandon)),
    ]
}

pub(crate) fn mixed_commands(desk: &Mixed) -> Vec<mixed::Command> {
    let on = desk.today;
    let dated = on.to_string();
    vec![
        raise(RaisedAt::Provider),
        raise(RaisedAt::JobcentrePlus),
        mixed::Command::Direct { told: told("2024-01-05") },
        mixed::Command::RequestContribution { requested_on: on, stated_due_on: None },
        mixed::Command::SendContribution { sent_on: on, digest: digest('a'), papers: Vec::new() },
        mixed::Command::ProposeJointReply { digest: digest('d') },
        mixed::Command::AgreeWording { digest: digest('c') },
        issue(&dated, 'c'),
        mixed::Command::RecordSatisfaction { on },
        residual(true, true, &dated),
        mixed::Command::Abandon,
        mixed::Command::RecordBreach { kind: ClockKind::JcpContribution, number: 1 },
        mixed::Command::RecordFate {
            complaint: COMPLAINT,
            fate: Fate::Open,
            reason: String::new(),
            existing: None,
        },
    ]
}

/// A letter in each stage.
pub(crate) fn letters() -> Vec<(&'static str, Letter)> {
    let with = |commands: &[letter::Command]| {
        let mut desk = Letter::logged(Standing::Elected);
        for command in commands {
            desk.does(command.clone());
        }
        desk
    };
    vec![
        ("UNLOGGED", Letter::unlogged()),
        ("CLASSIFIED", with(&[])),
        ("HOLDING_SENT", with(&[holding("2024-01-08", Some("2024-02-02"))])),
        ("REPLIED", with(&[reply("2024-01-08")])),
        ("CLOSED", with(&[reply("2024-01-08"), letter::Command::Close])),
        ("ABANDONED", with(&[letter::Command::Abandon])),
    ]
}

pub(crate) fn letter_commands() -> Vec<letter::Command> {
    vec![
        log(Standing::Elected),
        letter::Command::Transfer { organisation: JCP, received_on: day("2024-01-08") },
        letter::Command::Assign { handler: "officer-1".to_owned() },
        letter::Command::RecordAuthority { on: day("2024-01-08"), paper: None },
        holding("2024-01-08", Some("2024-02-02")),
        reply("2024-01-08"),
        letter::Command::Close,
        letter::Command::Abandon,
        letter::Command::RecordBreach { kind: ClockKind::ElectedMemberReply, number: 1 },
    ]
}

fn told_of(answer: Result<Vec<&'static str>, Refusal>) -> String {
    match answer {
        Ok(events) if events.is_empty() => "nothing to do".to_owned(),
        Ok(events) => events.join(", "),
        Err(refusal) => refusal.explain().reason.to_owned(),
    }
}

#[test]
fn every_stage_and_command() {
    let mut page = String::new();
    for (name, desk) in contacts() {
        writeln!(page, "contact {name}").unwrap();
        for command in contact_commands() {
            let events = desk.clone().asks(&command);
            let events = events.map(|events| events.iter().map(contact::Event::name).collect());
            writeln!(page, "    {}: {}", command.kind().as_str(), told_of(events)).unwrap();
        }
    }
    for (name, desk) in mixed() {
        writeln!(page, "mixed complaint {name}").unwrap();
        for command in mixed_commands(&desk) {
            let mut desk = desk.clone();
            let provider = matches!(
                command,
                mixed::Command::SendContribution { .. } | mixed::Command::AgreeWording { .. }
            );
            let organisation = if provider { PRIME } else { JCP };
            let events = desk.by(organisation).asks(&command);
            let events = events.map(|events| events.iter().map(mixed::Event::name).collect());
            writeln!(page, "    {}: {}", command.kind().as_str(), told_of(events)).unwrap();
        }
    }
    for (name, desk) in letters() {
        writeln!(page, "letter {name}").unwrap();
        for command in letter_commands() {
            let events = desk.clone().asks(&command);
            let events = events.map(|events| events.iter().map(letter::Event::name).collect());
            writeln!(page, "    {}: {}", command.kind().as_str(), told_of(events)).unwrap();
        }
    }
    insta::assert_snapshot!("every_stage_and_command", page);
}

#[test]
fn a_stage_takes_only_what_it_is_said_to_take() {
    for (name, desk) in contacts() {
        for command in contact_commands() {
            let takes = contact::allowed(command.kind()).contains(&desk.state.stage_name());
            let happened = desk.clone().asks(&command).is_ok_and(|events| !events.is_empty());
            assert!(takes || !happened, "{name} takes {command:?}");
        }
    }
    for (name, desk) in mixed() {
        for command in mixed_commands(&desk) {
            let takes = mixed::allowed(command.kind()).contains(&desk.state.stage_name());
            let happened = desk.clone().asks(&command).is_ok_and(|events| !events.is_empty());
            assert!(takes || !happened, "{name} takes {command:?}");
        }
    }
    for (name, desk) in letters() {
        for command in letter_commands() {
            let takes = letter::allowed(command.kind()).contains(&desk.state.stage_name());
            let happened = desk.clone().asks(&command).is_ok_and(|events| !events.is_empty());
            assert!(takes || !happened, "{name} takes {command:?}");
        }
    }
}
