//! The environment as servers see it: without what is meant for the client, and with what a command puts before or after it.

use redress_chassis::config::{Environment, ProcessEnvironment};

/// Variables of the client, which a server would take for mistakes.
const CLIENT: [&str; 2] = ["REDRESS_ADDRESS", "REDRESS_TOKEN"];

/// Variables for a server.
#[derive(Clone, Debug)]
pub struct ServerEnvironment(Vec<(String, String)>);

impl ServerEnvironment {
    /// Those of this process.
    pub fn of_process() -> Self {
        Self::of(&ProcessEnvironment)
    }

    /// Those of `environment`.
    pub fn of(environment: &dyn Environment) -> Self {
        let variables = environment.variables();
        Self(variables.into_iter().filter(|(name, _)| !CLIENT.contains(&name.as_str())).collect())
    }

    /// Sets a variable, whatever it was.
    #[must_use]
    pub fn with(mut self, name: &str, value: &dyn std::fmt::Display) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_string()));
        self
    }

    /// Sets a variable unless it is set.
    #[must_use]
    pub fn or(self, name: &str, value: &str) -> Self {
        if self.get(name).is_some() { self } else { self.with(name, &value) }
    }

    /// The value of a variable.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Environment for ServerEnvironment {
    fn variables(&self) -> Vec<(String, String)> {
        self.0.clone()
    }
}
