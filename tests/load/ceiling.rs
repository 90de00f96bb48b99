//! What this machine can do without the server: the most that could be reached.

pub(crate) mod echo;
pub(crate) mod inserts;
pub(crate) mod own;
pub(crate) mod pgbench;
pub(crate) mod rows;
