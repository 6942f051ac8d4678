//! Help: what each command is for, and its options.

use crate::{bench, plan, record, serve};

/// A command: its name, how it is called, what it does, and its options.
struct Command {
    name: &'static str,
    usage: &'static str,
    does: &'static str,
    options: &'static [&'static str],
}

const SERVER: &str = "  \
  --endpoint URL           where the server is (default $AWS_ENDPOINT_URL, else http://127.0.0.1:4566)
  --account, --region      whose things are meant (default 000000000000, $AWS_REGION or us-east-1)
";
const OUTPUT: &str = "  --output table|json      for people or for programs\n";
const PLACE: &str = "  \
  --subnet ID              the subnet whose address it has
  --security-group ID      one of its security groups; may be repeated
  --name NAME              its name, by which it is removed
";

const COMMANDS: [Command; 9] = [
    Command {
        name: "serve",
        usage: "[options]",
        does: "serves the AWS API, and runs functions",
        options: &[serve::HELP],
    },
    Command {
        name: "ps",
        usage: "[--watch] [options]",
        does: "shows environments and ENIs",
        options: &["  --watch                  again each second\n", OUTPUT, SERVER],
    },
    Command {
        name: "explain",
        usage: "<eni | environment | request id | function | subnet> [options]",
        does: "tells what caused a thing",
        options: &[OUTPUT, SERVER],
    },
    Command {
        name: "attach",
        usage: "--subnet ID [--security-group ID]… --name NAME [--rm] -- COMMAND…",
        does: "runs a command at an address of a subnet",
        options: &[PLACE, "  --rm                     removed when the command ends\n", SERVER],
    },
    Command {
        name: "expose",
        usage: "--subnet ID [--security-group ID]… --name NAME PORT=HOST:PORT…",
        does: "gives ports of this machine an address of a subnet",
        options: &[PLACE, SERVER],
    },
    Command {
        name: "resources",
        usage: "[list | remove NAME…] [options]",
        does: "shows what was attached and exposed, or removes it",
        options: &[OUTPUT, SERVER],
    },
    Command {
        name: "plan",
        usage: "--trace SOURCE --subnets a=CIDR,b=CIDR [options]",
        does: "tells how many ENIs, addresses and cold starts there will be, and what runs out",
        options: &[plan::HELP, OUTPUT],
    },
    Command {
        name: "record",
        usage: "[--to FILE] [--for TIME] [options]",
        does: "writes what a server is asked to run as CSV, which plan takes as a trace",
        options: &[record::HELP, SERVER],
    },
    Command {
        name: "bench",
        usage: "[network] [cold] [warm] [burst] [describe] [plan] [options]",
        does: "measures what this machine makes of Warren, or only what is named of it",
        options: &[bench::HELP, OUTPUT],
    },
];

/// The help that the words ask for: of all commands, or of the one that they name.
pub(crate) fn asked(words: &[&str]) -> Option<String> {
    // What stands after `--` is another program's.
    let mut own = words.iter().take_while(|word| **word != "--").copied();
    match own.clone().next() {
        Some("help") => Some(own.nth(1).and_then(of).unwrap_or_else(all)),
        _ if !own.any(|word| matches!(word, "--help" | "-h")) => None,
        _ => Some(words.iter().find_map(|word| of(word)).unwrap_or_else(all)),
    }
}

fn all() -> String {
    let mut text =
        "warren: AWS Lambda with a real VPC, on machines that you own\n\nusage:\n".to_owned();
    for command in &COMMANDS {
        text.push_str(&format!("  warren {} {}\n", command.name, command.usage));
        text.push_str(&format!("      {}\n", command.does));
    }
    text.push_str("\n  warren COMMAND --help    its options\n  warren --version\n");
    text
}

fn of(name: &str) -> Option<String> {
    let command = COMMANDS.iter().find(|command| command.name == name)?;
    let Command { usage, does, .. } = command;
    let mut text = format!("warren {name}: {does}\n\nusage: warren {name} {usage}\n\n");
    text.extend(command.options.iter().copied());
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_of_the_command_that_is_named_wherever_it_is_asked_for() {
        let begins = |words: &[&str]| asked(words).unwrap().lines().next().unwrap().to_owned();
        assert!(begins(&["--help"]).starts_with("warren: "));
        assert!(begins(&["help"]).starts_with("warren: "));
        for words in [&["plan", "--help"][..], &["help", "plan"], &["plan", "--trace", "x", "-h"]] {
            assert!(begins(words).starts_with("warren plan: "), "{words:?}");
        }
        for words in [&["bench", "plan", "--help"], &["bench", "--help", "plan"]] {
            assert!(begins(words).starts_with("warren bench: "), "{words:?}");
        }
        assert_eq!(asked(&["attach", "--", "ls", "--help"]), None);
        assert_eq!(asked(&["plan"]), None);
    }

    #[test]
    fn options_are_indented_alike() {
        for command in &COMMANDS {
            let text = of(command.name).unwrap();
            assert!(
                text.lines().filter(|line| line.contains("--")).all(|line| {
                    line.starts_with("  --")
                        || line.starts_with("    ")
                        || line.starts_with("usage")
                }),
                "{text}"
            );
        }
    }
}
