//! What many commands take: a request id, an etag, and text from the line, a file or the terminal.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use clap::Args;
use uuid::Uuid;

use crate::client::Failure;

/// What makes a command safe to repeat, and safe against another's change.
#[derive(Args, Clone, Debug, Default)]
pub struct Mutation {
    /// Repeat an earlier command safely: give the id it printed
    #[arg(long, value_name = "UUID")]
    pub request_id: Option<Uuid>,
    /// Refuse if the thing changed since you read it: give the etag you saw
    #[arg(long, value_name = "ETAG", default_value = "", hide_default_value = true)]
    pub etag: String,
}

/// As [`Mutation`], for commands that make something new.
#[derive(Args, Clone, Debug, Default)]
pub struct Creation {
    /// Repeat an earlier command safely: give the id it printed
    #[arg(long, value_name = "UUID")]
    pub request_id: Option<Uuid>,
}

/// Text, from the command line or a file.
#[derive(Args, Clone, Debug, Default)]
#[group(required = true, multiple = false)]
pub struct Text {
    /// The text itself
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// File that holds the text; - reads it from standard input
    #[arg(long, value_name = "FILE")]
    pub text_file: Option<PathBuf>,
}

impl Text {
    /// The text, wherever it comes from.
    pub fn read(&self) -> Result<String, Failure> {
        match (&self.text, &self.text_file) {
            (Some(text), _) => Ok(text.clone()),
            (None, Some(path)) => file(path),
            (None, None) => Err(Failure::Usage("give --text or --text-file".to_owned())),
        }
    }
}

/// The text of a file, or of standard input where it is called `-`.
pub fn file(path: &Path) -> Result<String, Failure> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(Failure::file("read", "standard input"))?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(Failure::file("read", path))
}

/// How much of a list.
#[derive(Args, Clone, Debug)]
pub struct Paging {
    /// Most to show
    #[arg(long, default_value_t = 50, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub limit: u32,
    /// Go on where an earlier list ended
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TOKEN")]
    pub page_token: String,
}

impl Paging {
    /// Most to show.
    pub fn most(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(usize::MAX)
    }
}
