//! Starts the binary and asks it.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;

/// Longest silence of a suite that is at work.
const PATIENCE: Duration = Duration::from_mins(1);
const BINARY: &str = env!("CARGO_BIN_EXE_redress");

/// A suite that runs in a process of its own. It is told to end when the test is done with it.
pub(super) struct Suite {
    folder: TempDir,
    server: Option<Child>,
    address: String,
    /// What it says, line by line, to its end.
    saying: Option<Receiver<String>>,
    said: Vec<String>,
}

/// Someone who asks it.
#[derive(Clone)]
pub(super) struct Person {
    address: String,
    token: String,
    folder: std::path::PathBuf,
}

/// How a command ended.
pub(super) struct Ended {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Suite {
    /// Starts all of it on an empty folder.
    pub(super) fn start(arguments: &[&str]) -> Self {
        let mut suite = Self::new();
        suite.begin(arguments);
        suite
    }

    /// Starts the complaints service alone on an empty folder.
    pub(super) fn serve() -> Self {
        let mut suite = Self::new();
        let mut serve = command(suite.folder.path());
        serve.args(["serve", "complaints"]).env("REDRESS_AUTH_DEVELOPMENT", "true");
        serve.env("REDRESS_LISTEN_ADDRESS", "127.0.0.1:0").env("REDRESS_ADMIN_ADDRESS", "127.0.0.1:0");
        suite.listen(serve);
        suite
    }

    /// Starts it, on the data it has.
    pub(super) fn begin(&mut self, arguments: &[&str]) {
        let mut up = command(self.folder.path());
        up.args(["up", "--data", "data", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"])
            .args(arguments);
        self.listen(up);
    }

    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self { folder, server: None, address: String::new(), saying: None, said: Vec::new() }
    }

    fn listen(&mut self, mut command: Command) {
        let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let first = lines.next().expect("the suite ended before it listened").unwrap();
        let address = first.strip_prefix("listening on ").and_then(|rest| rest.split(',').next());
        self.address = format!("http://{}", address.expect("an address"));
        let (say, saying) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| say.send(line)));
        self.saying = Some(saying);
        self.said.clear();
        self.server = Some(server);
    }

    /// Tells it to end, waits until it has, and returns what it said.
    pub(super) fn end(&mut self) -> (Option<i32>, String) {
        let mut server = self.server.take().unwrap();
        let told = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
        assert!(told.success());
        let status = server.wait().unwrap();
        self.said.extend(self.saying.take().unwrap());
        (status.code(), self.said.join("\n"))
    }

    /// Waits until it has said `words`.
    pub(super) fn wait_until_said(&mut self, words: &str) {
        let saying = self.saying.as_ref().unwrap();
        while !self.said.iter().any(|line| line.contains(words)) {
            match saying.recv_timeout(PATIENCE) {
                Ok(line) => self.said.push(line),
                Err(ended) => panic!("{ended} before it said {words}\n{}", self.said.join("\n")),
            }
        }
    }

    /// Where it listens.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Someone with these roles.
    pub(super) fn person(&self, organisation: &str, subject: &str, roles: &[&str]) -> Person {
        let mut token = command(self.folder.path());
        token.args(["token", "--print", "--data", "data", "--org", organisation, "--subject", subject]);
        for role in roles {
            token.args(["--role", role]);
        }
        let output = token.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let token = String::from_utf8(output.stdout).unwrap().trim().to_owned();
        Person { address: self.address.clone(), token, folder: self.folder.path().to_owned() }
    }

    /// The folder in which it runs.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Suite {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            // A test that failed leaves it running; nothing of it is looked at any more.
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

impl Person {
    /// Asks, and takes whatever comes.
    pub(super) fn try_to(&self, arguments: &[&str]) -> Ended {
        Ended::of(
            command(&self.folder)
                .args(["--address", &self.address])
                .env("REDRESS_TOKEN", &self.token)
                .args(arguments)
                .output()
                .unwrap(),
        )
    }

    /// Asks for something that works; returns the answer as JSON.
    pub(super) fn does(&self, arguments: &[&str]) -> Value {
        let mut with_json = arguments.to_vec();
        with_json.push("--json");
        let ended = self.try_to(&with_json);
        assert_eq!(ended.code, 0, "redress {arguments:?}\n{}\n{}", ended.out, ended.err);
        serde_json::from_str(&ended.out)
            .unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{}", ended.out))
    }

    /// Asks for something that works; returns what a person sees.
    pub(super) fn sees(&self, arguments: &[&str]) -> String {
        let ended = self.try_to(arguments);
        assert_eq!(ended.code, 0, "redress {arguments:?}\n{}\n{}", ended.out, ended.err);
        for line in ended.out.lines() {
            assert!(line.chars().count() <= 120, "{line}");
        }
        ended.out
    }

    /// Asks for something that is refused with `code` for `reason`.
    pub(super) fn is_refused(&self, code: i32, reason: &str, arguments: &[&str]) -> Value {
        let mut with_json = arguments.to_vec();
        with_json.push("--json");
        let ended = self.try_to(&with_json);
        assert_eq!(ended.code, code, "redress {arguments:?}\n{}\n{}", ended.out, ended.err);
        let error: Value =
            serde_json::from_str(&ended.err).unwrap_or_else(|_| panic!("{arguments:?}: {}", ended.err));
        assert_eq!(error["error"]["reason"], reason, "redress {arguments:?}\n{error:#}");
        error["error"].clone()
    }
}

impl Ended {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The binary in a folder, told nothing by the environment of the tests.
pub(super) fn command(folder: &Path) -> Command {
    let mut command = Command::new(BINARY);
    command.env_clear().env("HOME", folder).current_dir(folder);
    command
}
