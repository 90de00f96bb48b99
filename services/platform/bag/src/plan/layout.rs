//! Which paper lies where.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use redress_journal::export::{FORMAT, Header, Line};

use super::{Content, Member, PlanFault};
use crate::{
    case::{Case, Copy, Disposition, Document, Extract, Letter},
    path,
    statement::{EntryStated, File, Item, Journal, WithheldItem, withheld},
};

/// The papers as files and as lines of the statement.
pub(super) struct Laid {
    pub(super) members: Vec<Member>,
    pub(super) items: Vec<Item>,
    pub(super) journals: Vec<Journal>,
}

pub(super) fn lay_out(case: &Case) -> Result<Laid, PlanFault> {
    let mut laid = Laid { members: Vec::new(), items: Vec::new(), journals: Vec::new() };
    for record in &case.records {
        let path = format!("data/records/{}.json", path::slug(&record.name, 40));
        laid.put(&record.name, "record", &record.title, None, vec![Member::held(path, record.json.clone())]);
    }
    for (index, letter) in case.letters.iter().enumerate() {
        laid.letter(index + 1, letter);
    }
    for extract in &case.extracts {
        laid.journal(extract);
    }
    // Last of all the documents, which may be large: whoever reads a stream has everything else by then.
    for (index, document) in case.documents.iter().enumerate() {
        laid.document(index + 1, document);
    }
    laid.checked()
}

/// Where the two renderings of a letter lie.
pub(crate) fn letter_paths(number: usize, letter: &Letter) -> [String; 2] {
    let stem = format!("data/letters/{number:02}-{}", path::slug(&letter.title, 40));
    [format!("{stem}.txt"), format!("{stem}.pdf")]
}

impl Laid {
    fn put(
        &mut self,
        id: &str,
        kind: &str,
        title: &str,
        withheld: Option<WithheldItem>,
        members: Vec<Member>,
    ) {
        self.items.push(Item {
            id: id.to_owned(),
            kind: kind.to_owned(),
            title: title.to_owned(),
            files: members.iter().map(file).collect(),
            withheld,
        });
        self.members.extend(members);
    }

    fn letter(&mut self, number: usize, letter: &Letter) {
        let [text_path, pdf_path] = letter_paths(number, letter);
        let members = letter.content.included().map(|Copy { text, pdf }| {
            let text = Member::held(text_path, text.clone().into_bytes());
            let pdf = pdf.as_ref().map(|pdf| Member::held(pdf_path, pdf.clone()));
            std::iter::once(text).chain(pdf).collect()
        });
        let title = format!("{}, {}", letter.title, letter.state);
        self.put(&letter.id, "letter", &title, withheld(&letter.content, None), members.unwrap_or_default());
    }

    fn document(&mut self, number: usize, document: &Document) {
        let digest = document.digest.as_str().to_owned();
        let (title, members) = match &document.content {
            Disposition::Included(()) => {
                let member = Member {
                    path: path::document(number, &document.file_name),
                    size: document.size,
                    sha256: digest.clone(),
                    content: Content::Document(document.id.clone()),
                };
                (format!("{}: {}", document.kind, document.file_name), vec![member])
            }
            // What a privileged paper is called may tell what it says.
            Disposition::Withheld(_) => (document.kind.clone(), Vec::new()),
        };
        self.put(&document.id, "document", &title, withheld(&document.content, Some(digest)), members);
    }

    fn journal(&mut self, extract: &Extract) {
        let path = format!("data/journal/{}.jsonl", path::slug(&extract.service, 40));
        let member = Member::held(path, lines(extract).into_bytes());
        let entries = extract.entries.iter().map(|proved| EntryStated::of(&proved.entry));
        self.journals.push(Journal {
            service: extract.service.clone(),
            key: extract.key.to_string(),
            size: extract.size,
            file: file(&member),
            entries: entries.collect(),
        });
        self.members.push(member);
    }

    fn checked(self) -> Result<Self, PlanFault> {
        let (mut ids, mut paths) = (BTreeSet::new(), BTreeSet::new());
        for item in &self.items {
            if !ids.insert(item.id.as_str()) {
                return Err(PlanFault::Twice { id: item.id.clone() });
            }
            if item.withheld.as_ref().is_some_and(|withheld| withheld.authority.trim().is_empty()) {
                return Err(PlanFault::NoAuthority { id: item.id.clone() });
            }
        }
        for member in &self.members {
            if !paths.insert(member.path.as_str()) {
                return Err(PlanFault::Twice { id: member.path.clone() });
            }
        }
        Ok(self)
    }
}

fn file(member: &Member) -> File {
    File { path: member.path.clone(), size: member.size, sha256: member.sha256.clone() }
}

/// The extract in the form in which the journal exports itself.
fn lines(extract: &Extract) -> String {
    let mut text = line(&Header {
        format: FORMAT.to_owned(),
        key: extract.key.to_string(),
        checkpoint: extract.checkpoint.clone(),
    });
    for proved in &extract.entries {
        text.push_str(&line(&Line {
            position: proved.entry.position.unsigned_abs(),
            content: STANDARD.encode(&proved.entry.bytes),
            proof: proved.proof.clone(),
        }));
    }
    text
}

fn line(value: &impl serde::Serialize) -> String {
    // Texts, numbers and lists of them always have a form in JSON.
    serde_json::to_string(value).map(|text| text + "\n").unwrap_or_default()
}
