//! Tables as other systems write them: comma-separated values with quotes where they are needed (RFC 4180).

/// The rows of a table, each with its cells; `None` for a quote that never ends. Line ends in quotes belong to the cell.
pub(super) fn rows(text: &str) -> Option<Vec<Vec<String>>> {
    let mut rows = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let (mut quoted, mut begun) = (false, false);
    let mut rest = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                cell.push('"');
                rest.next();
            }
            '"' if quoted || cell.is_empty() => {
                quoted = !quoted;
                begun = true;
            }
            ',' if !quoted => {
                row.push(std::mem::take(&mut cell));
                begun = true;
            }
            '\r' if !quoted && rest.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                if begun || !cell.is_empty() {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                begun = false;
            }
            other => cell.push(other),
        }
    }
    if quoted {
        return None;
    }
    if begun || !cell.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn cells_may_hold_commas_quotes_and_lines() {
        let text = "\u{feff}reference,narrative\r\nA-1,\"She said \"\"no\"\",\nand left\"\n\nA-2,\n";
        let expected =
            [vec!["reference", "narrative"], vec!["A-1", "She said \"no\",\nand left"], vec!["A-2", ""]];
        assert_eq!(rows(text).unwrap(), expected);
        assert_eq!(rows("\"never ends"), None);
        assert_eq!(rows("").unwrap(), Vec::<Vec<String>>::new());
    }
}
