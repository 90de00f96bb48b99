//! A complaint against both the provider and Jobcentre Plus, to the one reply of both and what is left over.

use jiff::{ToSpan as _, civil::Weekday};
use redress_proto::{
    routing::v1::{
        AgreeWordingRequest, DirectToJobcentrePlusRequest, GetMixedComplaintRequest, IssueJointReplyRequest,
        Matter, MixedComplaint, PersonTold, ProposeJointReplyRequest, RecordResidualRequest,
        RequestContributionRequest, RouteContactRequest, SendContributionRequest, Writer,
        mixed_complaint_service_client::MixedComplaintServiceClient,
        routing_service_client::RoutingServiceClient,
    },
    supply_chain::v1::Contract,
    r#type::v1::{Channel, CivilDate},
};

use super::{
    super::{
        super::{Example, cast::OFFICER, fresh_id, teller::line, text},
        work,
    },
    contact_of, input, opened,
};
use crate::{
    client::{Failure, Link},
    present::{contact, date as dates},
};

/// Days ago on which each came about.
const RAISED: i32 = 3;
const REQUESTED: i32 = 2;
const SENT: i32 = 1;

/// Takes one to what is left over.
pub(super) async fn play(example: &Example, contract: &Contract) -> Result<(), Failure> {
    let teller = example.teller;
    let about = [Matter::Provider, Matter::JobcentrePlus];
    let about = input(example, contract, Writer::Participant, &about, RAISED);
    let sent = contact_of(example, "Ross Example", "MIXED", about, text::MIXED_NARRATIVE);
    let question = RouteContactRequest { request_id: fresh_id(), contact: Some(sent) };
    let officer = &example.cast.officer;
    let routed = officer
        .ask(question, async |stub, request| RoutingServiceClient::new(stub).route_contact(request).await)
        .await?;
    teller.say("Another person complains at the provider about both the provider and Jobcentre Plus. One of them leads:");
    line(&contact::show(teller.screen(), &routed));
    let name = routed.mixed_complaint;
    direct(example, &name).await?;
    teller.say("The officer sends the person to Jobcentre Plus, which leads from then on.");
    contribution(example, &name).await?;
    let digest = wording(example, &name).await?;
    teller.refused(
        "the provider's manager sends the reply of both.",
        "JCP_ISSUES_FINAL",
        issue(example, &example.cast.manager, &name, &digest).await,
    )?;
    issue(example, &example.cast.jobcentre, &name, &digest).await?;
    teller.say("Jobcentre Plus sends it. The person is content with what it says about Jobcentre Plus, but not about the \
         provider.");
    left_over(example, &name).await
}

/// What the provider has to say is asked for with a day, and comes.
async fn contribution(example: &Example, name: &str) -> Result<(), Failure> {
    let teller = example.teller;
    let requested = example.today.saturating_sub(REQUESTED.days());
    let saturday =
        requested.nth_weekday(1, Weekday::Saturday).map_err(|fault| Failure::Unsound(fault.to_string()))?;
    teller.refused(
        "Jobcentre Plus asks for the provider's part, and states a Saturday as the last day.",
        "NON_WORKING_DAY",
        request(example, name, Some(dates::wire(saturday))).await,
    )?;
    request(example, name, None).await?;
    let question = GetMixedComplaintRequest { name: name.to_owned(), view: 0 };
    let officer = &example.cast.officer;
    let asked = officer
        .ask(question, async |stub, request| {
            MixedComplaintServiceClient::new(stub).get_mixed_complaint(request).await
        })
        .await?;
    teller.say(
        "Without a stated day the guidance decides, day by day; and Jobcentre Plus has a date of its own:",
    );
    for clock in &asked.clocks {
        if clock.kind == "JCP_CONTRIBUTION" {
            teller.derived(clock);
        } else {
            teller.due(clock);
        }
    }
    teller.refused(
        "the provider agrees to a reply before it has said anything to it.",
        "CONTRIBUTION_MISSING",
        agree(example, name, &"0".repeat(64)).await,
    )?;
    let question = SendContributionRequest {
        request_id: fresh_id(),
        name: name.to_owned(),
        sent_on: Some(example.ago(SENT)),
        text: text::CONTRIBUTION.to_owned(),
        ..SendContributionRequest::default()
    };
    officer
        .ask(question, async |stub, request| {
            MixedComplaintServiceClient::new(stub).send_contribution(request).await
        })
        .await?;
    teller.say("The provider sends its part in time.");
    Ok(())
}

