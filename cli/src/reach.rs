//! `warren reach`: whether something is reached, gate by gate, without a packet being sent.

use std::net::{IpAddr, Ipv6Addr};
use std::process::ExitCode;

use engine::tell::explain::Explanation;
use engine::tell::reach::{ReachPath, ReachTold, Reached};

use crate::client::{Client, ServerArgs};
use crate::failure::Failure;
use crate::output::{self, Output, OutputArgs};
use crate::table;
use crate::usage::UsageError;

/// The words of `warren reach`.
#[derive(Debug, clap::Args)]
pub(crate) struct ReachArgs {
    /// A function (with :VERSION or :ALIAS), a resource, an ENI, an address or internet
    #[arg(value_name = "FROM")]
    from: String,
    /// A resource, an ENI, an address, a name, a service (s3) or internet, with the port of tcp and udp
    #[arg(value_name = "TO[:PORT]")]
    to: String,
    /// tcp, udp, icmp (an echo request) or a number
    #[arg(long, value_name = "NAME", default_value = "tcp")]
    protocol: String,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    server: ServerArgs,
}

/// Ends with 1 where it is not reached, or in part alone.
pub(crate) fn run(args: ReachArgs) -> Result<ExitCode, Failure> {
    let client = Client::new(args.server)?;
    for word in [args.from.as_str(), &args.to, &args.protocol] {
        plain(word)?;
    }
    let (to, port) = target(&args.to);
    let port = port.map_or_else(String::new, |port| format!("/{port}"));
    let (from, to) = (canonical(bare(&args.from)), canonical(to));
    let path = format!("reach/{from}/{to}/{}{port}", args.protocol);
    let told: ReachTold = client.get(&path)?;
    match args.output.output {
        Output::Json => output::print_pretty(&told)?,
        Output::Table => {
            let port = told.port.map_or_else(String::new, |port| format!(" {port}"));
            let verdict = word(told.verdict);
            println!("{} → {}, {}{port}: {verdict}", told.from, told.to, told.protocol);
            // Of a name each address is reached by itself.
            let first = told.paths.first().map(|path| path.destination);
            let has_several = told.paths.iter().any(|path| Some(path.destination) != first);
            let paths = told.paths.iter().map(|path| branch(path, has_several));
            let paths: Vec<Explanation> = paths.collect();
            table::branches(&paths, "");
        }
    }
    Ok(match told.verdict {
        Reached::Reached => ExitCode::SUCCESS,
        Reached::Partly | Reached::Stopped => ExitCode::FAILURE,
    })
}

/// A target, with its port if it has one. An address of IPv6 with a port stands in brackets.
fn target(text: &str) -> (&str, Option<&str>) {
    if bare(text).parse::<Ipv6Addr>().is_ok() {
        return (bare(text), None);
    }
    let (to, port) = text.rsplit_once(':').map_or((text, None), |(to, port)| (to, Some(port)));
    (bare(to), port)
}

/// Whether a word can be an end of a way.
fn plain(word: &str) -> Result<(), Failure> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:$[]".contains(&byte);
    let refused = |what: String, hint: String| Err(UsageError::Other { what, hint }.into());
    if let Some((_, rest)) = word.split_once("://") {
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
        return refused(format!("{word} is a URL"), format!("its host and port: {place}"));
    }
    if let Some((address, _)) = word.split_once('/')
        && bare(address).parse::<IpAddr>().is_ok()
    {
        return refused(format!("{word} is a block"), format!("name one address of it: {address}"));
    }
    if word.is_empty() || !word.bytes().all(is_plain) {
        return refused(
            format!("{word:?} is neither a name nor an id nor an address"),
            "warren reach FROM TO:PORT".to_owned(),
        );
    }
    Ok(())
}

/// An address of IPv4 that is spelled as one of IPv6 is that of IPv4.
fn canonical(word: &str) -> String {
    let address = word.parse::<Ipv6Addr>().map(|it| IpAddr::V6(it).to_canonical().to_string());
    address.unwrap_or_else(|_| word.to_owned())
}

/// An end without the brackets that an address of IPv6 may stand in.
fn bare(text: &str) -> &str {
    text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text)
}

fn word(verdict: Reached) -> &'static str {
    match verdict {
        Reached::Reached => "reached",
        Reached::Partly => "reached in part",
        Reached::Stopped => "not reached",
    }
}

/// What is told of one way.
fn branch(path: &ReachPath, is_one_of_several: bool) -> Explanation {
    let hops = path.hops.iter().map(|hop| {
        let way = if hop.is_reply { "reply" } else { "packet" };
        let text = if hop.passes { hop.text.clone() } else { format!("stopped: {}", hop.text) };
        Explanation::with(format!("{way}: {text}"), Vec::new())
    });
    let mend = path
        .mend
        .iter()
        .map(|command| Explanation::with(format!("what would open it: {command}"), Vec::new()));
    let eni = path.eni.map_or_else(|| "an ENI to be".into(), |eni| eni.to_string());
    let from = match path.subnet {
        Some(subnet) => format!("from {} of {eni} in {subnet}", path.source),
        None => format!("from {}, outside of all VPCs, to {}", path.source, path.destination),
    };
    let to = match is_one_of_several && path.subnet.is_some() {
        true => format!(" to {}", path.destination),
        false => String::new(),
    };
    let text = format!("{from}{to}: {}", word(path.verdict));
    Explanation::with(text, hops.chain(mend).collect())
}
