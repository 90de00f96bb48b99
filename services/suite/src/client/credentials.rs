//! The token a call carries, and the file in which it is kept between commands.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use tonic::{
    Request, Status,
    metadata::{Ascii, MetadataValue},
    service::Interceptor,
};

use super::Failure;

/// Puts the token on every call.
#[derive(Clone, Debug, Default)]
pub struct Credentials(Option<MetadataValue<Ascii>>);

impl Credentials {
    /// Those of `token`; none at all is what a call without identity looks like.
    pub fn new(token: Option<&str>) -> Result<Self, Failure> {
        let Some(token) = token.map(str::trim).filter(|token| !token.is_empty()) else {
            return Ok(Self(None));
        };
        let mut value: MetadataValue<Ascii> = format!("Bearer {token}")
            .parse()
            .map_err(|_| Failure::Usage("the token contains characters that no token has".to_owned()))?;
        value.set_sensitive(true);
        Ok(Self(Some(value)))
    }
}

impl Interceptor for Credentials {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(token) = &self.0 {
            request.metadata_mut().insert("authorization", token.clone());
        }
        Ok(request)
    }
}

/// Where the token is kept when nobody says otherwise: `redress/token` in the folder of the user's settings.
pub fn default_file(variables: &[(String, String)]) -> Option<PathBuf> {
    let find = |wanted: &str| variables.iter().find(|(name, value)| name == wanted && !value.is_empty());
    let config = find("XDG_CONFIG_HOME")
        .map(|(_, value)| PathBuf::from(value))
        .or_else(|| find("HOME").map(|(_, value)| Path::new(value).join(".config")))?;
    Some(config.join("redress").join("token"))
}

/// The token in `file`, or none where there is no such file.
pub fn read(file: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text.trim().to_owned()).filter(|token| !token.is_empty())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file("read", file)(error)),
    }
}

/// Keeps `token` in `file`, for its owner alone.
pub fn write(file: &Path, token: &str) -> Result<(), Failure> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(Failure::file("create", folder))?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file).map_err(Failure::file("write", file))?;
    writeln!(opened, "{token}").map_err(Failure::file("write", file))
}
