//! A set of forms judged for singling out, linkability and inference (RET-13). What narrows down becomes coarser until the
//! smallest group is large enough; a set that is too small for that is refused, whatever is taken out of it.

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::digest::{Context, SHA256};
use prost::Message as _;
use prost_reflect::DynamicMessage;
use records_retention_domain::{
    Digest, ParticipantId, RecordId, Refusal,
    anonymised::{Assessment, Coarseness},
};
use redress_kernel::{Id, hexadecimal};
use uuid::Uuid;

use super::{
    form::{Form, form},
    residue::residue,
};

/// A report, opened, with whose it is.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    /// The record it lies with.
    pub(crate) record: RecordId,
    /// The person it is about, where the record says so.
    pub(crate) person: Option<ParticipantId>,
    /// The report.
    pub(crate) report: DynamicMessage,
}

/// The forms of a set, in an order that says nothing about where each came from, and what was found.
#[derive(Clone, Debug)]
pub(crate) struct Assessed {
    /// The forms, as they are laid by.
    pub(crate) forms: Vec<Vec<u8>>,
    /// What was found.
    pub(crate) assessment: Assessment,
}

/// Turns reports into a set of anonymised forms.
///
/// # Errors
/// Refuses what would still name a person, by the paths of the fields alone, and a set of too few people.
pub(crate) fn assess(reports: &[Opened], least: u32) -> Result<Assessed, Refusal> {
    let failed = |fields: BTreeSet<String>| Refusal::NotAnonymous { fields: fields.into_iter().collect() };
    if people(reports.iter()) < least {
        return Err(failed(BTreeSet::from(["records".to_owned()])));
    }
    for coarseness in Coarseness::ALL {
        let mut forms: Vec<Form> = reports.iter().map(|opened| form(&opened.report, coarseness)).collect();
        let left: BTreeSet<String> = reports
            .iter()
            .zip(&forms)
            .flat_map(|(opened, form)| {
                residue(form).into_iter().map(|path| format!("{}:{path}", opened.record.name()))
            })
            .collect();
        if !left.is_empty() {
            return Err(failed(left));
        }
        let groups = groups(&forms);
        let sizes = groups.values().map(|members| people(members.iter().map(|at| &reports[*at])));
        let smallest = sizes.min().unwrap_or_default();
        if smallest < least {
            continue;
        }
        let withheld = withhold(&mut forms);
        let paths = |of: fn(&Form) -> &BTreeSet<String>| -> Vec<String> {
            forms.iter().flat_map(of).cloned().collect::<BTreeSet<_>>().into_iter().collect()
        };
        let (removed, generalised) = (paths(|form| &form.removed), paths(|form| &form.generalised));
        let mut encoded: Vec<Vec<u8>> = forms.iter().map(|form| form.message.encode_to_vec()).collect();
        encoded.sort_unstable();
        let assessment = Assessment {
            reports: u32::try_from(reports.len()).unwrap_or(u32::MAX),
            smallest_group: smallest,
            least_group: least,
            coarseness,
            removed,
            generalised,
            withheld,
            digest: digest(&encoded)?,
        };
        return Ok(Assessed { forms: encoded, assessment });
    }
    // With nothing left that narrows down all reports are one group; that is large enough, or was refused before.
    Err(failed(BTreeSet::from(["records".to_owned()])))
}

/// How many people reports are about. Who has two is not two; where a record does not say whose it is, it is taken for that of somebody else.
fn people<'r>(reports: impl Iterator<Item = &'r Opened>) -> u32 {
    let whose = |opened: &Opened| opened.person.map_or_else(|| opened.record.uuid(), Id::uuid);
    let people: BTreeSet<Uuid> = reports.map(whose).collect();
    u32::try_from(people.len()).unwrap_or(u32::MAX)
}

/// The forms by everything that still narrows down.
fn groups(forms: &[Form]) -> BTreeMap<&[(String, String)], Vec<usize>> {
    let mut groups: BTreeMap<&[(String, String)], Vec<usize>> = BTreeMap::new();
    for (at, form) in forms.iter().enumerate() {
        groups.entry(form.group.as_slice()).or_default().push(at);
    }
    groups
}

/// Takes out every special category whose value all members of some group share: whoever is known to be in the group would be
/// known to have it (inference).
fn withhold(forms: &mut [Form]) -> Vec<String> {
    let mut telling = BTreeSet::new();
    for members in groups(forms).values() {
        let paths: BTreeSet<&String> =
            members.iter().flat_map(|at| &forms[*at].guarded).map(|(path, _)| path).collect();
        for path in paths {
            let value = |at: &usize| {
                forms[*at].guarded.iter().find(|(known, _)| known == path).map(|(_, value)| value)
            };
            let values: BTreeSet<Option<&String>> = members.iter().map(value).collect();
            if values.len() == 1 {
                telling.insert(path.clone());
            }
        }
    }
    for form in forms {
        for path in &telling {
            clear(&mut form.message, path);
        }
    }
    telling.into_iter().collect()
}

