//! `warren man`: man pages, of Warren as a whole and of each command.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap_mangen::Man;

/// The words of `warren man`.
#[derive(Debug, clap::Args)]
pub(crate) struct ManualArgs {
    /// Of this command only; of Warren as a whole where none is named
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
    /// Writes to files of a directory, all pages where no command is named
    #[arg(long, value_name = "DIRECTORY", value_hint = clap::ValueHint::DirPath)]
    to: Option<PathBuf>,
}

/// Why a man page is not there.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ManualError {
    #[error("man page of {page} cannot be made: {error}")]
    Unmade { page: String, error: io::Error },
    #[error("man page {} cannot be written: {error}", path.display())]
    Unwritable { path: PathBuf, error: io::Error },
}

/// Prints or writes man pages of a command line.
pub(crate) fn run(args: &ManualArgs, of: clap::Command) -> Result<(), ManualError> {
    // Help is in each page.
    let mut of = of.disable_help_subcommand(true);
    // Only then the commands know what they are called by.
    of.build();
    let source = format!("warren {}", env!("CARGO_PKG_VERSION"));
    let mut pages = vec![of.clone()];
    pages.extend(of.get_subcommands().cloned());
    if let Some(name) = &args.command {
        pages.retain(|page| page.get_name() == name);
    } else if args.to.is_none() {
        pages.truncate(1);
    }
    for page in pages {
        let man = Man::new(page.clone()).source(source.as_str());
        let mut text = Vec::new();
        man.render(&mut text).map_err(|error| {
            let page = page.get_name().to_owned();
            ManualError::Unmade { page, error }
        })?;
        match &args.to {
            None => print!("{}", String::from_utf8_lossy(&text)),
            Some(directory) => {
                let path = directory.join(man.get_filename());
                fs::create_dir_all(directory)
                    .and_then(|()| fs::write(&path, &text))
                    .map_err(|error| ManualError::Unwritable { path, error })?;
            }
        }
    }
    Ok(())
}
