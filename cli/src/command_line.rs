//! The command line: commands, their options and help.

use std::ffi::OsString;

use clap::builder::PossibleValuesParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, CommandFactory, Parser, Subcommand};

use crate::attach::{AttachArgs, ExposeArgs};
use crate::bench::BenchArgs;
use crate::check::CheckArgs;
use crate::completions::CompletionsArgs;
use crate::explain::ExplainArgs;
use crate::manual::ManualArgs;
use crate::plan::PlanArgs;
use crate::ps::PsArgs;
use crate::reach::ReachArgs;
use crate::record::RecordArgs;
use crate::resources::ResourcesArgs;
use crate::runtime::RuntimeArgs;
use crate::serve::ServeArgs;
use crate::supports::SupportsArgs;
use crate::table;
use crate::usage::UsageError;

/// AWS Lambda with a real VPC, on machines that you own
#[derive(Debug, Parser)]
#[command(name = "warren", version, subcommand_required = true, arg_required_else_help = false)]
#[command(help_template = "warren: {about}\n\n{usage-heading} {usage}\n\n{all-args}{after-help}")]
#[command(
    after_help = "Exit codes: 0 done, 1 not done (reach: not reached; check: something is found), 2 the \
                        command line is not understood"
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// serves the AWS API, and runs functions
    Serve(Box<ServeArgs>),
    /// shows environments and ENIs
    Ps(PsArgs),
    /// tells what caused a thing
    Explain(ExplainArgs),
    /// tells whether something is reached, and what stops it, without sending a packet
    Reach(ReachArgs),
    /// tells what functions will time out on, and what nobody gets to
    Check(CheckArgs),
    /// runs a command at an address of a subnet
    Attach(AttachArgs),
    /// gives ports of this machine an address of a subnet
    Expose(ExposeArgs),
    /// shows what was attached and exposed, or removes it
    Resources(ResourcesArgs),
    /// tells how many ENIs, addresses and cold starts there will be, and what runs out
    Plan(Box<PlanArgs>),
    /// writes what a server is asked to run as CSV, which plan takes as a trace
    Record(RecordArgs),
    /// measures what this machine makes of Warren; of the planner only, if so asked
    Bench(BenchArgs),
    /// shows the runtimes that this machine has, or installs them and AWS's SDK
    Runtime(RuntimeArgs),
    /// prints the operations and parameters of AWS's API that are supported
    Supports(SupportsArgs),
    /// prints the completions of a shell
    Completions(CompletionsArgs),
    /// prints a man page, or writes all of them to a directory
    #[command(name = "man")]
    Manual(ManualArgs),
}

/// What a command line asks for.
#[derive(Debug)]
pub(crate) enum Asked {
    /// Text that is to be shown, and nothing else: help, or the version.
    Text(clap::Error),
    Command(Box<Command>),
}

/// Reads the words after the program's name.
pub(crate) fn read(words: Vec<OsString>) -> Result<Asked, UsageError> {
    let named = named_command(&words);
    let words = match help_of(&words, named.as_deref()) {
        Some(of) => of.into_iter().chain(["--help".into()]).collect(),
        None => words,
    };
    let parsed = description().try_get_matches_from(std::iter::once("warren".into()).chain(words));
    let parsed = parsed
        .and_then(|matches| <CommandLine as clap::FromArgMatches>::from_arg_matches(&matches));
    match parsed {
        Ok(CommandLine { command }) => {
            match &command {
                Command::Plan(args) => args.check()?,
                Command::Expose(args) => args.check()?,
                _ => {}
            }
            Ok(Asked::Command(Box::new(command)))
        }
        Err(shown)
            if matches!(shown.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) =>
        {
            Ok(Asked::Text(shown))
        }
        Err(error) => {
            let all = description();
            let asked = named.as_deref().and_then(|named| all.find_subcommand(named));
            Err(UsageError::of(&error, asked))
        }
    }
}

/// The text, with colours on a terminal.
pub(crate) fn shown(text: &clap::Error) -> String {
    let text = text.render();
    match table::is_coloured() {
        true => text.ansi().to_string(),
        false => text.to_string(),
    }
}

/// The whole command line, as help, completions and man pages are made of it.
pub(crate) fn description() -> clap::Command {
    let of_each = |command: clap::Command| {
        let name = command.get_name().to_owned();
        command.help_template(format!(
            "warren {name}: {{about}}\n\n{{usage-heading}} {{usage}}\n\n{{all-args}}"
        ))
    };
    let whole = concise(CommandLine::command()).mut_subcommands(of_each);
    let names: Vec<String> =
        whole.get_subcommands().map(|each| each.get_name().to_owned()).collect();
    let names = PossibleValuesParser::new(names);
    whole.mut_subcommand("man", |man| man.mut_arg("command", |arg| arg.value_parser(names)))
}

