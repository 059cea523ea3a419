//! `generate`: bash completes what the program accepts, and the man page names it.

use std::process::Command;

use crate::program::{run, written};

fn generated(what: &str) -> String {
    let run = run(&["generate", what]);
    assert_eq!((run.status, &run.err[..]), (0, ""));
    run.out
}

/// What bash offers for the last of these words, by the function that it would call.
fn completed(words: &[&str]) -> Vec<String> {
    let script = written(&format!("completions-{}.bash", words.join("_")), &generated("bash"));
    let shell = "source \"$1\"; shift
        [[ $(complete -p model-routable) =~ -F\\ ([^ ]+) ]]
        COMP_WORDS=(model-routable \"$@\") COMP_CWORD=$#
        ${BASH_REMATCH[1]} model-routable \"${COMP_WORDS[-1]}\" \"${COMP_WORDS[-2]}\"
        printf '%s\\n' \"${COMPREPLY[@]}\"";
    let output = Command::new("bash").args(["-c", shell, "bash", &script]).args(words).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The commands that the program's help lists.
fn commands() -> Vec<String> {
    let help = run(&["-h"]).out;
    let (_, lines) = help.split_once("Commands:\n").unwrap();
    let lines = lines.lines().take_while(|line| !line.is_empty());
    lines.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect()
}

/// The options that the help of a command lists.
fn options(command: &str) -> Vec<String> {
    let help = run(&[command, "-h"]).out;
    help.split_whitespace().filter(|word| word.starts_with("--")).map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    assert_eq!(completed(&["di"]), ["diff"]);
    assert_eq!(completed(&["sql", "--pg"]), ["--pg-tle"]);
    assert_eq!(completed(&["generate", "m"]), ["man"]);
    let commands = commands();
    assert!(commands.len() > 5, "{commands:?}");
    for command in commands.iter().filter(|command| *command != "help") {
        assert_eq!(completed(&[&command[..command.len() - 1]]), [command.as_str()]);
        let [mut offered, mut accepted] = [completed(&[command, "--"]), options(command)];
        offered.sort();
        accepted.sort();
        assert_eq!(offered, accepted, "{command}");
    }
}

#[test]
fn the_man_page_names_every_command_and_its_options() {
    let page = generated("man").replace("\\-", "-");
    for command in commands().iter().filter(|command| *command != "help") {
        let (_, section) =
            page.split_once(&format!("\n.SS \"{command} ")).unwrap_or_else(|| panic!("{command}\n{page}"));
        let (section, _) = section.split_once("\n.S").unwrap();
        for option in options(command).iter().filter(|option| !["--json", "--help"].contains(&option.as_str())) {
            assert!(section.contains(&format!("\n\\fB{option}\\fR")), "{option}\n{section}");
        }
    }
    assert!(page.contains("\n\\fB--json\\fR\n"), "{page}");
}
