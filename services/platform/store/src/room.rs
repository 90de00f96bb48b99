//! Whether a database has room: it is noticed when something could not be written, and tried again by writing.
//!
//! While there is none, nothing that would be written is taken, so nothing would ever show that there is room again. Hence the
//! trial, which writes as much as a large group of commands does, durably, and takes it away.

use crate::{Db, DbError, List, Migration};

/// The table of the trial, in every database.
pub const MIGRATIONS: List = List {
    name: "room",
    migrations: &[Migration { version: 1, name: "room", sql: include_str!("room/room.sql") }],
};

/// Every statement, for the test that has both databases check them.
pub const STATEMENTS: &[&str] = &[FILL, EMPTY];

const FILL: &str = "INSERT INTO room (room_id, filler) VALUES (1, $1) \
                    ON CONFLICT (room_id) DO UPDATE SET filler = excluded.filler";

const EMPTY: &str = "DELETE FROM room WHERE room_id = 1";

/// Bytes that are tried.
const FILLER: usize = 256 * 1024;

impl Db {
    /// Waits until something cannot be written because there is no room, which may be never.
    pub async fn full(&self) {
        let mut watching = self.health().full.subscribe();
        if watching.wait_for(|full| *full).await.is_err() {
            // Cannot be: this handle keeps the sender alive.
            std::future::pending::<()>().await;
        }
    }

    /// Tries whether there is room; from then on [`Db::full`] waits for the next time that there is none.
    pub async fn has_room(&self) -> Result<bool, DbError> {
        match self.try_room().await {
            Ok(()) => {
                self.health().full.send_replace(false);
                Ok(true)
            }
            Err(DbError::Exhausted(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn try_room(&self) -> Result<(), DbError> {
        let mut tx = self.write().await?;
        tx.query(FILL).bind(filler()).execute().await?;
        tx.commit().await?;
        let mut tx = self.write().await?;
        tx.query(EMPTY).execute().await?;
        tx.commit().await
    }
}

/// Bytes that no compression makes less of.
fn filler() -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(FILLER);
    while bytes.len() < FILLER {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes
}
