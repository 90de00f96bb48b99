//! Whole cases as their people live them: in process on SQLite, where a test can move the clock, and as processes on PostgreSQL.

mod approval;
mod early_access;
mod examination;
mod first_to_last;
mod funnel;
mod place;
mod reopening;
mod window;
