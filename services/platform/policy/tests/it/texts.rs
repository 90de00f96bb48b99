//! The signposting text: in force on a date, in the letter word for word, replaceable by file.

use jiff::civil::date;
use redress_policy::{Refusal, text::WINDOW_ADVICE};

use crate::fixture::{jets, library, pack};

const REPLACEMENT: &str = r#"
template = "generic-annex-1"

[[version]]
number = 1
in_force_from = "2015-01-01"
in_force_until = "2023-12-31"
stand_in = false
body = "Write to the Independent Case Examiner at the old address."

[[version]]
number = 2
in_force_from = "2024-01-01"
stand_in = false
body = """
Write to the Independent Case Examiner
at the new address.
"""
"#;

#[test]
fn every_pack_that_prescribes_a_text_has_one_and_it_says_that_it_stands_in() {
    // CMP-07
    let library = library();
    let today = date(2024, 6, 1);
    let mut prescribed = 0;
    for pack in library.packs() {
        match library.signposting(pack, today) {
            Ok(Some(text)) => {
                prescribed += 1;
                assert!(text.stand_in && text.in_force_on(today));
                assert!(text.body.contains("Independent Case Examiner"));
            }
            Ok(None) => panic!("{:?} is silent on the text", pack.reference),
            Err(refusal) => assert!(matches!(refusal, Refusal::ValueNotKnown { rule: "signposting", .. })),
        }
    }
    assert_eq!(prescribed, 7);
}

#[test]
fn a_letter_with_the_text_passes_whatever_its_line_breaks() {
    // J0 7.04
    let library = library();
    let jets = jets(library);
    let text = library.signposting(jets, date(2024, 6, 1)).unwrap().unwrap();
    let letter = format!("Dear Sir\n\n{}\n\nYours", text.body.replace(' ', "\n  "));
    assert_eq!(library.check_signposting(jets, &letter, date(2024, 6, 1)), Ok(()));
}

#[test]
fn a_letter_without_a_word_of_it_does_not() {
    let library = library();
    let jets = jets(library);
    let text = library.signposting(jets, date(2024, 6, 1)).unwrap().unwrap();
    for letter in
        [String::new(), text.body.replacen("free", "", 1), text.body[..text.body.len() - 5].to_owned()]
    {
        let refused = library.check_signposting(jets, &letter, date(2024, 6, 1)).unwrap_err();
        let Refusal::TextMissing { template, version: 1, citation } = refused else { panic!("{refused:?}") };
        assert_eq!((template.as_str(), citation.short().as_str()), ("generic-annex-1", "CMP-07 (J0 7.04)"));
    }
}

#[test]
fn a_text_that_is_out_of_date_is_told_from_one_that_is_missing() {
    // CMP-31
    let library = library().clone().with_text("annex.toml", REPLACEMENT).unwrap();
    let jets = jets(&library);
    let old = "Write to the Independent Case Examiner at the old address.";
    assert_eq!(library.check_signposting(jets, old, date(2023, 12, 31)), Ok(()));
    let refused = library.check_signposting(jets, old, date(2024, 1, 1)).unwrap_err();
    assert!(matches!(refused, Refusal::TextOutdated { version: 2, found: 1, .. }), "{refused:?}");
    let refused = library.check_signposting(jets, old, date(2014, 12, 31)).unwrap_err();
    assert!(matches!(refused, Refusal::NoTextInForce { .. }), "{refused:?}");
}

#[test]
fn a_replacement_touches_its_own_template_only() {
    let replaced = library().clone().with_text("annex.toml", REPLACEMENT).unwrap();
    let today = date(2024, 6, 1);
    let body = |id: &str| replaced.signposting(pack(&replaced, id), today).unwrap().unwrap().clone();
    assert!(!body("jets-scotland").stand_in);
    assert!(body("ipes").stand_in);
}

#[test]
fn a_broken_replacement_is_refused_with_its_name() {
    let two_at_once = REPLACEMENT.replace("in_force_until = \"2023-12-31\"\n", "");
    for (file, reason) in [
        ("template = 1", "invalid type"),
        (&REPLACEMENT.replace("generic-annex-1", "annex-z"), "no pack has"),
        (&two_at_once, "two versions in force on one day"),
        (&REPLACEMENT.replace("until = \"2023-12-31\"", "until = \"2014-12-31\""), "ends before it begins"),
        (&REPLACEMENT.replace("number = 2", "number = 1"), "do not rise"),
        (
            &REPLACEMENT.replace("Write to the Independent Case Examiner at the old address.", " "),
            "without words",
        ),
        ("template = \"generic-annex-1\"\nversion = []", "no version"),
    ] {
        let fault = library().clone().with_text("annex.toml", file).unwrap_err();
        assert_eq!(fault.name, "annex.toml");
        assert!(fault.reason.contains(reason), "{} lacks {reason}", fault.reason);
    }
}

#[test]
fn the_advice_names_the_window_and_its_last_day() {
    // CMP-09, J0 7.15
    let library = library();
    let advice = library.window_advice(jets(library), date(2024, 7, 1)).unwrap().unwrap();
    assert_eq!(advice.template, WINDOW_ADVICE);
    let rendered = advice.render(&[("window", "6 months"), ("last_day", "1 January 2025")]);
    assert!(rendered.contains("within 6 months") && rendered.ends_with("1 January 2025."), "{rendered}");
    assert!(!rendered.contains('{'), "{rendered}");
    // A0 has no window.
    assert_eq!(library.window_advice(pack(library, "atw-ha-pre-2023"), date(2023, 7, 1)), Ok(None));
}
