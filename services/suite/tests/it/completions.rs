//! Completion scripts.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use clap_complete::Shell;
use redress::command::completions::script;

#[test]
fn the_bash_script_is_bash() {
    let mut bash = Command::new("bash").args(["-n"]).stdin(Stdio::piped()).spawn().expect("bash");
    bash.stdin.take().unwrap().write_all(script(Shell::Bash).as_bytes()).unwrap();
    assert!(bash.wait().unwrap().success());
}

#[test]
fn every_shell_learns_the_commands_and_their_values() {
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        let text = script(shell);
        for word in ["register", "escalate", "signposting", "in-person", "programme-policy"] {
            assert!(text.contains(word), "{shell} does not know {word}");
        }
    }
}
