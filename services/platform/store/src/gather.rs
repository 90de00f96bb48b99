//! Reads of one kind that are asked at the same time, answered together: the mirror of the journal's command shell.
//!
//! A group is whatever waits when a lane is free; nobody waits for a group to fill. What one statement answers is answered at a
//! glance; the rest in one read transaction, so that the round trips are shared by all of them.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc};

use futures::FutureExt as _;
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::{Cause, Db, DbError, Glance, Tx, db::Engine};

/// Most questions in a group: enough for everyone who may wait, and few enough for one statement.
const GROUP: usize = 256;
/// Turns that bring nobody, one after the other, until a group goes. The second costs a few microseconds, and under load brings
/// those whose calls came in by the first.
const IDLE: usize = 2;
/// Most questions that wait; those who ask more wait for their place.
const QUEUE: usize = 1024;

/// A kind of question to the database.
pub trait Reading: Send + Sync + 'static {
    /// What is asked. It carries who asks, where the answer depends on it.
    type Question: Clone + Send + Sync + 'static;
    /// What is answered.
    type Answer: Send + 'static;

    /// The answers that one look at the database gives, without a transaction; `None` for each that takes more.
    fn at_hand(
        &self,
        glance: &mut Glance,
        questions: &[Self::Question],
    ) -> impl Future<Output = Result<Vec<Option<Self::Answer>>, DbError>> + Send;

    /// Answers questions in their order, with as few statements as there are tables. All answers are of one state of the
    /// database, which is not older than the newest of the questions.
    fn answer(
        &self,
        tx: &mut Tx,
        questions: &[Self::Question],
    ) -> impl Future<Output = Result<Vec<Self::Answer>, DbError>> + Send;
}

/// Takes the questions of many and answers them in groups. Clones share its lanes, which end with the last of them.
#[derive(Debug)]
pub struct Gather<R: Reading> {
    queue: mpsc::Sender<Asked<R>>,
}

impl<R: Reading> Clone for Gather<R> {
    fn clone(&self) -> Self {
        Self { queue: self.queue.clone() }
    }
}

#[derive(Debug)]
struct Asked<R: Reading> {
    question: R::Question,
    reply: oneshot::Sender<Result<R::Answer, DbError>>,
}

/// Takes the questions first, answers what it can at a glance, and hands the rest on.
struct Glances<R: Reading> {
    db: Db,
    reading: Arc<R>,
    queue: mpsc::Receiver<Asked<R>>,
    rest: mpsc::Sender<Asked<R>>,
}

/// One of those who answer the rest, each group in a transaction.
struct Lane<R: Reading> {
    db: Db,
    reading: Arc<R>,
    queue: Arc<Mutex<mpsc::Receiver<Asked<R>>>>,
}

impl<R: Reading> Gather<R> {
    /// Starts the lanes: one that looks, so that what is at hand never waits for what is not; and behind it one that reads, or
    /// two where reading means waiting for another process.
    pub fn start(db: &Db, reading: R) -> Self {
        let (sender, first) = mpsc::channel(QUEUE);
        let (rest, receiver) = mpsc::channel(QUEUE);
        let (reading, queue) = (Arc::new(reading), Arc::new(Mutex::new(receiver)));
        let lanes = match db.engine() {
            Engine::Sqlite => 1,
            Engine::Postgres => 2,
        };
        for _ in 0..lanes {
            let lane = Lane { db: db.clone(), reading: Arc::clone(&reading), queue: Arc::clone(&queue) };
            start(lane.run());
        }
        start(Glances { db: db.clone(), reading, queue: first, rest }.run());
        Self { queue: sender }
    }

    /// The answer to a question. It is given no earlier than it was asked, so that it knows of everything that was
    /// durable by then.
    ///
    /// # Errors
    /// Those of [`Reading::answer`], and [`DbError::Unavailable`] when the process is stopping.
    pub async fn ask(&self, question: R::Question) -> Result<R::Answer, DbError> {
        let gone = || DbError::Unavailable(Cause::new("gather", "the process is stopping"));
        let (reply, answer) = oneshot::channel();
        self.queue.send(Asked { question, reply }).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "ends with the last who can ask, and cutting a read short at shutdown is harmless"
)]
fn start(lane: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(lane);
}