/// Takes a field out by its path.
fn clear(message: &mut DynamicMessage, path: &str) {
    match path.split_once('.') {
        None => message.clear_field_by_name(path),
        Some((outer, inner)) => {
            if let Some(message) =
                message.get_field_by_name_mut(outer).and_then(|value| value.as_message_mut())
            {
                clear(message, inner);
            }
        }
    }
}

/// The digest of the forms in their order, each with its length before it.
fn digest(forms: &[Vec<u8>]) -> Result<Digest, Refusal> {
    let mut context = Context::new(&SHA256);
    for form in forms {
        context.update(&u64::try_from(form.len()).unwrap_or(u64::MAX).to_be_bytes());
        context.update(form);
    }
    // Thirty-two bytes make sixty-four digits; that they do not cannot be.
    Digest::parse(&hexadecimal(context.finish().as_ref()))
        .map_err(|_| Refusal::NotAnonymous { fields: vec!["records".to_owned()] })
}

#[cfg(test)]
mod tests {
    use redress_proto::records_retention::v1 as proto;

    use super::*;
    use crate::anonymise::{read, write};

    /// A report of the person of this number, or of somebody whom its record does not name.
    fn of(number: u128, person: Option<u128>) -> Opened {
        let report = proto::AssessmentReport { weekly_hours: 30, ..proto::AssessmentReport::default() };
        Opened {
            record: Id::new(Uuid::from_u128(number)),
            person: person.map(|person| Id::new(Uuid::from_u128(person))),
            report: read(&write(&report)).expect("a report"),
        }
    }

    /// A report of somebody of this number, for whom these were recommended.
    fn recommending(number: u128, codes: &[&str]) -> Opened {
        let report = proto::AssessmentReport {
            weekly_hours: 30,
            adjustment_codes: codes.iter().map(ToString::to_string).collect(),
            ..proto::AssessmentReport::default()
        };
        Opened { report: read(&write(&report)).expect("a report"), ..of(number, Some(100 + number)) }
    }

    /// What is left of the codes, form by form.
    fn codes_left(assessed: &Assessed) -> Vec<Vec<String>> {
        let read = |form: &Vec<u8>| proto::AssessmentReport::decode(form.as_slice()).expect("a form");
        assessed.forms.iter().map(|form| read(form).adjustment_codes).collect()
    }

    #[test]
    fn who_alone_was_recommended_something_is_not_told_apart_by_it() {
        // RET-13: a rare combination of codes singles a person out as a rare postcode does.
        let usual = ["large-print", "screen-reader"];
        let mut reports: Vec<Opened> = (1..=5).map(|number| recommending(number, &usual)).collect();
        let found = assess(&reports, 5).expect("a set");
        assert_eq!((found.assessment.smallest_group, found.assessment.coarseness), (5, Coarseness::Quarter));
        assert_eq!(codes_left(&found), [usual; 5]);
        // The same in another order, and twice, is the same.
        reports.push(recommending(6, &["screen-reader", "large-print", "screen-reader"]));
        assert_eq!(assess(&reports, 5).expect("a set").assessment.smallest_group, 6);

        reports.push(recommending(7, &["large-keys", "screen-magnifier"]));
        let found = assess(&reports, 5).expect("a set");
        assert_eq!((found.assessment.smallest_group, found.assessment.coarseness), (7, Coarseness::Year));
        assert_eq!(codes_left(&found), [["large", "screen"]; 7]);

        reports.push(recommending(8, &["guide-dog"]));
        let found = assess(&reports, 5).expect("a set");
        assert_eq!((found.assessment.smallest_group, found.assessment.coarseness), (8, Coarseness::Gone));
        assert_eq!(codes_left(&found), vec![Vec::<String>::new(); 8]);
        assert!(found.assessment.removed.contains(&"adjustment_codes".to_owned()));
    }

    #[test]
    fn who_has_two_reports_hides_nobody_twice() {
        // RET-13: a group singles out by how many people are in it, not by how much was written about them.
        let mut reports: Vec<Opened> = (1..=4).map(|number| of(number, Some(100 + number))).collect();
        reports.push(of(5, Some(101)));
        assert!(
            matches!(assess(&reports, 5), Err(Refusal::NotAnonymous { .. })),
            "five reports of four people"
        );
        reports.push(of(6, Some(106)));
        let found = assess(&reports, 5).expect("a set").assessment;
        assert_eq!((found.reports, found.smallest_group), (6, 5));
        // Nothing says that these are of one person.
        let unnamed: Vec<Opened> = (1..=5).map(|number| of(number, None)).collect();
        assert_eq!(assess(&unnamed, 5).expect("a set").assessment.smallest_group, 5);
    }
}