/// With one help, a line or two for each option, however it is asked for.
fn concise(command: clap::Command) -> clap::Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::HelpShort);
    let command = command.disable_help_flag(true).arg(help.help("Print help"));
    command.mut_subcommands(concise)
}

fn own(words: &[OsString]) -> impl Iterator<Item = &OsString> + Clone {
    // What stands after `--` is another program's.
    words.iter().take_while(|word| *word != "--")
}

/// Of which command help is asked for, whatever else stands there, and be it wrong; none within is
/// of Warren as a whole.
fn help_of(words: &[OsString], named: Option<&str>) -> Option<Option<OsString>> {
    let mut own = own(words);
    if own.clone().next()? == "help" {
        let of = own.nth(1).filter(|word| !word.to_string_lossy().starts_with('-'));
        return Some(of.cloned());
    }
    own.any(|word| word == "--help" || word == "-h").then(|| named.map(OsString::from))
}

/// The first word that is a command.
fn named_command(words: &[OsString]) -> Option<String> {
    let known = CommandLine::command();
    own(words)
        .filter_map(|word| word.to_str())
        .find(|word| known.find_subcommand(word).is_some())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use engine::limits::KeepAlive;

    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    fn command(line: &str) -> Command {
        match read(words(line)) {
            Ok(Asked::Command(command)) => *command,
            other => panic!("{line}: {other:?}"),
        }
    }

    fn refused(line: &str) -> String {
        match read(words(line)) {
            Err(error) => error.to_string(),
            other => panic!("{line}: {other:?}"),
        }
    }

    fn text(line: &str) -> String {
        match read(words(line)) {
            Ok(Asked::Text(text)) => text.render().to_string(),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn the_description_is_sound() {
        description().debug_assert();
    }

    #[test]
    fn help_is_of_the_command_that_is_named_wherever_it_is_asked_for() {
        for line in ["--help", "-h", "help", "help --help", "--bogus --help"] {
            assert!(text(line).starts_with("warren: AWS Lambda with a real VPC"), "{line}");
        }
        for line in ["plan --help", "help plan", "plan --trace -h", "plan --bogus x --help"] {
            assert!(text(line).starts_with("warren plan: tells how many ENIs"), "{line}");
        }
        for line in ["bench plan --help", "bench --help plan", "resources remove -h"] {
            let named = line.split(' ').next().unwrap();
            assert!(text(line).starts_with(&format!("warren {named}: ")), "{line}");
        }
        assert!(matches!(
            command("attach --subnet s --name n -- ls --help -h"),
            Command::Attach(_)
        ));
        assert_eq!(text("--version"), text("-V"));
        assert_eq!(text("-V"), format!("warren {}\n", env!("CARGO_PKG_VERSION")));
    }

    #[test]
    fn each_command_takes_its_options() {
        let server = "--endpoint http://127.0.0.1:1 --account 111111111111 --region eu-west-1";
        for line in [
            "serve",
            "serve --listen 127.0.0.1:0 --state s --eni-model classic --aws-timing --idle-timeout 0.3",
            "serve --keep-alive hybrid:1h --retry-delays 0.1,0.2 --concurrency 5 --iam enforce \
             --s3 http://127.0.0.1:9000 --endpoint-url http://x --log warn,node=debug \
             --log-format json",
            "serve --iam off --listen=127.0.0.1:1 --listen 127.0.0.1:2 --keep-alive greedy-dual:8GB",
            "serve --listen localhost:4566",
            "serve --listen 0.0.0.0:1",
            "serve --msk arn:aws:kafka:us-east-1:000000000000:cluster/c/1=a:9092,127.0.0.1:9093",
            "serve --outside-allow 10.1.0.0/16 --outside-allow 192.168.1.7/32",
            "serve --endpoint-injection off",
            "serve --listen=localhost:0 --endpoint-url https://warren.example:4566/",
            "ps",
            "ps --region eu-west-1",
            &format!("ps --watch --output json {server}"),
            &format!("explain {server} eni-1 --output json"),
            &format!("check {server} --output json"),
            "check --function f",
            &format!(
                "attach --subnet s --security-group a,b --security-group c --name n --rm {server} -- ls -l"
            ),
            &format!("expose --subnet s --name n {server} --output json 80 5432=127.0.0.1:5432"),
            &format!("resources {server} --output json"),
            &format!("resources {server} list"),
            &format!("resources {server} remove a b"),
            "resources list --output json --endpoint http://127.0.0.1:1",
            &format!("record --to f --for 0s --output json {server}"),
            "plan --trace t --subnets a=10.0.0.0/24,b=10.0.1.0/24 --subnets c=10.0.0.0/16 \
             --terraform-show f --local a=b --local c=d,e --cloudformation f --parameter k=v=w \
             --from-endpoint aws --region r --eni-model both --functions vpc=40% --sets 2 \
             --keep-alive 1m,hybrid,greedy-dual:8GB --reserved f=1 --reserved g=2 --concurrency 1 \
             --enis-per-vpc 1 --enis 1 --cold-start lognormal:3.24s:7.1s --timeout 900 \
             --spread exponential --seed 7 --compare --page p --output json",
            "plan --trace t --decisions d",
            "plan --trace t --subnets a=10.0.0.0/24,b=10.0.1.0/24 --others a=3,b=1",
            "bench",
            "bench plan --quick --trace d --output json",
            "runtime",
            "runtime list --output json",
            "runtime install nodejs22.x python3.11 --client client-athena",
            "supports",
            "supports ec2 --output json",
            "completions zsh",
            "man",
            "man serve",
            "man --to d",
        ] {
            command(line);
        }
    }

    #[test]
    fn serve_takes_its_limits_from_the_last_that_is_said_of_each() {
        let limits = |line| match command(line) {
            Command::Serve(args) => args.limits(),
            other => panic!("{other:?}"),
        };
        let seconds = |count| KeepAlive::Fixed(Duration::from_secs(count));
        assert_eq!(limits("serve").keep_alive, seconds(300));
        assert_eq!(limits("serve --idle-timeout 1 --idle-timeout 7").keep_alive, seconds(7));
        assert_eq!(limits("serve --keep-alive hybrid --keep-alive 1m").keep_alive, seconds(60));
        let limits = limits("serve --aws-timing --retry-delays 1,2 --concurrency 3");
        assert_eq!(limits.eni_release, Duration::from_secs(1200));
        assert_eq!(limits.retry_waits, [1, 2].map(Duration::from_secs));
        assert_eq!(limits.concurrency, 3);
    }

    #[test]
    fn what_is_not_understood_is_named_with_a_hint() {
        for (line, told) in [
            ("", "a command is missing\nhint: warren --help"),
            ("plann", "command plann is not known\nhint: did you mean plan? (warren --help)"),
            ("help plam", "command plam is not known\nhint: did you mean plan? (warren --help)"),
            (
                "resources remov x",
                "command remov is not known\nhint: did you mean remove? (warren resources --help)",
            ),
            ("resources remove", "a name is missing\nhint: warren resources remove NAME…"),
            ("ps --nonsense", "option --nonsense is not known\nhint: warren ps --help"),
            (
                "plan --trace x --subnet a",
                "option --subnet is not known\nhint: did you mean --subnets? (warren plan --help)",
            ),
            ("plan --trace", "option --trace needs a value\nhint: warren plan --help"),
            ("plan --trace --compare", "option --trace needs a value\nhint: warren plan --help"),
            ("serve --eni-model", "option --eni-model needs a value\nhint: warren serve --help"),
            ("plan", "option --trace is missing\nhint: warren plan --help"),
            ("plan --trace x --trace y", "option --trace is given twice"),
            ("ps --watch=1", "option --watch takes no value\nhint: warren ps --help"),
            ("ps x", "word x is not understood\nhint: warren ps --help"),
            (
                "attach --subnet s --name n ls",
                "word ls is not understood\nhint: the command stands after --",
            ),
            ("attach --name n -- ls", "option --subnet is missing\nhint: warren attach --help"),
            ("explain a b", "word b is not understood\nhint: warren explain --help"),
            ("serve --iam on", "IAM mode on is not known\nhint: enforce or off"),
            (
                "plan --trace x --eni-model new",
                "ENI model new is not known\nhint: classic, hyperplane or both",
            ),
            (
                "ps --output jsn",
                "output jsn is not known\nhint: did you mean json? (table or json)",
            ),
            ("man serv", "command serv is not known\nhint: did you mean serve? "),
            ("supports lamda", "service lamda is not known\nhint: did you mean lambda? ("),
            (
                "plan --trace x --spread wide",
                "spread wide is not known\nhint: uniform, exponential or equidistant",
            ),
            (
                "plan --trace x --keep-alive 1m,5m",
                "several subnets or keep-alive times are for --compare\nhint: add --compare",
            ),
        ] {
            assert!(refused(line).starts_with(told), "{line}: {}", refused(line));
        }
    }

    #[test]
    fn what_does_not_go_together_is_told_by_its_names() {
        for (line, told) in [
            (
                "plan --trace x --subnets a=10.0.0.0/24 --terraform-show f",
                "--subnets and --terraform-show each tell of subnets\nhint: give one of them, or add",
            ),
            (
                "plan --trace x --from-endpoint aws --cloudformation f --subnets a=10.0.0.0/24",
                "--subnets, --cloudformation and --from-endpoint each tell of subnets\nhint: ",
            ),
            (
                "plan --trace x --terraform-show f --terraform-show g",
                "several subnets or keep-alive times are for --compare\nhint: add --compare",
            ),
            (
                "plan --trace x --cold-start --bogus",
                "option --bogus is not known\nhint: warren plan",
            ),
            ("plan --trace x --cold-start --compare", "option --cold-start needs a value\nhint: "),
            (
                "--region eu-west-1 ps",
                "option --region is not known\nhint: options stand after the command (warren ps --help)",
            ),
            ("--bogus ps", "option --bogus is not known\nhint: warren ps --help"),
            (
                "serve --idle-timeout 5 --keep-alive hybrid",
                "options --idle-timeout and --keep-alive say the same thing\nhint: give one of them",
            ),
            ("completions tcsh", "shell tcsh is not known\nhint: bash, zsh or fish"),
            (
                "bench nope",
                "part nope is not known\nhint: network, cold, warm, burst, describe, neighbour, sources or plan",
            ),
            (
                "plan --trace x --eni-model both --decisions d",
                "--decisions is for one plan\nhint: leave --compare out",
            ),
        ] {
            assert!(refused(line).starts_with(told), "{line}: {}", refused(line));
        }
    }

    #[test]
    fn values_that_are_none_are_named() {
        for (line, told) in [
            ("serve --listen here", "address here is not one"),
            ("serve --idle-timeout -1", "span -1 is not a number of seconds"),
            ("serve --retry-delays 1", "delays 1 are not two"),
            ("serve --concurrency many", "--concurrency many is not a whole number"),
            ("serve --concurrency 0", "--concurrency 0 is not a whole number from 1 to"),
            ("serve --network-interfaces 0", "--network-interfaces 0 is not a whole number from 1"),
            ("serve --endpoint-url foo", "endpoint foo is not one\nhint: for instance http://127"),
            ("serve --endpoint-url ftp://x", "endpoint ftp://x is not one"),
            ("serve --endpoint-url http://", "endpoint http:// is not one"),
            ("serve --msk a=b:1", "cluster a=b:1 is not one\nhint: for"),
            ("serve --outside-allow 10.1.0.1/16", "network 10.1.0.1/16 is not one\nhint: for"),
            ("serve --listen localhost", "address localhost is not one"),
            ("ps --account 1", "account 1 is not one\nhint: 12 digits"),
            ("resources --account 12345678901x", "account 12345678901x is not one"),
            ("ps --region Ireland", "region Ireland is not one\nhint: for instance us-east-1"),
            ("serve --s3 ftp://x", "S3 endpoint ftp://x is not one"),
            ("serve --log loud", "log levels loud are not understood"),
            ("ps --endpoint nowhere", "endpoint nowhere is not one"),
            ("record --for long", "--for long is not a time"),
            ("expose --subnet s --name n http=80", "port http=80 is not one"),
            ("expose --subnet s --name n 80 81 80=127.0.0.1:8", "port 80 is exposed twice\nhint: "),
            ("plan --trace x --subnets a", "subnet a is not understood"),
            ("plan --trace x --subnets a=10.0.0.0/8", "subnet a=10.0.0.0/8 is not of /16 to /28"),
            (
                "plan --trace x --subnets a=10.0.0.0/24,a=10.0.1.0/24",
                "subnet a=10.0.1.0/24: each needs",
            ),
            ("plan --trace x --functions all", "--functions all is not understood"),
            ("plan --trace x --functions vpc=101%", "--functions vpc=101% is not understood"),
            ("plan --trace x --reserved f", "--reserved f is not understood"),
            (
                "plan --trace x --subnets a=10.0.0.0/24 --others a",
                "--others a is not understood\nhint: --others a=3,b=1",
            ),
            (
                "plan --trace x --subnets a=10.0.0.0/24 --others b=1",
                "--others: there is no subnet b among --subnets",
            ),
            ("plan --trace x --others b=1", "option --subnets is missing"),
            ("plan --trace x --cold-start -1s", "--cold-start -1s is not understood"),
            ("plan --trace x --cold-start 16m", "--cold-start 16m is not understood"),
            ("plan --trace x --timeout 901", "--timeout 901 is not a whole number from 1 to 900"),
            ("plan --trace x --local a", "--local a is not understood\nhint: --local KEY=VALUE"),
        ] {
            assert!(refused(line).starts_with(told), "{line}: {}", refused(line));
        }
    }
}
