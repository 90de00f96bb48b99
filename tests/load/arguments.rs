//! How much is measured, and for how long.

use std::{path::PathBuf, time::Duration};

use clap::{Parser, ValueEnum};
use redress_tests::seed::Seed;

/// Measures the release build of the server, and the ceilings of this machine beside it.
#[derive(Debug, Parser)]
#[command(name = "redress-bench")]
pub(crate) struct Arguments {
    /// Everything in about a minute, with less certainty.
    #[arg(long)]
    pub(crate) quick: bool,
    /// Measures only these parts, and the ceilings they are held against.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) only: Vec<Part>,
    /// Also measures lists among so many complaints, filled in past the server.
    #[arg(long, default_value_t = 0, value_name = "COMPLAINTS")]
    pub(crate) large: u64,
    /// Measures what is kept among so many records, filled in past the service.
    #[arg(long, default_value_t = 1_000_000, value_name = "RECORDS")]
    pub(crate) records: u64,
    /// Seed of everything that is drawn.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Where to write the figures as JSON as well.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// Folder for the data of the measured servers; a disk, unless the disk is not what is to be measured.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Serves the empty echo; this program starts itself so.
    #[arg(long, hide = true)]
    pub(crate) echo: bool,
    /// Serves this file, hashed, in the messages of an evidence bag; this program starts itself so.
    #[arg(long, hide = true, value_name = "FILE")]
    pub(crate) bare: Option<PathBuf>,
}

/// A part of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// An evidence bag.
    Bag,
    /// Registrations, and the feed that carries them.
    Registrations,
    /// Reads of single complaints.
    Reads,
    /// Lists.
    Lists,
    /// Documents up and down.
    Documents,
    /// Starting on data that are there.
    Start,
    /// Contacts decided and passed on.
    Routing,
    /// Figures of a year, with `--large`.
    Figures,
    /// What is kept: sweeps, schedules and destruction.
    Records,
}

/// What a run does.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// How long each loop is measured, after a quarter of it to warm up.
    pub(crate) measure: Duration,
    /// Bytes of the document that is sent and fetched.
    pub(crate) document: usize,
    /// Bytes of the document in an evidence bag.
    pub(crate) bag: u64,
    /// Complaints to fill in for the large lists; none when zero.
    pub(crate) large: u64,
    /// Records among which the large sweep and schedule are measured.
    pub(crate) records: u64,
    folder: PathBuf,
    seed: u64,
    only: Vec<Part>,
}

impl Plan {
    pub(crate) fn of(arguments: &Arguments) -> Self {
        let (measure, document, bag) =
            if arguments.quick { (1500, 16 << 20, 256 << 20) } else { (6000, 64 << 20, 2 << 30) };
        let folder = arguments.folder.clone().unwrap_or_else(std::env::temp_dir);
        Self {
            measure: Duration::from_millis(measure),
            document,
            bag,
            large: arguments.large,
            records: if arguments.quick { arguments.records.min(100_000) } else { arguments.records },
            folder,
            seed: arguments.seed,
            only: arguments.only.clone(),
        }
    }

    /// Whether a part is measured.
    pub(crate) fn measures(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    pub(crate) fn folder(&self) -> &PathBuf {
        &self.folder
    }

    /// The seed of everything that is drawn, the same in every run unless told otherwise.
    pub(crate) fn seed(&self) -> Seed {
        Seed::new(self.seed)
    }
}
