//! Thirty-two secret bytes, and the file they are kept in.

use std::{
    fmt,
    fs::{File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use aws_lc_rs::{hkdf, rand};
use zeroize::Zeroizing;

use crate::disk::{Disk as _, Local, folder_of, make_folders};

/// Thirty-two secret bytes: a master key, a signing seed, a data key. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

/// Why a secret's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretFault {
    /// There is no such file.
    #[error("{path} does not exist")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Others than its owner may read it.
    #[error("{path} may be read by others than its owner; its mode must be 600")]
    Exposed {
        /// Where it is.
        path: PathBuf,
    },
    /// It does not hold exactly 32 bytes.
    #[error("{path} does not hold exactly 32 bytes")]
    Length {
        /// Where it is.
        path: PathBuf,
    },
    /// It could not be read or written.
    #[error("{path} cannot be read or written")]
    Io {
        /// Where it is.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system has no randomness to give.
    #[error("no random bytes could be drawn")]
    Random,
}

impl Secret {
    /// Takes 32 bytes as a secret.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Draws a secret.
    pub fn random() -> Result<Self, SecretFault> {
        let mut bytes = Zeroizing::new([0; 32]);
        rand::fill(bytes.as_mut_slice()).map_err(|_| SecretFault::Random)?;
        Ok(Self(bytes))
    }

    /// Reads the secret kept at `path`.
    pub fn load(path: &Path) -> Result<Self, SecretFault> {
        let io = |source: io::Error| {
            let path = path.to_owned();
            let is_missing = source.kind() == io::ErrorKind::NotFound;
            if is_missing { SecretFault::Missing { path } } else { SecretFault::Io { path, source } }
        };
        let file = File::open(path).map_err(io)?;
        if is_exposed(&file.metadata().map_err(io)?) {
            return Err(SecretFault::Exposed { path: path.to_owned() });
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(64));
        file.take(33).read_to_end(&mut bytes).map_err(io)?;
        let bytes = bytes.as_slice().try_into().map_err(|_| SecretFault::Length { path: path.to_owned() })?;
        Ok(Self::new(bytes))
    }

    /// Reads the secret kept at `path`, or draws one and keeps it there, for its owner only and durably.
    pub fn load_or_create(path: &Path) -> Result<Self, SecretFault> {
        match Self::load(path) {
            Err(SecretFault::Missing { .. }) => {}
            found => return found,
        }
        let secret = Self::random()?;
        match secret.create(path) {
            Ok(()) => Ok(secret),
            // Another process was first.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::load(path),
            Err(source) => Err(SecretFault::Io { path: path.to_owned(), source }),
        }
    }

    /// Writes a file beside it and links it into place, so that nobody ever sees half a secret.
    fn create(&self, path: &Path) -> io::Result<()> {
        let home = folder_of(path);
        make_folders(&Local, home)?;
        let draft = path.with_extension(format!("draft-{}", std::process::id()));
        let written = (|| {
            let mut file = private().open(&draft)?;
            file.write_all(self.0.as_slice())?;
            file.sync_all()?;
            std::fs::hard_link(&draft, path)
        })();
        if draft.exists() {
            std::fs::remove_file(&draft)?;
        }
        written?;
        Local.sync_folder(home)
    }

    /// The bytes, for the one who must use them.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Another secret, for one purpose, from which this one cannot be found.
    pub(crate) fn derive(
        &self,
        salt: &[u8],
        purpose: &[&[u8]],
    ) -> Result<Self, aws_lc_rs::error::Unspecified> {
        let mut bytes = Zeroizing::new([0; 32]);
        let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(self.0.as_slice());
        extracted.expand(purpose, hkdf::HKDF_SHA256)?.fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(unix)]
fn is_exposed(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_exposed(_: &std::fs::Metadata) -> bool {
    false
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
