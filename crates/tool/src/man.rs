//! The man page: the program, then each command with its arguments.

use std::io::Result;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::{Arguments, EXIT_STATUS};

const EXAMPLES: [(&str, &str); 4] = [
    ("Whether a pair is routable, and why:", "model-routable explain hermes moonshot/kimi-k2.6"),
    ("The faults and warnings of a registry file:", "model-routable check providers.yaml"),
    (
        "What an edit of the file changes, and which stored pairs it strands:",
        "model-routable diff providers.yaml new.yaml --pairs pairs.csv",
    ),
    (
        "Give a database without the extension its objects and a registry:",
        "model-routable sql providers.yaml | psql -X -v ON_ERROR_STOP=1",
    ),
];

const SEE_ALSO: &str = "psql(1). In the source of model_routable, docs/registry-tool.md describes the program, \
                        docs/registry-format.md the registry file, and docs/managed.md what sql prints.";

pub fn page() -> Result<String> {
    let mut program = Arguments::command().disable_help_subcommand(true).subcommand_value_name("COMMAND");
    program.build();
    // Not empty: roff would leave that argument out, and take the next one for the date.
    let man = Man::new(program.clone()).date(" ").manual("model_routable");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    Roff::new().control("SH", ["COMMANDS"]).to_writer(&mut page)?;
    for command in program.get_subcommands() {
        page.extend(section(command)?.into_bytes());
    }
    closing().to_writer(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// A command, without the options that every command has, and without the headings that clap_mangen gives to a page of its own.
fn section(command: &Command) -> Result<String> {
    let mut command = command.clone().mut_arg("json", |arg| arg.hide(true)).mut_arg("help", |arg| arg.hide(true));
    let usage = command.render_usage().to_string();
    let status = command.get_after_help().map(ToString::to_string);
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if let Some(status) = status {
        Roff::new().control("PP", []).text([roman(status)]).to_writer(&mut page)?;
    }
    let page = String::from_utf8_lossy(&page);
    let body: Vec<_> = page.lines().filter(|line| !line.starts_with(".SH ")).collect();
    Ok(format!(".SS \"{}\"\n{}\n", usage.trim_start_matches("Usage: model-routable "), body.join("\n")))
}

fn closing() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    for (status, meaning) in EXIT_STATUS.iter().enumerate() {
        roff.control("TP", []).text([bold(status.to_string())]).text([roman(*meaning)]);
    }
    roff.control("SH", ["EXAMPLES"]);
    for (purpose, command) in EXAMPLES {
        roff.control("TP", []).text([roman(purpose)]).text([bold(command)]);
    }
    roff.control("SH", ["SEE ALSO"]).text([roman(SEE_ALSO)]);
    roff
}
