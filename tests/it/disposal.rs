//! The end of what is kept: four services, a contract that ended, a clock that is moved past every term, on both databases.

mod ahead;
mod bagged;
mod canary;
mod erased;
mod ground;
mod holders;
mod kill;
mod mixed;
mod papers;
