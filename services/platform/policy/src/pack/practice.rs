//! What the suite adds where the documents leave room: readings of open questions, and numbers from neighbouring public
//! guidance. Every pack starts from `packs/practice.toml` and may state its own.

use serde::Deserialize;

use super::values::Title;
use crate::{DayOne, Sourced, Term};

/// Parameters of practice, each with the reading or the document it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Which day is the first of a term in working days (L01).
    pub day_one: Sourced<DayOne>,
    /// Whether a stated date after the term's end moves the limit (Q5).
    pub stated_may_extend: Sourced<bool>,
    /// Whether a bank holiday in any part of the United Kingdom is no working day (XCT-09, Q4).
    pub any_part_of_uk: Sourced<bool>,
    /// Added to the ICE window when the final response went by post (Q6).
    pub window_post_allowance: Sourced<Term>,
    /// Steps that ICE asked to have done again, when it states no date.
    pub reopened_steps: Sourced<Term>,
    /// A contribution for Jobcentre Plus when it states no date (Q26).
    pub contribution: Sourced<Term>,
    /// Whether the contract holder takes what is about its subcontractors alone before they do (XCT-06).
    pub prime_first: Sourced<bool>,
    /// A reply to an elected member (Q15).
    pub elected_member_reply: Sourced<Term>,
    /// The latest such a reply is allowed.
    pub elected_member_reply_cap: Sourced<Term>,
    /// How long a member stays an elected representative, counted from the general election (RTE-15).
    pub elected_after_dissolution: Sourced<Term>,
    /// Titles valid by the date of the letter, whatever the pack prints (RTE-10).
    pub elected_titles: Sourced<Vec<Title>>,
    /// The department's own reply (CMP-22).
    pub department_reply: Sourced<Term>,
    /// The Access to Work team's reply to an official complaint (CMP-23).
    pub access_to_work_official_reply: Sourced<Term>,
    /// The Access to Work team's reply to any other complaint (CMP-23).
    pub access_to_work_reply: Sourced<Term>,
    /// Acknowledgement of a complaint about data protection (CMP-29).
    pub data_protection_acknowledgement: Sourced<Term>,
    /// When to worry about it: the shorter reading of the statute (Q25).
    pub data_protection_warning: Sourced<Term>,
    /// ICE's standard for first contact (ICE-31).
    pub ice_contact: Sourced<Term>,
    /// ICE's standard for a resolution, from acceptance.
    pub ice_resolution: Sourced<Term>,
    /// ICE's standard for a settlement, from allocation.
    pub ice_settlement: Sourced<Term>,
    /// ICE's standard for a report, from allocation.
    pub ice_report: Sourced<Term>,
    /// ICE's reply to a complaint about itself (ICE-32).
    pub ice_reply_about_itself: Sourced<Term>,
    /// How long ICE keeps an accepted case (ICE-33).
    pub ice_keeps_accepted: Sourced<Term>,
    /// How long ICE keeps any other case (ICE-33).
    pub ice_keeps_other: Sourced<Term>,
    /// Month in which ICE's reporting year begins (ICE-34).
    pub ice_year_begins_month: Sourced<u8>,
    /// Whether a partially upheld complaint is charged without a decision (Q10).
    pub charge_partially_upheld: Sourced<bool>,
    /// The complaint file, from the end of the contract (Q14).
    pub complaint_file: Sourced<Term>,
    /// When a completed report that nobody paid for is raised as an exception (Q12).
    pub unpaid_report: Sourced<Term>,
    /// An answer to an erasure request where the pack has no procedure (RET-10).
    pub erasure_answer: Sourced<Term>,
    /// When to remind of an erasure request that is not answered (Q48).
    pub erasure_warning: Sourced<Term>,
    /// How long a proposed disposal waits for another person's approval (Q41).
    pub disposal_approval: Sourced<Term>,
    /// How long an approved disposal can still be stopped (Q42).
    pub disposal_veto: Sourced<Term>,
    /// How long an approved change that has records end sooner can still be stopped (Q49).
    pub schedule_cooling: Sourced<Term>,
    /// How long after the release of its last hold a record may not be destroyed (Q43).
    pub hold_cooling: Sourced<Term>,
    /// When to look again at a hold that a case placed (Q44).
    pub hold_review: Sourced<Term>,
    /// How many people the smallest group of an anonymised set is about at least (Q46).
    pub anonymised_group: Sourced<u32>,
    /// When to judge again whether a set is anonymous (Q47).
    pub anonymity_review: Sourced<Term>,
    /// How many records of an organisation may be ordered destroyed in a day (Q45).
    pub disposals_a_day: Sourced<u32>,
    /// Documents in the order in which they prevail (XCT-05).
    pub order_of_precedence: Sourced<Vec<String>>,
    /// Heads against which the quality of a reply is checked (CMP-25).
    pub charter_heads: Sourced<Vec<String>>,
}
