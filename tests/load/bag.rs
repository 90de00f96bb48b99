//! An evidence bag with one very large document, as it streams, beside what this machine can read, hash and send at all.

pub(crate) mod bare;
pub(crate) mod served;

use std::{
    cell::Cell,
    fs::{self, File},
    io::{self, Read, Write},
    os::unix::net::UnixStream,
    path::Path,
    thread,
};

use anyhow::{Context as _, ensure};
use aws_lc_rs::digest::{Context, SHA256};
use jiff::civil::date;
use redress_bag::{
    Plan as Bag,
    case::{Case, Disposition, Document, Extract, Proved},
    write,
};
use redress_journal::{
    Entry,
    checkpoint::{Checkpoint, Signer},
    merkle::{Hash, Tiles, plan::root},
};
use redress_kernel::{Digest, hexadecimal};

use crate::{
    arguments::Plan,
    report::{Column, Report},
    watch::Watch,
};

/// Bytes that are read at a time, as the bag reads them.
const PIECE: usize = 256 << 10;
/// How often the memory is looked at, in bytes that passed.
const LOOK: u64 = 64 << 20;
const MEGABYTE: f64 = 1_000_000.0;

pub(crate) fn measure(folder: &Path, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let path = folder.join("document");
    // A file of holes reads as zeros without a disk, which leaves the least for the bag to hide behind.
    File::create(&path)?.set_len(plan.bag)?;
    // Once for nothing: the first who reads it fills the machine's cache.
    read_hash_send(&path)?;
    let (digest, ceiling) = read_hash_send(&path)?;
    report.throughput("bag: read, hash, send", Column::Ceiling, megabytes(plan.bag) / ceiling);

    let signer = Signer::from_seed("redress.example/bench", &[1; 32])?;
    let bag = Bag::of(&case(&signer, plan.bag, digest)?, &signer)?;
    let at_rest = memory()?;
    let most = Cell::new(at_rest);
    let watch = Watch::start();
    let sent = drained(|output| {
        let open = |_: &str| Ok(Watched { input: File::open(&path)?, passed: 0, most: &most });
        write(&bag, output, open).context("bag")
    })?;
    let seconds = watch.elapsed().as_secs_f64();
    ensure!(sent == bag.length(), "{sent} bytes were sent");
    report.throughput("bag: stream", Column::Sqlite, megabytes(plan.bag) / seconds);
    report.megabytes("bag: memory above rest", Column::Sqlite, most.get().saturating_sub(at_rest));
    fs::remove_file(path).context("document")
}

/// What the machine does without a bag: the same bytes, read, hashed and sent. The digest, and the seconds it took.
fn read_hash_send(path: &Path) -> anyhow::Result<(Digest, f64)> {
    let mut hashing = Context::new(&SHA256);
    let watch = Watch::start();
    drained(|output| {
        let mut input = File::open(path)?;
        let mut buffer = vec![0; PIECE];
        loop {
            let count = input.read(&mut buffer)?;
            if count == 0 {
                return Ok(());
            }
            hashing.update(&buffer[..count]);
            output.write_all(&buffer[..count])?;
        }
    })?;
    let seconds = watch.elapsed().as_secs_f64();
    Ok((Digest::parse(&hexadecimal(hashing.finish().as_ref()))?, seconds))
}

/// Runs `send` into a socket that somebody reads, and says how many bytes came out.
fn drained(send: impl FnOnce(&mut UnixStream) -> anyhow::Result<()>) -> anyhow::Result<u64> {
    let (mut output, mut input) = UnixStream::pair()?;
    let reader = thread::spawn(move || io::copy(&mut input, &mut io::sink()));
    let outcome = send(&mut output);
    drop(output);
    let count = reader.join().map_err(|_| anyhow::anyhow!("the reader ended"))??;
    outcome.map(|()| count)
}

/// A case with one document and one entry.
fn case(signer: &Signer, size: u64, digest: Digest) -> anyhow::Result<Case> {
    let entry = Entry::parse(1, Vec::new(), String::new())?;
    let mut tiles = Tiles::new();
    tiles.append(0, &[entry.leaf()])?;
    let root: Hash = root(&tiles, 1)?;
    let checkpoint = Checkpoint { origin: signer.verifier().name().to_owned(), size: 1, root }.sign(signer);
    let document = Document {
        id: "documents/1".to_owned(),
        file_name: "recording.wav".to_owned(),
        kind: "evidence".to_owned(),
        media_type: "audio/wav".to_owned(),
        filed_on: date(2024, 3, 1),
        size,
        digest,
        content: Disposition::Included(()),
    };
    Ok(Case {
        name: "complaints/1".to_owned(),
        reference: "C-1".to_owned(),
        sender: "Sender".to_owned(),
        recipient: "Recipient".to_owned(),
        as_of: jiff::Timestamp::UNIX_EPOCH,
        facts: Vec::new(),
        passages: Vec::new(),
        timeline: Vec::new(),
        decisions: Vec::new(),
        procedure: None,
        letters: Vec::new(),
        documents: vec![document],
        records: Vec::new(),
        extracts: vec![Extract {
            service: "bench".to_owned(),
            key: signer.verifier().clone(),
            checkpoint,
            size: 1,
            entries: vec![Proved { entry, proof: Vec::new() }],
        }],
    })
}

/// A file that looks at this process' memory while it is read.
struct Watched<'a> {
    input: File,
    passed: u64,
    most: &'a Cell<u64>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        let before = self.passed / LOOK;
        self.passed += count as u64;
        if self.passed / LOOK > before {
            self.most.set(memory().map_err(io::Error::other)?.max(self.most.get()));
        }
        Ok(count)
    }
}

/// Memory of this process, in kilobytes.
fn memory() -> anyhow::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse()?)
}

#[expect(clippy::cast_precision_loss, reason = "a rate is not exact")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / MEGABYTE
}
