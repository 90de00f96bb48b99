//! Whole cases as their people live them: in process on SQLite, where a test can move the clock, and as processes on PostgreSQL.

mod apart;
mod approval;
mod contact;
mod early_access;
mod evidence;
mod examination;
mod first_to_last;
mod funnel;
mod member_letter;
mod mixed;
mod place;
mod reopening;
mod seam;
mod window;
