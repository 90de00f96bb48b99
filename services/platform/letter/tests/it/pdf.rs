//! The PDF, read back.

use std::process::Command;

use redress_letter::pdf::render;
use redress_letter::{Block, Letter, Row, text};

use crate::letters::{final_response, long};

/// Text of `pdf` as another program reads it. None, and a line that says so, where that program is not installed.
fn read_back(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.pdf");
    std::fs::write(&file, pdf).unwrap();
    match Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&file).arg("-").output() {
        Ok(output) if output.status.success() => Some(String::from_utf8(output.stdout).unwrap()),
        Ok(output) => panic!("pdftotext: {}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => {
            eprintln!("SKIPPED: pdftotext (poppler-utils) is not installed, so no PDF was read back");
            None
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The number of pages that the document's own page tree states.
fn pages(pdf: &[u8]) -> usize {
    let plain = String::from_utf8_lossy(pdf);
    let (_, count) = plain.split_once("/Count ").unwrap();
    count.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
}

#[test]
fn the_same_letter_is_the_same_bytes() {
    assert_eq!(render(&final_response()).unwrap(), render(&final_response()).unwrap());
}

#[test]
fn another_word_is_other_bytes() {
    let mut letter = final_response();
    letter.footer.digest = "0".repeat(64);
    assert_ne!(render(&letter).unwrap(), render(&final_response()).unwrap());
}

#[test]
fn it_says_that_it_is_for_the_archive_and_for_everyone() {
    let pdf = render(&final_response()).unwrap();
    let plain = String::from_utf8_lossy(&pdf);
    for sign in ["<pdfaid:part>2", "<pdfaid:conformance>A", "<pdfuaid:part>1", "/StructTreeRoot", "(en-GB)"] {
        assert!(plain.contains(sign), "{sign}");
    }
    assert!(!plain.contains("/JavaScript"));
}

#[test]
fn every_word_can_be_read_back() {
    let letter = final_response();
    let Some(read) = read_back(&render(&letter).unwrap()) else { return };
    let read = squeezed(&read);
    let mut expected = vec![
        letter.sender.name.clone(),
        letter.recipient.name.clone(),
        letter.salutation.clone(),
        letter.subject.clone(),
        letter.signatory.clone().unwrap().name,
        letter.footer.document.clone(),
        letter.footer.digest.clone(),
        "20 November 2026".into(),
        "Page 1 of".into(),
    ];
    expected.extend(letter.recipient.lines.clone());
    for block in &letter.blocks {
        match block {
            Block::Paragraph(text) | Block::Heading(text) => expected.push(text.clone()),
            Block::Bullets(points) => expected.extend(points.clone()),
            Block::Table(rows) => {
                expected.extend(rows.iter().map(|row| format!("{}{}", row.label, row.value)));
            }
            Block::Bars(bars) => expected.extend(bars.iter().map(|bar| format!("{}{}", bar.label, bar.told))),
            Block::Signposting { title, paragraphs } => {
                expected.push(title.clone());
                expected.extend(paragraphs.clone());
            }
        }
    }
    for text in expected {
        assert!(read.contains(&squeezed(&text)), "missing: {text}\n{read}");
    }
}

#[test]
fn names_of_every_length_and_script_are_printed() {
    // reliability 4.1 G29
    for name in [
        "X",
        "Null",
        "O'Brien",
        "Ŵyn ŷ Ẁ Ẃ Ẅ Ŷ",
        "Łukasz Žižek",
        "Ольга",
        "Νίκος",
        &"Wŷn ".repeat(50),
        &"x".repeat(200),
    ] {
        let mut letter = final_response();
        letter.recipient.name = name.to_owned();
        let pdf = render(&letter).unwrap();
        assert_eq!(pages(&pdf), pages(&render(&final_response()).unwrap()), "{name}");
        if let Some(read) = read_back(&pdf) {
            let expected = squeezed(name);
            let mut left = expected.chars().peekable();
            // The name shares its lines with the references beside it, so its letters are looked for in order.
            for c in squeezed(&read).chars() {
                if left.peek() == Some(&c) {
                    left.next();
                }
            }
            assert_eq!(left.collect::<String>(), "", "{name}\n{read}");
        }
    }
}

#[test]
fn scripts_that_run_leftward_and_characters_no_font_has_do_no_harm() {
    // reliability 4.1 G29
    for name in [
        "נועה כהן",
        "محمد علي",
        "李小龍",
        "👩🏽‍⚕️ Zoë",
        "a\u{E000}b\u{0}c\u{FFFE}",
        "\u{0301}",
        "ﬁ ﷺ",
        "e\u{0301}\u{0323}\u{0331}",
    ] {
        let mut letter = final_response();
        letter.recipient.name = name.to_owned();
        letter.subject = format!("About {name} (2)");
        letter.blocks.push(Block::Table(vec![Row::new(name, name)]));
        assert!(render(&letter).is_ok(), "{name}");
    }
}

#[test]
fn a_character_that_no_font_has_is_shown_as_missing_and_still_found() {
    let mut letter = final_response();
    letter.blocks = vec![Block::paragraph("The name is 李小龍.")];
    let Some(read) = read_back(&render(&letter).unwrap()) else { return };
    assert!(read.contains("The name is 李小龍."), "{read}");
}

#[test]
fn empty_parts_are_left_out() {
    let letter = Letter {
        blocks: vec![],
        subject: String::new(),
        salutation: String::new(),
        references: vec![],
        ..final_response()
    };
    assert_eq!(pages(&render(&letter).unwrap()), 1);
}

#[test]
fn a_hundred_pages_are_numbered_and_every_paragraph_is_there_once() {
    let letter = long(1800);
    let pdf = render(&letter).unwrap();
    let count = pages(&pdf);
    assert!(count >= 100, "{count}");
    let Some(read) = read_back(&pdf) else { return };
    for number in 1..=count {
        assert_eq!(read.matches(&format!("Page {number} of {count}\n")).count(), 1, "page {number}");
    }
    for number in 1..=1800 {
        let start = format!("{number}. The record");
        assert_eq!(read.lines().filter(|line| line.trim_start().starts_with(&start)).count(), 1, "{start}");
    }
}

#[test]
fn pdf_and_text_say_the_same() {
    let letter = final_response();
    let Some(read) = read_back(&render(&letter).unwrap()) else { return };
    let read = squeezed(&read);
    let body = text::render(&letter);
    let (_, body) = body.split_once("Dear ").unwrap();
    for word in body.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)) {
        let word = word.trim_end_matches(':');
        assert!(read.contains(word), "{word}");
    }
}
