//! The letters of an erasure request: the holding reply, which goes out at once, and the answer (RET-10).

use aws_lc_rs::digest::{self, SHA256};
use jiff::civil::Date;
use prost::Message;
use records_retention_domain::{
    ErasureRequestId,
    erasure::{Ground, Outcome},
};
use redress_kernel::hexadecimal;
use redress_letter::{Block, Footer, Language, Letter, Party, Reference, text};

/// Who writes to whom, as it is kept under seal until the answer.
#[derive(Clone, PartialEq, Eq, Message)]
pub(crate) struct Correspondents {
    /// Name of the organisation that writes.
    #[prost(string, tag = "1")]
    pub(crate) sender: String,
    /// Name of the person.
    #[prost(string, tag = "2")]
    pub(crate) full_name: String,
    /// Their address, line by line.
    #[prost(string, tag = "3")]
    pub(crate) postal_address: String,
}

/// The holding reply.
pub(crate) fn holding_reply(
    to: &Correspondents,
    request: ErasureRequestId,
    on: Date,
    answer_by: Date,
) -> String {
    let says = [
        "We have received your request to have the information that we hold about you erased.".to_owned(),
        format!(
            "We have passed it to the Data Protection Office of the Department for Work and Pensions. You will have our answer by {} at the \
             latest.",
            day(answer_by)
        ),
        "Until then nothing that we hold about you is destroyed.".to_owned(),
    ];
    written(to, request, on, None, &says)
}

/// The answer.
pub(crate) fn answer(
    to: &Correspondents,
    request: ErasureRequestId,
    on: Date,
    reference: &str,
    outcome: Outcome,
    explanation: &str,
) -> String {
    let mut says = vec![match outcome {
        Outcome::Erase => "You asked us to erase the information that we hold about you. We will do so.".to_owned(),
        Outcome::Keep(_) => {
            "You asked us to erase the information that we hold about you. We have considered it, and must keep it.".to_owned()
        }
    }];
    says.push(match outcome {
        Outcome::Erase => "It is destroyed once two people have confirmed that nothing else requires it to be kept. Copies in our backups cannot be \
                           deleted one by one; they are put beyond use at once, because the keys to them are destroyed, and are deleted \
                           when the backups are."
            .to_owned(),
        Outcome::Keep(ground) => format!("We must keep it {}.", because(ground)),
    });
    if !explanation.is_empty() {
        says.push(explanation.to_owned());
    }
    says.push(
        "If you are not content with this answer you may complain to us, and to the Information Commissioner.".to_owned(),
    );
    written(to, request, on, Some(reference), &says)
}

const fn because(ground: Ground) -> &'static str {
    match ground {
        Ground::AuditAndPayment => {
            "because you took part in the programme, and records of those who did are kept for audit and payment"
        }
        Ground::LegalObligation => "because the law requires us to",
        Ground::PublicTask => "because it is needed for a task carried out in the public interest",
        Ground::LegalClaims => "because it is needed for a legal claim",
        Ground::Archiving => "because it is kept for archiving or research in the public interest",
        Ground::Statistics => "because it is kept for statistics",
    }
}

fn written(
    to: &Correspondents,
    request: ErasureRequestId,
    on: Date,
    reference: Option<&str>,
    says: &[String],
) -> String {
    let digest = hexadecimal(digest::digest(&SHA256, says.join("\n\n").as_bytes()).as_ref());
    let mut references = vec![Reference::new("Our reference", request.name())];
    references
        .extend(reference.map(|reference| Reference::new("Data Protection Office reference", reference)));
    let letter = Letter {
        language: Language::English,
        sender: Party::new(to.sender.as_str(), std::iter::empty::<&str>()),
        recipient: Party::new(to.full_name.as_str(), to.postal_address.lines()),
        date: on,
        references,
        salutation: format!("Dear {}", to.full_name),
        subject: "Your request for erasure".to_owned(),
        blocks: says.iter().map(|paragraph| Block::paragraph(paragraph.as_str())).collect(),
        signatory: None,
        footer: Footer { document: request.name(), digest },
    };
    text::render(&letter)
}

fn day(on: Date) -> String {
    on.strftime("%-d %B %Y").to_string()
}
