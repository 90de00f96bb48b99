//! Papers of any size, for every service that keeps some: taken in piece by piece in constant memory, looked at on the way,
//! durable before they are on record, checked again when they are given out, and swept after a crash.
//!
//! | module | what it holds |
//! |---|---|
//! | [`pieces`] | a stream of one description and its bytes |
//! | [`intake`] | from the stream into the object store; what comes to nothing leaves nothing |
//! | [`screen`] | whether bytes are what they are said to be, and whether they are known to do harm |
//! | [`stage`], [`refusal`] | whether a paper may be read, and every no |
//! | [`outgoing`] | bytes on their way out, checked against their digest |
//! | [`sweep`] | objects without rows, rows without objects |
//!
//! A service brings its own rows, messages and rules of who may see what; here is nothing that knows a complaint.

pub mod fault;
pub mod intake;
pub mod outgoing;
pub mod pieces;
pub mod refusal;
pub mod screen;
pub mod stage;
pub mod sweep;

pub use intake::{Declared, Intake};
pub use outgoing::Outgoing;
pub use pieces::{Piece, Pieces};
pub use refusal::Refusal;
pub use screen::Screen;
pub use stage::Stage;
