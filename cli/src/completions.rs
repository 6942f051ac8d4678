//! `warren completions`: what a shell needs to complete Warren's commands and options.

use clap::ValueEnum;

/// The words of `warren completions`.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    shell: Shell,
}

/// A shell whose completions are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    /// source <(warren completions bash)
    Bash,
    /// warren completions zsh > a file _warren in a directory of $fpath
    Zsh,
    /// warren completions fish > ~/.config/fish/completions/warren.fish
    Fish,
}

/// Prints the completions of a command line.
pub(crate) fn run(args: &CompletionsArgs, mut of: clap::Command) {
    let shell = match args.shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut of, "warren", &mut script);
    print!("{}", String::from_utf8_lossy(&script));
}
