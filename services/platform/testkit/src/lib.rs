//! Scenarios, still clock, both databases, in-process services, fault injection.
