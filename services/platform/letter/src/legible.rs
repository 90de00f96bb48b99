//! Text as a page can carry it.

/// What stands for a character that cannot be shown.
pub(crate) const REPLACEMENT: char = '\u{FFFD}';

/// Returns `text` with every line end as `\n`, tabs as spaces, control characters gone, and characters without
/// agreed meaning (private use, noncharacters) visibly replaced: an archive copy may not hold them, for nobody could
/// say later what they meant.
pub(crate) fn legible(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    kept.push('\n');
                }
            }
            '\n' | '\u{2028}' | '\u{2029}' | '\u{0085}' => kept.push('\n'),
            '\t' => kept.push(' '),
            '\u{FEFF}' => {}
            c if c.is_control() || turns_direction(c) => {}
            c if meaningless(c) => kept.push(REPLACEMENT),
            c => kept.push(c),
        }
    }
    kept
}

/// Marks that turn the direction of what follows could make a page read otherwise than its text.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn meaningless(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FFF9}'..='\u{FFFB}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_one_kind() {
        assert_eq!(legible("a\r\nb\rc\u{2028}d\te"), "a\nb\nc\nd e");
    }

    #[test]
    fn what_has_no_meaning_is_replaced_and_what_controls_is_dropped() {
        assert_eq!(legible("a\u{E000}b\u{0}c\u{1b}d\u{FEFF}e\u{202E}f\u{FFFF}"), "a\u{FFFD}bcdef\u{FFFD}");
    }

    #[test]
    fn names_are_left_alone() {
        for name in ["Ŵyn ŷ", "O'Brien", "李", "👩🏽‍⚕️ Zoë", "נועה"] {
            assert_eq!(legible(name), name);
        }
    }
}
