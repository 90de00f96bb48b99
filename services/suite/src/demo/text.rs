//! What is written in the example.

use redress_proto::complaints::v1::{
    GetSignpostingResponse, Limit, Procedure, ProcedureStage, ProcedureStep, TimeUnit,
};

pub(super) const NARRATIVE: &str = "My adviser cancelled three appointments without telling me, and when I came in person \
I was told to wait two hours. I had to pay for the bus each time. Nobody has said sorry.";
pub(super) const WISH: &str = "An apology, my fares back, and another adviser.";
pub(super) const OTHER_NARRATIVE: &str =
    "The course I was promised has been put off twice and nobody can say when it begins.";
pub(super) const POLICY_NARRATIVE: &str =
    "I do not think that I should have to take part in this programme at all.";
pub(super) const ASSESSMENT_NARRATIVE: &str = "The assessor came without the large print I had asked for, and the report leaves out what I said about my shifts.";
pub(super) const LETTER: &str =
    "To whom it may concern.\nThe screen reader was set up on Monday and works well.\n";
pub(super) const EVIDENCE: &str = "Note of a call with the participant.\nAppointments of 3, 5 and 9 were cancelled by us on the day.\n\
The participant was not told. Bus fares: 3 x 4.60.\n";

pub(super) const STAGE_RESPONSE: &str = "Dear Ms Example,\n\nThank you for telling us about your appointments. We have looked at \
our diary. Three of them were cancelled on the day and nobody told you. That was wrong and we are sorry.\n\nWe will pay your \
fares back. We do not think that a change of adviser is needed.\n\nIf you are not satisfied, you can ask for a review by a senior \
manager within six months.\n\nYours sincerely,\nComplaints team";

const FINAL_RESPONSE: &str = "Dear Ms Example,\n\nA senior manager who was not involved before has looked at your complaint \
again. You were right: you should have been offered another adviser when you asked. You have one from Monday. We have paid back \
your fares of 13.80 pounds and we are sorry for the trouble.\n\nThis is our final response.";

const ASSESSMENT_RESPONSE: &str = "Dear Mr Example,\n\nYou asked for large print and did not get it. We are sorry. The report has \
been written again with what you told us about your shifts.\n\nThis is our final response.";

pub(super) const ISSUE: &str = "The booking form on the website does not work with a screen reader.";
pub(super) const PROPOSAL: &str = "We propose to take bookings by text message as well, so that people who cannot use the form are not shut out.";

pub(super) const VOICED_NARRATIVE: &str =
    "I was sent home from the workshop twice because nobody had a place for me, and nobody wrote it down.";
pub(super) const MIXED_NARRATIVE: &str = "The provider told Jobcentre Plus that I had missed a meeting, which was not so, and \
Jobcentre Plus stopped my money without asking me.";
pub(super) const CONTRIBUTION: &str = "Our diary shows that the meeting was cancelled by us. The message to Jobcentre Plus was a mistake of ours.";
pub(super) const JOINT_REPLY: &str = "Dear Mr Example,\n\nYou did not miss a meeting. The provider made a mistake and told us \
something wrong, and we did not ask you. We are both sorry. Your money has been paid.\n\nYours sincerely,\nJobcentre Plus";
pub(super) const MEMBER_NARRATIVE: &str =
    "My constituent has waited since spring for the training that she was promised.";
pub(super) const MEMBER_REPLY: &str = "Thank you for writing for your constituent. Her training begins on Monday, and we have \
told her so. We are sorry that she had to wait.";

/// The final response of the case, without what must stand in it.
pub(super) fn bare_final_response() -> String {
    format!("{FINAL_RESPONSE}\n\nYours sincerely,\nDirector of Delivery")
}

/// The final response of the case with the signposting text, and with the advice of the window or without it.
pub(super) fn final_response(required: &GetSignpostingResponse, advised: bool) -> String {
    let advice = if advised { required.window_advice.as_str() } else { "" };
    letter(FINAL_RESPONSE, &required.text, advice, "Director of Delivery")
}

/// The final response of the assessment case; `sorry` makes one draft differ from the next.
pub(super) fn assessment_response(required: &GetSignpostingResponse, sorry: &str) -> String {
    let body = format!("{ASSESSMENT_RESPONSE}{sorry}");
    letter(&body, &required.text, &required.window_advice, "Complaints team")
}

fn letter(body: &str, signposting: &str, advice: &str, signed: &str) -> String {
    let closing = format!("Yours sincerely,\n{signed}");
    let parts = [body, signposting.trim(), advice.trim(), closing.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Two stages, as large providers publish theirs.
pub(super) fn two_stages() -> Procedure {
    Procedure {
        title: "Complaints procedure in two stages".to_owned(),
        acknowledgement_limit: Some(limit(2, TimeUnit::WorkingDays)),
        stages: vec![
            ProcedureStage {
                title: "Local manager".to_owned(),
                steps: vec![
                    step("call-complainant", "Speak to the person who complained", false),
                    step("look-into-it", "Look into what happened", true),
                ],
                response_limit: Some(limit(10, TimeUnit::WorkingDays)),
                escalation_limit: Some(limit(6, TimeUnit::Months)),
                silence_closes: false,
            },
            ProcedureStage {
                title: "Review by a senior manager".to_owned(),
                steps: vec![step("senior-review", "Have a senior manager look at it afresh", false)],
                response_limit: Some(limit(10, TimeUnit::WorkingDays)),
                escalation_limit: None,
                silence_closes: false,
            },
        ],
        ..Procedure::default()
    }
}

/// One stage.
pub(super) fn one_stage() -> Procedure {
    Procedure {
        title: "Complaints procedure in one stage".to_owned(),
        acknowledgement_limit: Some(limit(2, TimeUnit::WorkingDays)),
        stages: vec![ProcedureStage {
            title: "Complaints team".to_owned(),
            steps: vec![step("look-into-it", "Look into what happened", false)],
            response_limit: Some(limit(15, TimeUnit::WorkingDays)),
            escalation_limit: None,
            silence_closes: false,
        }],
        ..Procedure::default()
    }
}

/// Two stages that cannot end before the person may go to the examiner without an answer.
pub(super) fn too_slow() -> Procedure {
    let mut procedure = two_stages();
    for stage in &mut procedure.stages {
        stage.response_limit = Some(limit(6, TimeUnit::Weeks));
    }
    procedure
}

fn limit(amount: i32, unit: TimeUnit) -> Limit {
    Limit { amount, unit: unit.into() }
}

fn step(id: &str, title: &str, evidence_required: bool) -> ProcedureStep {
    ProcedureStep { id: id.to_owned(), title: title.to_owned(), evidence_required }
}