/// Takes whatever waits, and those who are about to ask and only lack a turn on a thread; false when nobody is left who could
/// ask.
async fn next<R: Reading>(queue: &mut mpsc::Receiver<Asked<R>>, waiting: &mut Vec<Asked<R>>) -> bool {
    if queue.recv_many(waiting, GROUP).await == 0 {
        return false;
    }
    let mut idle = 0;
    while idle < IDLE && waiting.len() < GROUP {
        let before = waiting.len();
        tokio::task::yield_now().await;
        while waiting.len() < GROUP
            && let Ok(asked) = queue.try_recv()
        {
            waiting.push(asked);
        }
        idle = if waiting.len() > before { 0 } else { idle + 1 };
    }
    // Those who have gone away need no answer.
    waiting.retain(|asked| !asked.reply.is_closed());
    true
}

impl<R: Reading> Glances<R> {
    async fn run(mut self) {
        let mut waiting = Vec::with_capacity(GROUP);
        while next(&mut self.queue, &mut waiting).await {
            let mut glance = match self.db.glance().await {
                Ok(glance) => glance,
                // Whoever went on to a transaction would only wait once more for the same database.
                Err(error) => {
                    for asked in waiting.drain(..) {
                        asked.told(Err(error.clone()));
                    }
                    continue;
                }
            };
            let answers = AssertUnwindSafe(self.look(&mut glance, &waiting)).catch_unwind().await;
            let answers = answers.unwrap_or_else(|_| {
                tracing::error!("looking for a group panicked");
                Vec::new()
            });
            drop(glance);
            let answers = answers.into_iter().chain(std::iter::repeat_with(|| None));
            for (asked, answer) in waiting.drain(..).zip(answers) {
                match answer {
                    Some(answer) => asked.told(Ok(answer)),
                    // The lanes live as long as this does.
                    None => drop(self.rest.send(asked).await),
                }
            }
        }
    }

    /// A look that fails answers nobody: the transaction that follows fails as well, or makes up for it.
    async fn look(&self, glance: &mut Glance, waiting: &[Asked<R>]) -> Vec<Option<R::Answer>> {
        let questions: Vec<R::Question> = waiting.iter().map(|asked| asked.question.clone()).collect();
        let answers = self.reading.at_hand(glance, &questions).await;
        answers.unwrap_or_else(|error| {
            tracing::debug!(%error, "a look at the database failed");
            Vec::new()
        })
    }
}

impl<R: Reading> Lane<R> {
    async fn run(self) {
        let mut waiting = Vec::with_capacity(GROUP);
        while self.next(&mut waiting).await {
            let asked = std::mem::take(&mut waiting);
            // A panic hurts the group and not the lane: its askers hear that there is no answer.
            if AssertUnwindSafe(self.together(asked)).catch_unwind().await.is_err() {
                tracing::error!("reading for a group panicked");
            }
        }
    }

    async fn next(&self, waiting: &mut Vec<Asked<R>>) -> bool {
        next(&mut *self.queue.lock().await, waiting).await
    }

    async fn together(&self, asked: Vec<Asked<R>>) {
        if asked.is_empty() {
            return;
        }
        let questions: Vec<R::Question> = asked.iter().map(|asked| asked.question.clone()).collect();
        match self.read(&questions).await {
            Ok(answers) => {
                for (asked, answer) in asked.into_iter().zip(answers) {
                    asked.told(Ok(answer));
                }
            }
            // One damaged row must not fail the others: whose it is shows when each is alone.
            Err(DbError::Refused(_) | DbError::Inconsistent { .. }) if asked.len() > 1 => {
                for asked in asked {
                    let alone = self.read(std::slice::from_ref(&asked.question)).await;
                    asked.told(alone.and_then(|mut answers| answers.pop().ok_or_else(unanswered)));
                }
            }
            Err(error) => {
                for asked in asked {
                    asked.told(Err(error.clone()));
                }
            }
        }
    }

    async fn read(&self, questions: &[R::Question]) -> Result<Vec<R::Answer>, DbError> {
        let mut tx = self.db.read().await?;
        let answers = self.reading.answer(&mut tx, questions).await?;
        if answers.len() == questions.len() { Ok(answers) } else { Err(unanswered()) }
    }
}

impl<R: Reading> Asked<R> {
    fn told(self, answer: Result<R::Answer, DbError>) {
        // Nobody hears it who has gone away meanwhile.
        drop(self.reply.send(answer));
    }
}

fn unanswered() -> DbError {
    DbError::refused("gather", "a reading gave another number of answers than it was asked questions")
}
