//! The few shapes the page is made of. Everything that is not a literal of the page's own is escaped.

use std::fmt::Write as _;

/// A text as it may stand between tags and in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// The same for a name that is made of parts, such as an rpc or a metric: it breaks where a part ends, not within a word.
fn in_parts(name: &str) -> String {
    let mut safe = escaped(name);
    // No escape has one of these in it.
    for end in [".", "/", "_"] {
        safe = safe.replace(end, &format!("{end}<wbr>"));
    }
    safe
}

/// A section under a heading, found by its id.
pub(super) fn section(id: &str, heading: &str, body: &str) -> String {
    format!("<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{}</h2>{body}</section>\n", escaped(heading))
}

/// A paragraph.
pub(super) fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escaped(text))
}

/// A table: the first cell of a row says what the row is about, the others are figures. It scrolls by itself where the
/// page is narrow, with the keyboard too.
pub(super) fn table(caption: &str, heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!(
        "<div class=\"scroll\" role=\"region\" aria-label=\"{0}\" tabindex=\"0\"><table><caption>{0}</caption><thead><tr>",
        escaped(caption)
    );
    for head in heads {
        let _ = write!(text, "<th scope=\"col\">{}</th>", escaped(head));
    }
    text.push_str("</tr></thead><tbody>");
    for row in rows {
        text.push_str("<tr>");
        for (index, cell) in row.iter().enumerate() {
            let _ = if index == 0 {
                write!(text, "<th scope=\"row\">{}</th>", in_parts(cell))
            } else {
                write!(text, "<td>{}</td>", escaped(cell))
            };
        }
        text.push_str("</tr>");
    }
    text.push_str("</tbody></table></div>");
    text
}

/// A number as people read it: whole where it is whole, with three digits that matter otherwise.
pub(super) fn number(value: f64) -> String {
    if value.fract() == 0.0 || value.abs() >= 100.0 {
        format!("{value:.0}")
    } else if value.abs() >= 1.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// A time in the unit that suits it.
pub(super) fn time(seconds: f64) -> String {
    if seconds < 1.0 {
        format!("{} ms", number((seconds * 10_000.0).round() / 10.0))
    } else if seconds < 120.0 {
        format!("{} s", number(seconds))
    } else if seconds < 7200.0 {
        format!("{:.0} min", seconds / 60.0)
    } else if seconds < 172_800.0 {
        format!("{:.0} h", seconds / 3600.0)
    } else {
        format!("{:.0} days", seconds / 86_400.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_a_text() {
        assert_eq!(escaped("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
        assert!(
            table("<c>", &["<h>"], &[vec!["<r>".to_owned(), "<d>".to_owned()]]).matches("&lt;").count() == 5
        );
    }

    #[test]
    fn a_name_breaks_between_its_parts() {
        assert_eq!(in_parts("redress.x.v1.S/Get<It>"), "redress.<wbr>x.<wbr>v1.<wbr>S/<wbr>Get&lt;It&gt;");
        assert_eq!(in_parts("redress_ready"), "redress_<wbr>ready");
    }

    #[test]
    fn times_are_told_in_a_unit_that_suits_them() {
        let told = [0.000_4, 0.0123, 1.5, 59.0, 600.0, 86_400.0, 864_000.0].map(time);
        assert_eq!(told, ["0.4 ms", "12.3 ms", "1.5 s", "59 s", "10 min", "24 h", "10 days"]);
    }
}
