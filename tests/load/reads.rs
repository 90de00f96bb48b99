//! Reads of single complaints, the cheap half of what an officer does.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use prost::Message as _;
use redress_proto::{
    complaints::v1::{Complaint, ComplaintView, GetComplaintRequest},
    options::v1::Role,
};
use redress_tests::chain::Member;
use tokio::task::JoinSet;
use tonic::{
    metadata::{Ascii, MetadataValue},
    transport::Channel,
};

use crate::{
    ceiling::echo::Echo,
    closed::{self, Caller},
    measured::Measured,
    subject::Subject,
    watch::Watch,
    written::Written,
};

/// Complaints that are read again and again.
const OFTEN: usize = 1000;
/// How often reads and empty calls take turns.
const TURNS: u32 = 5;

/// Reads, and the empty calls between them.
pub(crate) struct Beside {
    pub(crate) reads: Measured,
    pub(crate) empty: Measured,
}

/// A question, and how its answer begins.
struct Question {
    asked: Bytes,
    answer: Bytes,
}

struct Reader {
    written: Written,
    questions: Arc<[Question]>,
    next: usize,
}

impl Question {
    fn new(name: String) -> Self {
        let answer = Complaint { name: name.clone(), ..Complaint::default() }.encode_to_vec().into();
        let asked = GetComplaintRequest { name, view: ComplaintView::Basic.into() }.encode_to_vec().into();
        Self { asked, answer }
    }
}

impl Reader {
    fn new(channel: Channel, bearer: MetadataValue<Ascii>, questions: Arc<[Question]>, next: usize) -> Self {
        let rpc = "/redress.complaints.v1.ComplaintService/GetComplaint";
        Self { written: Written::new(channel, rpc, Some(bearer)), questions, next }
    }
}

impl Caller for Reader {
    async fn call(&mut self) -> anyhow::Result<()> {
        let Question { asked, answer } = &self.questions[self.next % self.questions.len()];
        self.next += 1;
        let came = self.written.call(asked.clone()).await?;
        ensure!(came.starts_with(answer), "another complaint came back");
        Ok(())
    }
}

/// Reads and empty calls by turns, so that what the machine does for a while and then no more falls on both alike.
pub(crate) async fn beside_the_echo(
    subject: &Subject,
    in_flight: usize,
    measure: Duration,
) -> anyhow::Result<Beside> {
    let echo = Echo::start()?;
    let mut beside = Beside { reads: Measured::new()?, empty: Measured::new()? };
    for _ in 0..TURNS {
        beside.empty.follow(&echo.load(in_flight, measure / TURNS).await?)?;
        beside.reads.follow(&often(subject, in_flight, measure / TURNS).await?)?;
    }
    Ok(beside)
}

async fn often(subject: &Subject, in_flight: usize, measure: Duration) -> anyhow::Result<Measured> {
    let bearer = bearer(subject)?;
    let questions: Arc<[Question]> = subject.names().into_iter().take(OFTEN).map(Question::new).collect();
    let reader =
        |number| Reader::new(subject.channel(number), bearer.clone(), Arc::clone(&questions), number * 7);
    closed::run((0..in_flight).map(reader).collect(), measure, &subject.effort()).await
}

/// Written once, as a client that keeps its identity does.
fn bearer(subject: &Subject) -> anyhow::Result<MetadataValue<Ascii>> {
    let token = subject.chain.people.token(Member::Prime, Role::ComplaintsOfficer)?;
    format!("Bearer {token}").parse().context("token")
}

/// Reads every complaint that was not read before, once, by `in_flight` readers.
pub(crate) async fn first(subject: &Subject, in_flight: usize) -> anyhow::Result<Measured> {
    let bearer = bearer(subject)?;
    let questions: Arc<[Question]> = subject.names().into_iter().skip(OFTEN).map(Question::new).collect();
    let next = Arc::new(AtomicUsize::new(0));
    let (effort, watch) = (subject.effort(), Watch::start());
    let spent = effort.spent();
    let mut all = JoinSet::new();
    for number in 0..in_flight {
        let (questions, next) = (Arc::clone(&questions), Arc::clone(&next));
        let mut reader = Reader::new(subject.channel(number), bearer.clone(), questions, 0);
        all.spawn(async move {
            let mut measured = Measured::new()?;
            loop {
                reader.next = next.fetch_add(1, Ordering::Relaxed);
                if reader.next >= reader.questions.len() {
                    return anyhow::Ok(measured);
                }
                let call = Watch::start();
                reader.call().await?;
                measured.record(call.elapsed());
            }
        });
    }
    let mut total = Measured::new()?;
    while let Some(one) = all.join_next().await {
        total.merge(&one.context("a reader panicked")??)?;
    }
    total.lasted(watch.elapsed());
    total.cost(effort.spent().saturating_sub(spent));
    Ok(total)
}
