//! Where settings come from. Only this file asks the process for its environment.

use std::collections::BTreeMap;

/// Lists the variables a process was given, so that tests hand in their own.
pub trait Environment: Send + Sync {
    /// Every variable, as name and value.
    fn variables(&self) -> Vec<(String, String)>;
}

/// The environment of this process.
#[derive(Clone, Copy, Debug)]
pub struct ProcessEnvironment;

impl Environment for ProcessEnvironment {
    fn variables(&self) -> Vec<(String, String)> {
        // A variable that is no text cannot be a setting of ours; the ones that are must not be lost with it.
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect()
    }
}

impl Environment for BTreeMap<String, String> {
    fn variables(&self) -> Vec<(String, String)> {
        self.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

impl Environment for Vec<(&str, &str)> {
    fn variables(&self) -> Vec<(String, String)> {
        self.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }
}
