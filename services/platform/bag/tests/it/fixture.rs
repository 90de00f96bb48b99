//! One case, with everything a bag may hold.

use std::{collections::BTreeMap, io, io::Cursor, sync::LazyLock};

use jiff::{Timestamp, civil::date};
use prost::Message as _;
use redress_bag::{
    Plan,
    case::{
        Case, Copy, Decision, Disposition, Document, Extract, Fact, Happening, Letter, Passage, Procedure,
        Proved, Reason, Record, Stage, Withheld,
    },
    write,
};
use redress_journal::{
    Entry,
    checkpoint::{Checkpoint, Signer, VerifierKey},
    entry::{Content, Instant},
    merkle::{Hash, Plan as Proof, Tiles, plan},
};
use redress_kernel::{Digest, hexadecimal};

pub(crate) const COMPLAINT: &str = "0190c2f6-7d5e-7000-8000-00000000c0de";

/// The key that signs bags.
pub(crate) fn signer() -> Signer {
    Signer::from_seed("redress.example/ice-liaison", &[7; 32]).unwrap()
}

/// The key of the journal.
pub(crate) fn log_signer() -> Signer {
    Signer::from_seed("redress.example/complaints", &[8; 32]).unwrap()
}

/// Both, as whoever checks was given them.
pub(crate) fn keys() -> Vec<VerifierKey> {
    vec![signer().verifier().clone(), log_signer().verifier().clone()]
}

/// The documents' bytes, by resource name.
pub(crate) fn documents() -> BTreeMap<String, Vec<u8>> {
    let line = b"The adviser did not come, and nobody said why. I waited for an hour.\n";
    BTreeMap::from([
        ("documents/1".to_owned(), line.repeat(40)),
        ("documents/2".to_owned(), b"%PDF-1.7\nnot much of one\n%%EOF\n".to_vec()),
        ("documents/3".to_owned(), b"Advice of counsel".to_vec()),
    ])
}

pub(crate) fn digest(bytes: &[u8]) -> Digest {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    Digest::parse(&hexadecimal(digest.as_ref())).unwrap()
}

fn document(id: &str, file_name: &str, kind: &str, content: Disposition<()>) -> Document {
    let bytes = &documents()[id];
    Document {
        id: id.to_owned(),
        file_name: file_name.to_owned(),
        kind: kind.to_owned(),
        media_type: "text/plain".to_owned(),
        filed_on: date(2024, 2, 1),
        size: bytes.len() as u64,
        digest: digest(bytes),
        content,
    }
}

pub(crate) fn withheld<T>(reason: Reason, authority: &str) -> Disposition<T> {
    Disposition::Withheld(Withheld { reason, authority: authority.to_owned() })
}

/// A log of 300 entries. Every fiftieth is about the case, and the last three of those about its documents.
pub(crate) fn extract() -> Extract {
    let about_case = |position: i64| position % 50 == 0;
    let entry = |position: i64| {
        let (kind, id, version) = match position {
            200 | 250 | 300 => ("documents", (position / 50 - 3).to_string(), 1),
            position if about_case(position) => ("complaints", COMPLAINT.to_owned(), position / 50),
            position => ("complaints", format!("0190c2f6-7d5e-7000-9000-{position:012}"), 1),
        };
        let content = Content {
            entry_id: format!("0190c2f6-7d5e-7000-8000-{position:012}"),
            stream_kind: kind.to_owned(),
            stream_id: id,
            version,
            entry_type: "redress.complaints.v1.ComplaintRegistered".to_owned(),
            schema_version: 1,
            record_time: Some(Instant { seconds: 1_709_000_000 + position, nanos: 0 }),
            ..Content::default()
        };
        Entry::parse(position, content.encode_to_vec(), String::new()).unwrap()
    };
    let entries: Vec<Entry> = (1..=300).map(entry).collect();
    let leaves: Vec<Hash> = entries.iter().map(Entry::leaf).collect();
    let mut tiles = Tiles::new();
    tiles.append(0, &leaves).unwrap();
    let signer = log_signer();
    let root = plan::root(&tiles, 300).unwrap();
    let checkpoint =
        Checkpoint { origin: signer.verifier().name().to_owned(), size: 300, root }.sign(&signer);
    let prove = |entry: Entry| {
        let index = entry.position.unsigned_abs() - 1;
        Proved { proof: Proof::inclusion(index, 300).unwrap().gather(&tiles).unwrap(), entry }
    };
    let entries = entries.into_iter().filter(|entry| about_case(entry.position)).map(prove).collect();
    Extract {
        service: "complaints".to_owned(),
        key: signer.verifier().clone(),
        checkpoint,
        size: 300,
        entries,
    }
}

