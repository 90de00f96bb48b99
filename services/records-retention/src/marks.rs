//! What this service keeps of the clock: whether the date is in doubt, when anyone last looked, and for how long nobody did; and which programs
//! have started here.

use jiff::{SignedDuration, Timestamp};
use redress_store::{DbError, Tx, mark};

use crate::clock::Seen;

/// Since when the date is in doubt; empty when it is not.
const DOUBT: &str = "date in doubt since";

/// When the clock was last looked at.
const SEEN: &str = "clock last seen";

/// For how many seconds nobody looked, all in all, since a person confirmed the date.
const UNWITNESSED: &str = "clock not seen for seconds";

/// Since when what holds a person is known to every program that starts on the database.
const PERSONS_HOLD: &str = "persons hold since";

/// Whether a program that knows what holds a person has started here before.
pub(crate) async fn persons_hold(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(mark::find(tx, PERSONS_HOLD).await?.is_some())
}

/// One has.
pub(crate) async fn set_persons_hold(tx: &mut Tx, now: Timestamp) -> Result<(), DbError> {
    mark::set(tx, PERSONS_HOLD, now.to_string()).await
}

/// Since when the date is in doubt, if it is.
pub(crate) async fn doubt(tx: &mut Tx) -> Result<Option<String>, DbError> {
    Ok(mark::find(tx, DOUBT).await?.filter(|doubt| !doubt.is_empty()))
}

/// The date is in doubt.
pub(crate) async fn set_doubt(tx: &mut Tx, now: Timestamp) -> Result<(), DbError> {
    mark::set(tx, DOUBT, now.to_string()).await
}

/// What is known of the looks that any process took.
pub(crate) async fn seen(tx: &mut Tx) -> Result<Seen, DbError> {
    let at = mark::find(tx, SEEN).await?.and_then(|seen| seen.parse().ok());
    let seconds = mark::find(tx, UNWITNESSED).await?.and_then(|seconds| seconds.parse().ok());
    Ok(Seen { at, unwitnessed: SignedDuration::from_secs(seconds.unwrap_or_default()) })
}

/// The clock was looked at.
pub(crate) async fn set_seen(tx: &mut Tx, now: Timestamp) -> Result<(), DbError> {
    mark::set(tx, SEEN, now.to_string()).await
}

/// Nobody looked for so long, in whole seconds.
pub(crate) async fn set_unwitnessed(tx: &mut Tx, unwitnessed: SignedDuration) -> Result<(), DbError> {
    mark::set(tx, UNWITNESSED, unwitnessed.as_secs().to_string()).await
}

/// A person confirmed the date.
pub(crate) async fn confirm(tx: &mut Tx) -> Result<(), DbError> {
    mark::set(tx, DOUBT, String::new()).await?;
    set_unwitnessed(tx, SignedDuration::ZERO).await
}
