//! Policy packs, calendars, deadline arithmetic and citations.
