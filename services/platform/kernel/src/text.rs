//! Text from outside: what is safe to keep, and one form for one reference.

use unicode_normalization::UnicodeNormalization;

/// Why a text is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// A NUL, a C0 or C1 control other than tab and line ends, or an escape.
    #[error("must not contain control characters")]
    Control,
    /// A character that changes the direction of what follows, with which one text can be made to look like another.
    #[error("must not contain bidirectional control characters")]
    Bidirectional,
    /// Nothing a person could see.
    #[error("must contain visible characters")]
    Invisible,
    /// More combining marks on one character than any script uses.
    #[error("must not stack more than 8 combining marks")]
    Stacked,
}

/// Checks that `text` can be kept, shown and logged in encoded form. Newlines and tabs are allowed where
/// `multiline` says so.
pub fn check(text: &str, multiline: bool) -> Result<(), TextFault> {
    let mut visible = text.is_empty();
    let mut marks = 0_u32;
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' if multiline => continue,
            c if c.is_control() => return Err(TextFault::Control),
            '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                return Err(TextFault::Bidirectional);
            }
            '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' => continue,
            _ => {}
        }
        if unicode_normalization::char::is_combining_mark(c) {
            marks += 1;
            if marks > 8 {
                return Err(TextFault::Stacked);
            }
        } else {
            marks = 0;
            visible |= !c.is_whitespace();
        }
    }
    if visible { Ok(()) } else { Err(TextFault::Invisible) }
}

/// The one form in which text is kept: NFC, no white space at either end.
pub fn normalise(text: &str) -> String {
    text.trim().nfc().collect()
}

/// The one form of a reference, so that white space and case cannot make two cases of one (lesson L29).
pub fn canonical_reference(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// Whether `text` contains a National Insurance number, or a temporary one that begins with `TN`, through spaces, marks and
/// case. Such a number is personal data and has no place in a reference. It must stand as a word or words of its own: a run
/// of letters and digits in a UUID is none. Two letters and six digits alone are no number either: too many references
/// look so.
pub fn contains_nino(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let counts = |at: usize| characters.get(at).is_some_and(|c| c.is_alphanumeric());
    let places: Vec<usize> = (0..characters.len()).filter(|at| counts(*at)).collect();
    places.windows(9).any(|window| {
        let [first, .., last] = window else { return false };
        let begins = first.checked_sub(1).is_none_or(|before| !counts(before));
        let word: String = window.iter().map(|at| characters[*at].to_ascii_uppercase()).collect();
        begins && !counts(last + 1) && (is_nino(&word) || is_temporary(&word))
    })
}

/// Whether `text` is a temporary number: `TN`, six digits of a date of birth, and a letter for the sex.
fn is_temporary(text: &str) -> bool {
    let Some(digits) = text.strip_prefix("TN").and_then(|rest| rest.strip_suffix(['F', 'M'])) else {
        return false;
    };
    digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// Whether `text` is a National Insurance number as HMRC issues them: two prefix letters of the allowed kind, six digits,
/// a suffix A to D. Expects the canonical form of [`canonical_reference`].
pub fn is_nino(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 9 || !text.is_ascii() {
        return false;
    }
    let (first, second, prefix) = (bytes[0], bytes[1], &text[..2]);
    first.is_ascii_uppercase()
        && second.is_ascii_uppercase()
        && !b"DFIQUV".contains(&first)
        && !b"DFIQUVO".contains(&second)
        && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&prefix)
        && bytes[2..8].iter().all(u8::is_ascii_digit)
        && (b'A'..=b'D').contains(&bytes[8])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_every_kind_are_kept() {
        // reliability 4.1 G29
        for name in ["Ŵyn ŷ", "O'Brien", "Null", "李", "X", "👩🏽‍⚕️ Zoë", "נועה"] {
            assert_eq!(check(name, false), Ok(()), "{name}");
        }
    }

    #[test]
    fn hostile_text_is_refused() {
        // reliability 4.1 G28
        assert_eq!(check("a\0b", true), Err(TextFault::Control));
        assert_eq!(check("\u{1b}[31mred", true), Err(TextFault::Control));
        assert_eq!(check("abc\u{202E}cba", true), Err(TextFault::Bidirectional));
        assert_eq!(check("\u{200B}\u{200D}", true), Err(TextFault::Invisible));
        assert_eq!(check(" \n ", true), Err(TextFault::Invisible));
        assert_eq!(check("line\nbreak", false), Err(TextFault::Control));
        assert_eq!(check(&format!("e{}", "\u{0301}".repeat(9)), true), Err(TextFault::Stacked));
    }

    #[test]
    fn a_nino_in_a_reference_is_seen_through_spaces_and_case() {
        for found in
            ["AB123456C", "ref: ab 12 34 56 c", "TN123456F", "2026/JX-12-34-56-D", "AB123456C, second letter"]
        {
            assert!(contains_nino(found), "{found}");
        }
        for clean in [
            "JETS-2024-000123",
            "C1234567",
            "2024/123456",
            "ABC123456D9",
            "NS-2026/17",
            "ZZ123456A",
            "0190c2f6-7ab1-4234-856c-ab123456c0de",
            "01a219d7-6250-71a2-b90c-1eb0ab123456c",
        ] {
            assert!(!contains_nino(clean), "{clean}");
        }
    }

    #[test]
    fn a_nino_must_be_one_that_is_issued() {
        assert!(is_nino("JX123456D"));
        for bad in ["TN123456A", "GB123456A", "DA123456A", "JX12345D", "JX123456E", "jx123456d"] {
            assert!(!is_nino(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn white_space_and_case_never_make_a_second_reference(text in "[a-z0-9 -]{1,20}") {
            // L29
            let spaced: String = text.chars().flat_map(|c| [c, ' ']).collect();
            prop_assert_eq!(canonical_reference(&text), canonical_reference(&spaced.to_uppercase()));
        }

        #[test]
        fn normalising_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once.clone());
        }
    }
}
