//! The real binary: a suite on port 0 in a folder of its own, driven by the command line from setting up to the final response.

mod branches;
mod doors;
mod journey;
mod retention;
mod runner;
mod suite;
mod toolbox;