/// The case.
pub(crate) fn case() -> Case {
    Case {
        name: format!("complaints/{COMPLAINT}"),
        reference: "C-7K3M-9QXD".to_owned(),
        sender: "Northern Skills Ltd".to_owned(),
        recipient: "the Independent Case Examiner".to_owned(),
        as_of: "2024-03-05T10:12:00Z".parse::<Timestamp>().unwrap(),
        facts: vec![
            Fact::new("Received", "5 January 2024, by e-mail"),
            Fact::new("Contract", "JETS-S-1, JETS in Scotland"),
            Fact::new("About", "Clyde Works CIC"),
            Fact::new("Stage", "With the Independent Case Examiner"),
        ],
        passages: vec![
            Passage {
                title: "What the person said".to_owned(),
                text: "Two appointments were cancelled without notice.\n\nNobody rang, and I had paid for the bus. Siân ap Gwŷnedd".to_owned(),
            },
            Passage { title: "What the person wants".to_owned(), text: "An apology, and the fare back.".to_owned() },
        ],
        timeline: vec![
            Happening {
                on: date(2024, 1, 5),
                what: "Complaint received".to_owned(),
                who: "officer-1 of Northern Skills Ltd".to_owned(),
                particulars: vec![Fact::new("channel", "e-mail")],
                citations: vec!["CMP-12, J0 7.11".to_owned()],
            },
            Happening {
                on: date(2024, 2, 1),
                what: "Final response issued".to_owned(),
                who: "officer-1 of Northern Skills Ltd".to_owned(),
                particulars: vec![Fact::new("outcome", "partially upheld")],
                citations: vec!["CMP-07, J0 7.04".to_owned(), "CMP-09, J0 7.15".to_owned()],
            },
        ],
        decisions: vec![Decision {
            question: "How long may the person turn to the examiner?".to_owned(),
            answer: "Until 1 August 2024".to_owned(),
            derivation: vec![Fact::new("1 February 2024", "the final response was issued"), Fact::new("1 August 2024", "six months later")],
            citations: vec!["ICE-01, J0 7.15".to_owned()],
        }],
        procedure: Some(Procedure {
            id: "procedures/1".to_owned(),
            title: "Complaints procedure, version 2".to_owned(),
            facts: vec![Fact::new("In force from", "1 March 2022"), Fact::new("Acknowledgement", "3 working days")],
            stages: vec![Stage {
                title: "Review by a manager".to_owned(),
                limits: vec![Fact::new("response", "15 working days")],
                steps: vec!["Speak to the person".to_owned(), "Read the file".to_owned()],
            }],
        }),
        letters: vec![
            Letter {
                id: "letters/1".to_owned(),
                title: "Final response".to_owned(),
                state: "issued on 1 February 2024".to_owned(),
                content: Disposition::Included(Copy {
                    text: "Dear Siân ap Gwŷnedd,\n\nWe are sorry. <b>This was our mistake.</b>\n\nIf you are not content, you may go to the Independent Case Examiner within six months.\n".to_owned(),
                    pdf: Some(b"%PDF-1.7\nas it was sent\n%%EOF\n".to_vec()),
                }),
            },
            Letter {
                id: "letters/2".to_owned(),
                title: "Final response".to_owned(),
                state: "draft of 20 January 2024".to_owned(),
                content: Disposition::Included(Copy { text: "Dear Siân ap Gwŷnedd,\n\nWe are sorry.\n".to_owned(), pdf: None }),
            },
        ],
        documents: vec![
            document("documents/1", "Brief von Siân.txt", "correspondence", Disposition::Included(())),
            document("documents/2", "../../etc/passwd<script>.pdf", "evidence", Disposition::Included(())),
            document(
                "documents/3",
                "Advice on liability.docx",
                "note",
                withheld(Reason::LegalPrivilege, "A. Counsel, advice of 30 January 2024"),
            ),
        ],
        records: vec![
            Record { name: "complaint".to_owned(), title: "The complaint, for programs".to_owned(), json: b"{\"stage\":\"WITH_ICE\"}\n".to_vec() },
            Record { name: "timeline".to_owned(), title: "The timeline, for programs".to_owned(), json: b"[]\n".to_vec() },
        ],
        extracts: vec![extract()],
    }
}