/// One wording that both agree on; returns its digest.
async fn wording(example: &Example, name: &str) -> Result<String, Failure> {
    let question = ProposeJointReplyRequest {
        request_id: fresh_id(),
        name: name.to_owned(),
        text: text::JOINT_REPLY.to_owned(),
        etag: String::new(),
    };
    let proposed = example
        .cast
        .jobcentre
        .ask(question, async |stub, request| {
            MixedComplaintServiceClient::new(stub).propose_joint_reply(request).await
        })
        .await?;
    let digest = proposed.joint_reply.map(|reply| reply.digest).unwrap_or_default();
    example.teller.refused(
        "the provider agrees to another text than the one that Jobcentre Plus proposes.",
        "AGREEMENT_DIGEST_MISMATCH",
        agree(example, name, &"0".repeat(64)).await,
    )?;
    agree(example, name, &digest).await?;
    example.teller.say("The provider has read the text, and agrees to exactly that one.");
    Ok(digest)
}

/// What is left about the provider goes on where the joint reply ended: at its second stage.
async fn left_over(example: &Example, name: &str) -> Result<(), Failure> {
    let teller = example.teller;
    let question = RecordResidualRequest {
        request_id: fresh_id(),
        name: name.to_owned(),
        provider: true,
        jobcentre_plus: false,
        on: Some(example.ago(0)),
        etag: String::new(),
    };
    let left = example
        .cast
        .jobcentre
        .ask(question, async |stub, request| {
            MixedComplaintServiceClient::new(stub).record_residual(request).await
        })
        .await?;
    let case = opened(example, &left.residual_complaint).await?;
    let officer = &example.cast.officer;
    work::acknowledge(officer, example, &case, 0).await?;
    let case = work::assign(officer, &case, OFFICER).await?;
    teller.say(
        "So the provider has a complaint again. The joint reply counts as its first stage (CMP-13); acknowledged and given to \
         someone, it stands at the second:",
    );
    teller.case(&case);
    teller.dates(&case);
    Ok(())
}

async fn direct(example: &Example, name: &str) -> Result<MixedComplaint, Failure> {
    let told = PersonTold {
        told_on: Some(example.ago(RAISED)),
        channel: Channel::InPerson.into(),
        ..PersonTold::default()
    };
    let question = DirectToJobcentrePlusRequest {
        request_id: fresh_id(),
        name: name.to_owned(),
        told: Some(told),
        etag: String::new(),
    };
    let link = &example.cast.officer;
    link.ask(question, async |stub, request| {
        MixedComplaintServiceClient::new(stub).direct_to_jobcentre_plus(request).await
    })
    .await
}

async fn request(
    example: &Example,
    name: &str,
    due_on: Option<CivilDate>,
) -> Result<MixedComplaint, Failure> {
    let question = RequestContributionRequest {
        request_id: fresh_id(),
        name: name.to_owned(),
        requested_on: Some(example.ago(REQUESTED)),
        due_on,
        etag: String::new(),
    };
    let link = &example.cast.jobcentre;
    link.ask(question, async |stub, request| {
        MixedComplaintServiceClient::new(stub).request_contribution(request).await
    })
    .await
}

async fn agree(example: &Example, name: &str, digest: &str) -> Result<MixedComplaint, Failure> {
    let question = AgreeWordingRequest {
        request_id: fresh_id(),
        name: name.to_owned(),
        digest: digest.to_owned(),
        etag: String::new(),
    };
    let link = &example.cast.officer;
    link.ask(question, async |stub, request| {
        MixedComplaintServiceClient::new(stub).agree_wording(request).await
    })
    .await
}

async fn issue(example: &Example, link: &Link, name: &str, digest: &str) -> Result<MixedComplaint, Failure> {
    let question = IssueJointReplyRequest {
        request_id: fresh_id(),
        name: name.to_owned(),
        digest: digest.to_owned(),
        issued_on: Some(example.ago(0)),
        channel: Channel::Post.into(),
        etag: String::new(),
    };
    link.ask(question, async |stub, request| {
        MixedComplaintServiceClient::new(stub).issue_joint_reply(request).await
    })
    .await
}
