//! Reads of one kind that are asked at the same time, answered together: the mirror of the journal's command shell.
//!
//! A group is whatever waits when a lane is free; nobody waits for a group to fill. Its questions are answered in one
//! read transaction, so that the round trips, and what beginning and ending cost, are shared by all of them.

use std::{future::Future, panic::AssertUnwindSafe, sync::Arc};

use futures::FutureExt as _;
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::{Cause, Db, DbError, Tx, db::Engine};

/// Most questions in a group: enough for everyone who may wait, and few enough for one statement.
const GROUP: usize = 256;
/// Most questions that wait; those who ask more wait for their place.
const QUEUE: usize = 1024;

/// A kind of question to the database.
pub trait Reading: Send + Sync + 'static {
    /// What is asked. It carries who asks, where the answer depends on it.
    type Question: Clone + Send + Sync + 'static;
    /// What is answered.
    type Answer: Send + 'static;

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

/// One of those who work the queue off.
struct Lane<R: Reading> {
    db: Db,
    reading: Arc<R>,
    queue: Arc<Mutex<mpsc::Receiver<Asked<R>>>>,
}

impl<R: Reading> Gather<R> {
    /// Starts the lanes. There are two where answering means waiting for another process, so that one reads while the
    /// other's answers go out.
    pub fn start(db: &Db, reading: R) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let (reading, queue) = (Arc::new(reading), Arc::new(Mutex::new(receiver)));
        let lanes = match db.engine() {
            Engine::Sqlite => 1,
            Engine::Postgres => 2,
        };
        for _ in 0..lanes {
            let lane = Lane { db: db.clone(), reading: Arc::clone(&reading), queue: Arc::clone(&queue) };
            #[expect(
                clippy::disallowed_methods,
                reason = "ends with the last who can ask, and cutting a read short at shutdown is harmless"
            )]
            tokio::spawn(lane.run());
        }
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

impl<R: Reading> Lane<R> {
    async fn run(self) {
        let mut waiting = Vec::with_capacity(GROUP);
        while self.next(&mut waiting).await {
            // Those who have gone away need no answer.
            let asked: Vec<_> = waiting.drain(..).filter(|asked| !asked.reply.is_closed()).collect();
            // A panic hurts the group and not the lane: its askers hear that there is no answer.
            if AssertUnwindSafe(self.together(asked)).catch_unwind().await.is_err() {
                tracing::error!("reading for a group panicked");
            }
        }
    }

    /// Takes whatever waits; false when nobody is left who could ask.
    async fn next(&self, waiting: &mut Vec<Asked<R>>) -> bool {
        let mut queue = self.queue.lock().await;
        if queue.recv_many(waiting, GROUP).await == 0 {
            return false;
        }
        // Those who are about to ask, and only lack a turn on this thread, come along.
        tokio::task::yield_now().await;
        while waiting.len() < GROUP
            && let Ok(asked) = queue.try_recv()
        {
            waiting.push(asked);
        }
        true
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