/// The key of routing's journal.
pub(crate) fn routing_signer() -> Signer {
    Signer::from_seed("redress.example/routing", &[9; 32]).unwrap()
}

/// What routing's journal holds: the contact that led to the case, and its paper.
pub(crate) fn routed() -> Extract {
    told("routing", &routing_signer(), &[("contacts", "1"), ("papers", "1")])
}

/// What the journal of whoever builds the bag holds: the case with the examiner. Its key signs the bag as well.
pub(crate) fn examined() -> Extract {
    told("ice-liaison", &signer(), &[("examinations", "1")])
}

/// A journal that holds one entry about each thing, and nothing else.
fn told(service: &str, signer: &Signer, things: &[(&str, &str)]) -> Extract {
    let entry = |(position, (kind, id)): (i64, &(&str, &str))| {
        let content = Content {
            entry_id: format!("0190c2f6-7d5e-7000-a000-{position:012}"),
            stream_kind: (*kind).to_owned(),
            stream_id: (*id).to_owned(),
            version: 1,
            entry_type: "redress.routing.v1.ContactRouted".to_owned(),
            schema_version: 1,
            record_time: Some(Instant { seconds: 1_708_000_000 + position, nanos: 0 }),
            ..Content::default()
        };
        Entry::parse(position, content.encode_to_vec(), String::new()).unwrap()
    };
    let entries: Vec<Entry> = (1..).zip(things).map(entry).collect();
    let size = entries.len() as u64;
    let mut tiles = Tiles::new();
    tiles.append(0, &entries.iter().map(Entry::leaf).collect::<Vec<_>>()).unwrap();
    let root = plan::root(&tiles, size).unwrap();
    let checkpoint = Checkpoint { origin: signer.verifier().name().to_owned(), size, root }.sign(signer);
    let prove = |entry: Entry| {
        let index = entry.position.unsigned_abs() - 1;
        Proved { proof: Proof::inclusion(index, size).unwrap().gather(&tiles).unwrap(), entry }
    };
    Extract {
        service: service.to_owned(),
        key: signer.verifier().clone(),
        checkpoint,
        size,
        entries: entries.into_iter().map(prove).collect(),
    }
}

/// The case as all three journals tell it, with a paper that was destroyed.
pub(crate) fn case_of_three() -> Case {
    let mut case = case();
    case.extracts.extend([examined(), routed()]);
    case.documents.push(destroyed_paper());
    case
}

/// The paper that routing's journal tells of, which was destroyed.
pub(crate) fn destroyed_paper() -> Document {
    let bytes = b"A letter to Jobcentre Plus";
    Document {
        id: "papers/1".to_owned(),
        file_name: "letter.txt".to_owned(),
        kind: "correspondence".to_owned(),
        media_type: "text/plain".to_owned(),
        filed_on: date(2024, 1, 4),
        size: bytes.len() as u64,
        digest: digest(bytes),
        content: withheld(Reason::Destroyed, "disposals/0190c2f6-7d5e-7000-8000-0000000000d1"),
    }
}

pub(crate) fn plan() -> Plan {
    static PLAN: LazyLock<Plan> = LazyLock::new(|| Plan::of(&case(), &signer()).unwrap());
    PLAN.clone()
}

/// The bag of a plan, in memory.
pub(crate) fn packed(plan: &Plan) -> Vec<u8> {
    let documents = documents();
    let mut bag = Vec::new();
    let open =
        |id: &str| documents.get(id).map(Cursor::new).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound));
    write(plan, &mut bag, open).unwrap();
    bag
}
