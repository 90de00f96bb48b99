//! What operators are given: rules, dashboards, the runbook and the deployment say the same as the program.
//!
//! Whether a query answers anything is asked of a real Prometheus, in `tests/python/test_dashboards.py`.

mod deployment;
mod metrics;
mod migrations;
mod privileges;
mod runbook;
