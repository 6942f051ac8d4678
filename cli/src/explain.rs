//! `warren explain`: the tree of causes behind a thing.

use engine::tell::explain::Explanation;

use crate::client::Client;
use crate::options::{Output, Words};
use crate::table;

pub(crate) fn run(words: &[&str]) -> Result<(), String> {
    let mut words = Words::of("explain", words);
    let client = Client::take(&mut words)?;
    let output = Output::take(&mut words)?;
    let things = words.rest()?;
    let [thing] = things.as_slice() else {
        return Err("one thing is to be explained\nhint: warren explain <eni|environment|request id|function|subnet>".into());
    };
    let explanation: Explanation = client.get(&format!("explain/{thing}"))?;
    match output {
        Output::Json => {
            let text = serde_json::to_string_pretty(&explanation);
            println!("{}", text.map_err(|error| error.to_string())?);
        }
        Output::Table => {
            println!("{}", explanation.text);
            branches(&explanation.because, "");
        }
    }
    Ok(())
}

/// Prints what an explanation follows from, as a tree.
pub(crate) fn branches(below: &[Explanation], indent: &str) {
    for (at, each) in below.iter().enumerate() {
        let is_last = at + 1 == below.len();
        let (branch, deeper) = if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        println!("{}{}", table::faint(&format!("{indent}{branch}")), each.text);
        branches(&each.because, &format!("{indent}{deeper}"));
    }
}
