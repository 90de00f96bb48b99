//! One example case, carried through everything that exists and told on the terminal: what happens, when, and by which
//! paragraph; and what is refused, and by which.
//!
//! The people in it are invented. Every refusal is attempted on purpose: where the suite does not refuse as told here, the
//! example fails.

mod acts;
mod awaited;
pub mod cast;
mod setting;
mod teller;
mod text;

use std::{path::PathBuf, time::Duration};

use clap::Args;
use jiff::{ToSpan as _, civil::Date};
use redress_chassis::process::{RandomIds, SystemClock};
use redress_kernel::{Clock as _, Ids as _};
use redress_proto::{
    complaints::v1::{
        Complaint, GetComplaintRequest, ListComplaintsRequest, ListOrder,
        complaint_service_client::ComplaintServiceClient,
    },
    r#type::v1::CivilDate,
};

use crate::{
    client::{Failure, Names, Target},
    command::Session,
    present::{Screen, complaint, date, problem},
    serve::identity::Identities,
};

use cast::Cast;
use teller::{Teller, line};

/// Carry one example case through everything that exists, explained step by step.
///
/// The suite must believe the development issuer, whose key lies in the data folder: as `redress up` does, and a trial's deployment. A
/// second run shows the case of the first.
#[derive(Args, Debug)]
pub struct Demo {
    /// Data folder of the suite, where the key of the development issuer lies
    #[arg(long, env = "REDRESS_DATA_FOLDER", default_value = "data", value_name = "FOLDER")]
    pub data: PathBuf,
    /// Audience that the suite expects
    #[arg(long, env = "REDRESS_AUTH_AUDIENCE", default_value = "redress", value_name = "NAME")]
    pub audience: String,
    /// Tell it once more, though an earlier one is whole
    #[arg(long)]
    pub again: bool,
}

impl Demo {
    /// Tells it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let identities = Identities::of(&self.data, &self.audience)?;
        let target = Target { token: None, ..session.target.clone() };
        Box::pin(play(&target, &identities, session.screen, self.again)).await.map(drop)
    }
}

/// Tells the example to whoever started the suite at `address`; returns the reference of its case.
pub async fn tell(address: &str, identities: &Identities) -> Result<String, Failure> {
    let target = Target {
        address: address.to_owned(),
        token: None,
        authorities: None,
        timeout: Duration::from_secs(30),
    };
    Box::pin(play(&target, identities, Screen::of_process(SystemClock.today(), false), false)).await
}

/// Says why the example ended early.
pub fn report(failure: &Failure) {
    let screen = Screen::of_process(SystemClock.today(), false);
    line(&problem::show(screen, failure, None));
}

/// What every act of the example works with.
struct Example {
    cast: Cast,
    teller: Teller,
    today: Date,
    data: PathBuf,
    /// Tells a repetition of the example from the one before.
    number: u32,
}

impl Example {
    /// The day `days` ago.
    fn ago(&self, days: i32) -> CivilDate {
        date::wire(self.today.saturating_sub(days.days()))
    }

    /// A reference of this run of the example.
    fn reference(&self, what: &str) -> String {
        format!("EXAMPLE-{}-{what}", self.number)
    }
}

/// A fresh id for a command.
fn fresh_id() -> String {
    RandomIds.next().to_string()
}

async fn play(
    target: &Target,
    identities: &Identities,
    screen: Screen,
    again: bool,
) -> Result<String, Failure> {
    let cast = Cast::gather(target, identities)?;
    let teller = Teller::new(screen);
    let data = identities.data().to_owned();
    let today = SystemClock.today();
    let mut example = Example { cast, teller, today, data, number: 1 };
    // An example that was cut short is left as it is, and told again from the start under another number.
    loop {
        match found(&example).await? {
            None => break,
            Some(earlier) if finished(&earlier) && !again => {
                example.teller.chapter("The example of an earlier start");
                example.teller.say("Its case is still here, as it was left:");
                let names = Names::gather(&example.cast.officer, &earlier).await;
                line(&complaint::show(screen, &earlier, &names));
                return Ok(earlier.case_reference);
            }
            Some(_) => example.number += 1,
        }
    }
    Box::pin(acts::play(&example)).await
}

/// Whether the last of its letters is out.
fn finished(complaint: &Complaint) -> bool {
    complaint.examiner_window.is_some()
}

async fn found(example: &Example) -> Result<Option<Complaint>, Failure> {
    let link = &example.cast.officer;
    let question = ListComplaintsRequest {
        reference: example.reference("CASE"),
        order: ListOrder::Newest.into(),
        page_size: 1,
        ..ListComplaintsRequest::default()
    };
    let page = link
        .ask(question, async |stub, request| ComplaintServiceClient::new(stub).list_complaints(request).await)
        .await?;
    let Some(row) = page.complaints.into_iter().next() else { return Ok(None) };
    let question = GetComplaintRequest { name: row.name, view: 0 };
    link.ask(question, async |stub, request| ComplaintServiceClient::new(stub).get_complaint(request).await)
        .await
        .map(Some)
}
