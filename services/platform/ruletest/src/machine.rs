//! A machine as a picture, walked out of the rules, and the page that shows it.

use std::{fs, path::Path};

/// The steps of a machine as a Mermaid state diagram: where each leads from and to, by what, and whether the machine ends there. It begins
/// at `first`.
pub fn drawn<'a>(steps: impl IntoIterator<Item = (&'a str, &'a str, &'a str, bool)>, first: &str) -> String {
    let mut lines = vec!["stateDiagram-v2".to_owned()];
    for (from, to, what, is_end) in steps {
        let from = if from == first { "[*]" } else { from };
        lines.push(format!("    {from} --> {to}: {what}"));
        let end = format!("    {to} --> [*]");
        if is_end && !lines.contains(&end) {
            lines.push(end);
        }
    }
    lines.join("\n")
}

/// The diagrams on the page of the service whose rules are in this package.
///
/// # Panics
/// Without the page.
pub fn shown(package: &str) -> Vec<String> {
    let page = fs::read_to_string(Path::new(package).join("../README.md")).unwrap();
    let diagrams = page.split("```mermaid\n").skip(1);
    diagrams.map(|rest| rest.split_once("\n```").unwrap().0.to_owned()).collect()
}
