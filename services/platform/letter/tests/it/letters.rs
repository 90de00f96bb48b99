//! Letters to render.

use jiff::civil::date;
use redress_letter::{Bar, Block, Footer, Language, Letter, Party, Reference, Row, Signatory};

/// A final response with every kind of block.
pub(crate) fn final_response() -> Letter {
    Letter {
        language: Language::English,
        sender: Party::new(
            "Northern Skills Partnership Ltd",
            ["Complaints team", "1 Mill Lane", "Leeds LS1 1AA", "0113 496 0000", "complaints@nsp.example"],
        ),
        recipient: Party::new("Mr Siôn ap Gwŷnedd", ["Tŷ Hir", "2 Stryd y Dŵr", "Bangor", "LL57 1AA"]),
        date: date(2026, 11, 20),
        references: vec![
            Reference::new("Our reference", "NSP-2026-001042"),
            Reference::new("Your reference", "JCP/44/2026"),
        ],
        salutation: "Dear Mr ap Gwŷnedd".into(),
        subject: "Our final response to your complaint".into(),
        blocks: vec![
            Block::paragraph(
                "Thank you for telling us on 2 October 2026 that two of your appointments at our Bangor office were \
                 cancelled without notice, and that you were out of pocket by £18.40 for travel. We are sorry. This \
                 is our final response: it closes the last step of our complaints procedure.",
            ),
            Block::heading("What we found"),
            Block::paragraph(
                "The adviser's calendar shows both cancellations on the morning of the appointment. No message was \
                 sent, because the number we held for you was out of date by one digit. You had given us the right one.",
            ),
            Block::Table(vec![
                Row::new("Complaint received", "2 October 2026, by our subcontractor Menai Works CIC"),
                Row::new("Acknowledged", "6 October 2026"),
                Row::new("Stage 1 answered", "16 October 2026"),
                Row::new("Outcome", "Upheld"),
            ]),
            Block::heading("What we have done"),
            Block::Bullets(vec![
                "We paid your travel costs of £18.40 on 18 November 2026.".into(),
                "We corrected your telephone number in every system we hold it in, and asked our subcontractor to \
                 do the same."
                    .into(),
                "From December a cancellation is always confirmed by letter or e-mail as well as by text.".into(),
            ]),
            Block::Bars(vec![
                Bar { label: "Appointments kept".into(), length: 9, told: "9".into() },
                Bar { label: "Cancelled".into(), length: 2, told: "2".into() },
                Bar { label: "Without notice".into(), length: 0, told: "not told".into() },
            ]),
            Block::Signposting {
                title: "If you are still unhappy".into(),
                paragraphs: vec![
                    "You can ask the Independent Case Examiner to look at your complaint. The service is free and \
                     independent of us. Ask within six months of the date of this letter."
                        .into(),
                    "Have this letter at hand: the Examiner will ask to see it.".into(),
                ],
            },
        ],
        signatory: Some(Signatory {
            valediction: "Yours sincerely".into(),
            name: "Alex Okonkwo-Smythe".into(),
            role: "Director of Participant Experience".into(),
        }),
        footer: Footer {
            document: "documents/01936f2e-7b1c-7c3a-9f10-5a6b7c8d9e0f".into(),
            digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        },
    }
}

/// A letter of some pages, made of many paragraphs.
pub(crate) fn long(paragraphs: usize) -> Letter {
    let mut letter = final_response();
    letter.blocks = (1..=paragraphs)
        .map(|number| {
            Block::Paragraph(format!(
                "{number}. The record of this contact was read in full, and compared with what the participant said \
                 about it, with what the adviser noted on the day, and with the calendar of the office. "
            ))
        })
        .collect();
    letter
}
