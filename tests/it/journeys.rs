//! Whole cases as their people live them: in process, where a test can move the clock, and as processes on PostgreSQL.

mod approval;
mod contact;
mod early_access;
mod evidence;
mod examination;
mod first_to_last;
mod followed;
mod funnel;
mod member_letter;
mod mixed;
mod place;
mod reopening;
mod seam;
mod traced;
mod transferred_letter;
mod watched;
mod window;
