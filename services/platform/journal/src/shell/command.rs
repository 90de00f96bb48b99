//! What a service supplies: its world, and commands on it.

use jiff::Timestamp;
use redress_kernel::Refusal;
use redress_store::{DbError, Tx};

use crate::append::Entries;

/// The part of a service's data that a group of commands needs: loaded at once, changed in memory, written at once.
pub trait World: Send + Sized + 'static {
    /// What a command may need to have loaded.
    type Want: Send + 'static;

    /// A world in which nothing is loaded.
    fn new() -> Self;

    /// Loads everything that is wanted, with as few statements as there are tables. What does not exist is loaded too:
    /// a command may ask for it and must find that it is not there.
    ///
    /// All of it is one state of the database. But a row that a decision rests on without changing it may be changed by
    /// another process before the commit; where that must not be, `flush` has to touch the row as well.
    fn load(&mut self, tx: &mut Tx, wants: &[Self::Want])
    -> impl Future<Output = Result<(), DbError>> + Send;

    /// How many changes wait to be written. It grows with each; the shell holds commands to their promise by it.
    fn changes(&self) -> usize;

    /// Writes every change, many rows in a statement.
    ///
    /// # Errors
    /// [`DbError::Conflict`] when a row is no longer at the version that was loaded: compare the number of rows
    /// changed with the number meant.
    fn flush(&mut self, tx: &mut Tx) -> impl Future<Output = Result<(), DbError>> + Send;
}

/// Something a caller may ask for.
pub trait Command<W: World>: Send + 'static {
    /// What the caller is told.
    type Answer: Keep;
    /// Why not.
    type Refusal: Refusal;

    /// Says what must be loaded.
    fn wants(&self, wants: &mut Vec<W::Want>);

    /// Decides against the world, and once it is decided, and not before, changes the world and records what happened.
    /// A command that refuses must have changed nothing.
    ///
    /// It may be run again, in another world, when the first transaction came to nothing. It does no IO and reads no
    /// clock.
    fn run(
        &self,
        world: &mut W,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<Self::Answer, Self::Refusal>;
}

/// An answer that is kept under its request id, so that a repetition of the request has it again.
///
/// It is kept in the clear for as long as the journal: it must hold ids, versions, dates and enum values only.
pub trait Keep: Clone + Send + 'static {
    /// The bytes to keep.
    fn keep(&self) -> Vec<u8>;

    /// The answer they were made from; `None` for bytes it does not know.
    fn recall(bytes: &[u8]) -> Option<Self>;
}

impl<M: prost::Message + Default + Clone + 'static> Keep for M {
    fn keep(&self) -> Vec<u8> {
        self.encode_to_vec()
    }

    fn recall(bytes: &[u8]) -> Option<Self> {
        Self::decode(bytes).ok()
    }
}
