//! Names of files in a bag: made so that every machine can hold them, and judged before anything is done with them.

/// Longest path that is looked at when a bag is checked.
const LONGEST_READ: usize = 255;

/// Why a path is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// Empty, or far too long.
    #[error("is empty or longer than {LONGEST_READ} characters")]
    Length,
    /// Leads out of the bag.
    #[error("leads out of the bag")]
    Outside,
    /// Holds a character that means something to some machine.
    #[error("holds a character that not every machine takes as part of a name")]
    Character,
}

/// A name for a file of the bag, from what somebody called it: letters, digits and hyphens of ASCII, cut to `most`.
pub fn slug(text: &str, most: usize) -> String {
    let mut name = String::with_capacity(most);
    for c in text.chars() {
        if name.len() >= most {
            break;
        }
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !c.is_alphanumeric() && !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(name.trim_end_matches('-').len());
    name
}

/// The name of a document's file: its number, what it was called, and an ending that programs know.
///
/// The number comes first, so that no name is empty, reserved on some machine, or the same as another's.
pub fn document(number: usize, file_name: &str) -> String {
    let (stem, ending) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
    let (stem, ending) = (slug(stem, 40), slug(ending, 8));
    let stem = if stem.is_empty() { "document".to_owned() } else { stem };
    let ending = if ending.is_empty() { "bin".to_owned() } else { ending };
    format!("data/documents/{number:04}-{stem}.{ending}")
}

/// The name of the bag and of its outermost folder.
pub fn bag(reference: &str, position: u64) -> String {
    let reference = slug(reference, 40);
    let reference = if reference.is_empty() { "case".to_owned() } else { reference };
    format!("evidence-{reference}-{position}")
}

/// Judges a path that came from elsewhere.
pub fn judge(path: &str) -> Result<(), PathFault> {
    if path.is_empty() || path.len() > LONGEST_READ {
        return Err(PathFault::Length);
    }
    let harmless = |c: char| (c.is_ascii_graphic() || c == ' ') && !r#"\:*?"<>|"#.contains(c);
    if !path.chars().all(harmless) {
        return Err(PathFault::Character);
    }
    if path.split('/').any(|part| part.is_empty() || part == "." || part == "..") {
        return Err(PathFault::Outside);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_file_was_called_its_name_fits_everywhere() {
        for (called, name) in [
            ("Letter of 3 March.pdf", "data/documents/0007-letter-of-3-march.pdf"),
            ("../../etc/passwd", "data/documents/0007-document.etc-pass"),
            ("Ŵyn.PDF", "data/documents/0007-yn.pdf"),
            ("李", "data/documents/0007-document.bin"),
            ("", "data/documents/0007-document.bin"),
            ("CON", "data/documents/0007-con.bin"),
            ("a\u{202E}fdp.exe", "data/documents/0007-a-fdp.exe"),
        ] {
            assert_eq!(document(7, called), name, "{called}");
        }
        // An archive's plain header holds a folder of 155 and a name of 100 characters.
        assert!(document(usize::MAX, &"x.".repeat(500)).len() <= 100);
        assert!(bag(&"r".repeat(500), u64::MAX).len() <= 155);
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for path in ["/etc/passwd", "a/../b", "..", "a//b", "a/./b", "a/"] {
            assert_eq!(judge(path), Err(PathFault::Outside), "{path}");
        }
        for path in ["c:\\a", "a\\b", "a\nb", "a\0b", "é", "a\u{202E}b", "aux:", "a*"] {
            assert_eq!(judge(path), Err(PathFault::Character), "{path}");
        }
        assert_eq!(judge(""), Err(PathFault::Length));
        assert_eq!(judge(&"a".repeat(256)), Err(PathFault::Length));
        assert_eq!(judge("bag/data/a b.pdf"), Ok(()));
    }
}
