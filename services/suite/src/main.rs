//! The `redress` binary.

fn main() -> std::process::ExitCode {
    redress::main()
}
