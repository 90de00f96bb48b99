//! A pack laid out as a list, so that a reader sees everything it holds and nothing is left out: both functions take their
//! struct apart field by field, and a new field does not compile until it is listed.

mod shown;

use super::{Pack, Practice, Rules};
use crate::{Source, Sourced, Tri};
use shown::Shown;

/// One line of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Name of the rule in the pack, such as `eight_week_right`.
    pub name: &'static str,
    /// Rules of the catalogue it stands for, such as `CMP-08`.
    pub rule: &'static str,
    /// How it stands.
    pub standing: Standing,
    /// The value in words; for silence and ignorance, what was looked through or is missing.
    pub text: String,
    /// Where it comes from, when it is stated.
    pub source: Option<Source>,
}

/// How a rule stands in a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The document states it.
    Stated,
    /// The document says nothing at this point.
    Silent,
    /// The document, or this part of it, is not known here.
    Unknown,
    /// The suite adds it where documents leave room.
    Practice,
}

impl Standing {
    /// The name in tables.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Silent => "silent",
            Self::Unknown => "unknown",
            Self::Practice => "practice",
        }
    }
}

impl Pack {
    /// Everything the pack holds but its duties: the rules first, the practice after them.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries = rules(&self.rules);
        entries.extend(practice(&self.practice));
        entries
    }
}

fn rules(rules: &Rules) -> Vec<Entry> {
    let Rules {
        first_contact_explanation,
        procedure_awareness,
        agreement_evidence,
        every_step,
        stated_timescales,
        review_documents,
        provider_stages,
        draft_approval,
        signposting,
        eight_week_right,
        ice_window,
        ice_process_check,
        reopening,
        ice_correspondence,
        evidence_on_request,
        ice_stages,
        ice_charge,
        management_information,
        mixed_routing,
        jcp_contribution,
        joint_reply_stage,
        jcp_referral_as_direct,
        policy_complaints,
        elected_members,
        contract_record,
        report_record,
        funded_retention,
        erasure,
        change_approval,
    } = rules;
    vec![
        tri("first_contact_explanation", "CMP-02", first_contact_explanation),
        tri("procedure_awareness", "CMP-03", procedure_awareness),
        tri("agreement_evidence", "CMP-15", agreement_evidence),
        tri("every_step", "CMP-05", every_step),
        tri("stated_timescales", "CMP-06", stated_timescales),
        tri("review_documents", "CMP-10", review_documents),
        tri("provider_stages", "CMP-24", provider_stages),
        tri("draft_approval", "CMP-16", draft_approval),
        tri("signposting", "CMP-07", signposting),
        tri("eight_week_right", "CMP-08", eight_week_right),
        tri("ice_window", "CMP-09", ice_window),
        tri("ice_process_check", "ICE-03", ice_process_check),
        tri("reopening", "CMP-14", reopening),
        tri("ice_correspondence", "ICE-05", ice_correspondence),
        tri("evidence_on_request", "ICE-07", evidence_on_request),
        tri("ice_stages", "ICE-15", ice_stages),
        tri("ice_charge", "ICE-10", ice_charge),
        tri("management_information", "ICE-11", management_information),
        tri("mixed_routing", "RTE-01", mixed_routing),
        tri("jcp_contribution", "RTE-04", jcp_contribution),
        tri("joint_reply_stage", "CMP-13", joint_reply_stage),
        tri("jcp_referral_as_direct", "CMP-12", jcp_referral_as_direct),
        tri("policy_complaints", "RTE-08", policy_complaints),
        tri("elected_members", "RTE-09", elected_members),
        tri("contract_record", "RET-01", contract_record),
        tri("report_record", "RET-03", report_record),
        tri("funded_retention", "RET-09", funded_retention),
        tri("erasure", "RET-10", erasure),
        tri("change_approval", "ISS-03", change_approval),
    ]
}

