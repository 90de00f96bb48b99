//! Words, dates, tables and JSON: everything a person or a program reads. Nothing here asks anything of anyone.

pub mod advice;
pub mod anonymity;
pub mod bag;
pub mod calendar;
pub mod chain;
pub mod citation;
pub mod complaint;
pub mod contact;
pub mod date;
pub mod deadline;
pub mod disposal;
pub mod document;
pub mod erasure;
pub mod examination;
pub mod figures;
pub mod improvement;
pub mod json;
pub mod letter;
pub mod list;
pub mod member;
pub mod mixed;
pub mod paper;
pub mod participant;
pub mod policy;
pub mod problem;
pub mod procedure;
pub mod record;
pub mod recovery;
pub mod schedule;
mod screen;
pub mod simulation;
pub mod subscription;
pub mod timeline;
pub mod word;

pub use screen::{Fields, Grid, Screen, Tone};
