//! `generate`: completions for shells, and the man page, from the definition by which the program reads its arguments.

use clap::{CommandFactory, ValueEnum};
use clap_complete::Shell;

use crate::{Answer, Arguments, Failure, man, print};

/// What is printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Kind {
    Bash,
    Zsh,
    Fish,
    Man,
}

pub fn run(kind: Kind) -> Result<Answer, Failure> {
    let text = match kind {
        Kind::Bash => completions(Shell::Bash),
        Kind::Zsh => completions(Shell::Zsh),
        Kind::Fish => completions(Shell::Fish),
        Kind::Man => man::page().map_err(|error| Failure(error.to_string()))?,
    };
    print(&text);
    Ok(Answer::Yes)
}

fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "model-routable", &mut script);
    // clap_complete 4.6 takes the hyphen in the name for a subcommand, but not everywhere (clap-rs/clap#6421), and bash would
    // complete no option of a command.
    String::from_utf8_lossy(&script).replace("model__subcmd__routable", "model__routable")
}