fn practice(practice: &Practice) -> Vec<Entry> {
    let Practice {
        day_one,
        stated_may_extend,
        any_part_of_uk,
        window_post_allowance,
        reopened_steps,
        contribution,
        prime_first,
        elected_member_reply,
        elected_member_reply_cap,
        elected_after_dissolution,
        elected_titles,
        department_reply,
        access_to_work_official_reply,
        access_to_work_reply,
        data_protection_acknowledgement,
        data_protection_warning,
        ice_contact,
        ice_resolution,
        ice_settlement,
        ice_report,
        ice_reply_about_itself,
        ice_keeps_accepted,
        ice_keeps_other,
        ice_year_begins_month,
        charge_partially_upheld,
        complaint_file,
        unpaid_report,
        erasure_answer,
        erasure_warning,
        disposal_approval,
        disposal_veto,
        schedule_cooling,
        hold_cooling,
        hold_review,
        anonymised_group,
        anonymity_review,
        disposals_a_day,
        order_of_precedence,
        charter_heads,
    } = practice;
    vec![
        own("day_one", "XCT-07", day_one),
        own("stated_may_extend", "RTE-04", stated_may_extend),
        own("any_part_of_uk", "XCT-09", any_part_of_uk),
        own("window_post_allowance", "CMP-09", window_post_allowance),
        own("reopened_steps", "CMP-14", reopened_steps),
        own("contribution", "RTE-04", contribution),
        own("prime_first", "XCT-06", prime_first),
        own("elected_member_reply", "RTE-12", elected_member_reply),
        own("elected_member_reply_cap", "RTE-12", elected_member_reply_cap),
        own("elected_after_dissolution", "RTE-15", elected_after_dissolution),
        own("elected_titles", "RTE-10", elected_titles),
        own("department_reply", "CMP-22", department_reply),
        own("access_to_work_official_reply", "CMP-23", access_to_work_official_reply),
        own("access_to_work_reply", "CMP-23", access_to_work_reply),
        own("data_protection_acknowledgement", "CMP-29", data_protection_acknowledgement),
        own("data_protection_warning", "CMP-29", data_protection_warning),
        own("ice_contact", "ICE-31", ice_contact),
        own("ice_resolution", "ICE-31", ice_resolution),
        own("ice_settlement", "ICE-31", ice_settlement),
        own("ice_report", "ICE-31", ice_report),
        own("ice_reply_about_itself", "ICE-32", ice_reply_about_itself),
        own("ice_keeps_accepted", "ICE-33", ice_keeps_accepted),
        own("ice_keeps_other", "ICE-33", ice_keeps_other),
        own("ice_year_begins_month", "ICE-34", ice_year_begins_month),
        own("charge_partially_upheld", "ICE-10", charge_partially_upheld),
        own("complaint_file", "RET-01", complaint_file),
        own("unpaid_report", "RET-03", unpaid_report),
        own("erasure_answer", "RET-10", erasure_answer),
        own("erasure_warning", "RET-10", erasure_warning),
        own("disposal_approval", "RET-14", disposal_approval),
        own("disposal_veto", "RET-14", disposal_veto),
        own("schedule_cooling", "RET-01", schedule_cooling),
        own("hold_cooling", "RET-08", hold_cooling),
        own("hold_review", "RET-08", hold_review),
        own("anonymised_group", "RET-13", anonymised_group),
        own("anonymity_review", "RET-13", anonymity_review),
        own("disposals_a_day", "RET-14", disposals_a_day),
        own("order_of_precedence", "XCT-05", order_of_precedence),
        own("charter_heads", "CMP-25", charter_heads),
    ]
}

fn tri<T: Shown>(name: &'static str, rule: &'static str, value: &Tri<T>) -> Entry {
    let (standing, text, source) = match value {
        Tri::Value(sourced) => (Standing::Stated, sourced.value.shown(), Some(sourced.source.clone())),
        Tri::Silent { note } => (Standing::Silent, note.clone(), None),
        Tri::Unknown { note } => (Standing::Unknown, note.clone(), None),
    };
    Entry { name, rule, standing, text, source }
}

fn own<T: Shown>(name: &'static str, rule: &'static str, value: &Sourced<T>) -> Entry {
    Entry {
        name,
        rule,
        standing: Standing::Practice,
        text: value.value.shown(),
        source: Some(value.source.clone()),
    }
}
