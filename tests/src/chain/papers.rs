//! The papers of a chain: contracts, procedures, participants and complaints, filled in as callers do.

use jiff::civil::Date;
use redress_proto::{
    complaints::v1::{
        AgreementEvidence, Complaint, FirstContact, Limit, Participant, Person, Procedure, ProcedureStage,
        ProcedureStep, Statement, Subject, TimeUnit,
    },
    supply_chain::v1::{Contract, Organisation, OrganisationKind},
    r#type::v1::Channel,
    r#type::v1::CivilDate,
};
use uuid::Uuid;

use super::{People, Programme};

/// A date as it goes over the wire.
pub fn civil(date: Date) -> CivilDate {
    CivilDate { year: date.year().into(), month: date.month().into(), day: date.day().into() }
}

pub(super) fn organisation(name: &str, kind: OrganisationKind) -> Organisation {
    Organisation { display_name: name.to_owned(), kind: kind.into(), ..Organisation::default() }
}

pub(super) fn contract(people: &People, holder: Uuid, programme: Programme, reference: &str) -> Contract {
    Contract {
        reference: reference.to_owned(),
        programme: programme.slug.to_owned(),
        holder: format!("organisations/{holder}"),
        commissioner: format!("organisations/{}", people.department),
        jobcentre_plus: format!("organisations/{}", people.jobcentre_plus),
        effective_on: Some(civil(programme.effective_on)),
        ..Contract::default()
    }
}

/// A procedure of two stages, with limits such as providers publish.
pub fn procedure(contract: &str, organisation: Uuid, effective_on: Date) -> Procedure {
    let step = |id: &str, title: &str| ProcedureStep {
        id: id.to_owned(),
        title: title.to_owned(),
        evidence_required: false,
    };
    let working_days = |amount| Some(Limit { amount, unit: TimeUnit::WorkingDays.into() });
    Procedure {
        contract: contract.to_owned(),
        organisation: format!("organisations/{organisation}"),
        title: "Complaints procedure".to_owned(),
        effective_on: Some(civil(effective_on)),
        acknowledgement_limit: working_days(2),
        stages: vec![
            ProcedureStage {
                title: "First answer".to_owned(),
                steps: vec![
                    step("call-complainant", "Speak to the person"),
                    step("investigate", "Find out what happened"),
                ],
                response_limit: working_days(10),
                escalation_limit: Some(Limit { amount: 1, unit: TimeUnit::Months.into() }),
                silence_closes: true,
            },
            ProcedureStage {
                title: "Review by a senior manager".to_owned(),
                steps: vec![step("review", "Look at everything afresh")],
                response_limit: working_days(10),
                ..ProcedureStage::default()
            },
        ],
        ..Procedure::default()
    }
}

/// A participant of an organisation.
pub fn participant(contract: &str, organisation: Uuid, reference: &str) -> Participant {
    Participant {
        contract: contract.to_owned(),
        organisation: format!("organisations/{organisation}"),
        reference: reference.to_owned(),
        person: Some(Person { full_name: "Siân O'Brien".to_owned(), ..Person::default() }),
        ..Participant::default()
    }
}

pub(super) fn first_contact(explained_on: Date) -> FirstContact {
    FirstContact {
        explained_on: Some(civil(explained_on)),
        channel: Channel::InPerson.into(),
        agreement_evidence: AgreementEvidence::Signature.into(),
        document: String::new(),
    }
}

/// A complaint about an organisation's service.
pub fn complaint(
    participant: &str,
    contract: &str,
    respondent: Uuid,
    reference: &str,
    received_on: Date,
) -> Complaint {
    Complaint {
        participant: participant.to_owned(),
        contract: contract.to_owned(),
        respondents: vec![format!("organisations/{respondent}")],
        reference: reference.to_owned(),
        received_on: Some(civil(received_on)),
        channel: Channel::Email.into(),
        subject: Subject::Service.into(),
        statement: Some(Statement {
            narrative: format!(
                "My adviser missed two appointments and nobody told me why ({reference}).\nI had paid for the bus both times."
            ),
            desired_outcome: "An apology and my fares.".to_owned(),
            representative: String::new(),
        }),
        ..Complaint::default()
    }
}
