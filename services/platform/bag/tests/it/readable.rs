//! What a person without tools sees.

use redress_bag::{
    Plan,
    case::{Fact, Passage},
    plan::Content,
};

use crate::fixture::{case, plan, signer};

fn file(plan: &Plan, path: &str) -> Vec<u8> {
    let member = plan.members().iter().find(|member| member.path == path).unwrap();
    match &member.content {
        Content::Held(bytes) => bytes.clone(),
        Content::Document(id) => panic!("{id} is not held"),
    }
}

fn page(plan: &Plan) -> String {
    String::from_utf8(file(plan, "data/index.html")).unwrap()
}

#[test]
fn the_page_tells_the_case() {
    let page = page(&plan());
    for told in [
        "Complaint C-7K3M-9QXD",
        "5 March 2024 at 10:12",
        "6 papers and 6 journal entries",
        "One paper is withheld",
        "Two appointments were cancelled without notice.",
        "Siân ap Gwŷnedd",
        "1 February 2024",
        "Final response issued",
        "Rules: CMP-07, J0 7.04; CMP-09, J0 7.15",
        "Until 1 August 2024",
        "Review by a manager",
        "legal professional privilege",
        "A. Counsel, advice of 30 January 2024",
        "href=\"letters/01-final-response.pdf\"",
        "href=\"documents/0001-brief-von-sin.txt\"",
    ] {
        assert!(page.contains(told), "{told}\n{page}");
    }
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let page = page(&plan());
    for sign in ["<script", "http://", "https://", "src=", "@import", "url(", "onerror", "<iframe", "<form"] {
        assert!(!page.contains(sign), "{sign}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn nobodys_words_are_obeyed() {
    let mut hostile = case();
    let words = "</style></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\u{202E}\u{0}";
    hostile.reference = words.to_owned();
    hostile.sender = words.to_owned();
    hostile.recipient = words.to_owned();
    hostile.facts.push(Fact::new(words, words));
    hostile.passages.push(Passage { title: words.to_owned(), text: words.to_owned() });
    hostile.timeline[0].what = words.to_owned();
    hostile.documents[0].file_name = words.to_owned();
    hostile.decisions[0].answer = words.to_owned();
    hostile.letters[0].title = words.to_owned();
    let plan = Plan::of(&hostile, &signer()).unwrap();
    let page = page(&plan);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains('\u{202E}'), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("&amp;amp;"));
    // Every file keeps a name that any machine can hold.
    for member in plan.members() {
        assert!(redress_bag::path::judge(&member.path).is_ok(), "{}", member.path);
    }
    let information = String::from_utf8(file(&plan, "bag-info.txt")).unwrap();
    assert_eq!(information.lines().count(), 7, "{information}");
}

#[test]
fn every_tag_is_closed_and_every_heading_in_order() {
    let page = page(&plan());
    for tag in [
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "section",
        "h1",
        "h2",
        "h3",
        "p",
        "a",
        "div",
        "ol",
        "ul",
        "li",
        "main",
        "nav",
        "header",
        "footer",
        "blockquote",
        "code",
    ] {
        let open = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(open, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    assert_eq!(page.matches("<h1>").count(), 1);
    assert!(page.find("<h1>").unwrap() < page.find("<h2").unwrap());
    assert!(page.contains("<html lang=\"en-GB\">") && page.contains("class=\"skip\""));
}

#[test]
fn the_document_is_for_the_archive() {
    let pdf = file(&plan(), "data/index.pdf");
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let plain = String::from_utf8_lossy(&pdf);
    assert!(plain.contains("<pdfaid:part>2") && plain.contains("<pdfuaid:part>1"));
}

#[test]
fn the_statement_reads_as_text() {
    let text = String::from_utf8(file(&plan(), "data/completeness.txt")).unwrap();
    assert!(text.contains("6 papers are in this bag and 1 are withheld. 6 journal entries"), "{text}");
    assert!(
        text.contains("WITHHELD: legal professional privilege; on the authority of: A. Counsel"),
        "{text}"
    );
}
