//! The plain text.

use redress_letter::text::{WIDTH, render};
use redress_letter::{Block, Language};

use crate::letters::{final_response, long};

#[test]
fn a_final_response_reads_like_a_letter() {
    insta::assert_snapshot!(render(&final_response()));
}

#[test]
fn welsh_letters_have_welsh_dates() {
    let letter = redress_letter::Letter { language: Language::Welsh, ..final_response() };
    let text = render(&letter);
    assert!(text.contains("Dyddiad: 20 Tachwedd 2026"), "{text}");
}

#[test]
fn no_line_is_longer_than_the_width() {
    let mut letter = long(40);
    letter.subject = "S".repeat(200);
    letter.recipient.name = "Wŷn".repeat(67);
    letter.blocks.push(Block::Bullets(vec!["ŵ".repeat(500)]));
    letter.blocks.push(Block::Signposting { title: "T".repeat(300), paragraphs: vec!["p q ".repeat(100)] });
    for line in render(&letter).lines() {
        assert!(line.chars().count() <= WIDTH, "{line}");
    }
}

#[test]
fn names_of_every_length_are_whole() {
    // reliability 4.1 G29
    for name in ["X", "Null", "O'Brien", "ŵ", "👩🏽‍⚕️ Zoë", "נועה", &"A".repeat(76)] {
        let mut letter = final_response();
        letter.recipient.name = name.to_owned();
        assert!(render(&letter).lines().any(|line| line == name), "{name}");
    }
}
