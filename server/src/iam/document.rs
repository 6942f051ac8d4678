//! Policy documents as they are judged: read once and kept for whoever asks next.
//!
//! Documents were checked when they came. What is not understood all the same, since an earlier server
//! took it, keeps out and lets in nobody: it holds of a denial, and not of an allowance.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use serde_json::Value;
use wire::policy::{are_conditions, are_principals};

use crate::glob::Glob;
use crate::iam::condition::{Operator, escaped, words};

/// A document.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) statements: Vec<Statement>,
    /// Variables are those of documents of the present language alone.
    pub(super) has_variables: bool,
}

/// A statement; what of it is not understood is none.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) is_denial: bool,
    pub(super) actions: Option<But<Actions>>,
    pub(super) resources: Option<But<Vec<Resource>>>,
    pub(super) principals: Option<But<Principals>>,
    pub(super) conditions: Option<Vec<Condition>>,
}

/// Things, or all but those.
#[derive(Debug)]
pub(super) enum But<T> {
    These(T),
    Others(T),
}

/// Patterns of actions, by the service before their colon where that is no pattern itself.
#[derive(Debug, Default)]
pub(super) struct Actions {
    of: HashMap<String, Vec<Glob>>,
    any: Vec<Glob>,
}

/// A pattern of ARNs.
#[derive(Debug)]
pub(super) enum Resource {
    Plain(Glob),
    /// One with variables, which each question fills.
    Filled(String),
}

/// Whom a statement names.
#[derive(Debug, Default)]
pub(super) struct Principals {
    pub(super) is_everyone: bool,
    pub(super) callers: Vec<String>,
    pub(super) services: Vec<String>,
}

/// A condition of one key.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) operator: Operator,
    pub(super) key: String,
    pub(super) wanted: Value,
}

impl<T> But<T> {
    /// Whether something is meant, by how that is found among the things.
    pub(super) fn means(&self, is_among: impl Fn(&T) -> bool) -> bool {
        match self {
            But::These(things) => is_among(things),
            But::Others(things) => !is_among(things),
        }
    }
}

impl Actions {
    /// Whether an action, in small letters, is one of these.
    pub(super) fn have(&self, action: &str) -> bool {
        let service = action.split(':').next().unwrap_or_default();
        let own = self.of.get(service).into_iter().flatten();
        own.chain(&self.any).any(|pattern| pattern.matches(action))
    }

    fn read(words: Vec<String>) -> Actions {
        let mut actions = Actions::default();
        for word in words {
            let word = word.to_ascii_lowercase();
            let pattern = Glob::plain(&word);
            match word.split_once(':') {
                Some((service, _)) if !service.contains(['*', '?']) => {
                    actions.of.entry(service.to_owned()).or_default().push(pattern);
                }
                _ => actions.any.push(pattern),
            }
        }
        actions
    }
}

impl Document {
    /// Reads a document; none where nobody can say what it means.
    fn read(text: &str) -> Option<Document> {
        let document: Value = serde_json::from_str(text).ok()?;
        let has_variables = document["Version"] == "2012-10-17";
        let found = match &document["Statement"] {
            one @ Value::Object(_) => std::slice::from_ref(one),
            Value::Array(many) => many.as_slice(),
            _ => return None,
        };
        let is_whole = !found.is_empty() && found.iter().all(Value::is_object);
        let read = |statement| Statement::read(statement, has_variables);
        is_whole.then(|| Document { statements: found.iter().map(read).collect(), has_variables })
    }
}

impl Statement {
    fn read(statement: &Value, has_variables: bool) -> Statement {
        let resource = |word: String| match has_variables && word.contains("${") {
            true => Resource::Filled(word),
            false => Resource::Plain(Glob::escaped(&escaped(&word))),
        };
        Statement {
            is_denial: statement["Effect"] != "Allow",
            actions: either(statement, "Action", "NotAction", texts)
                .map(|it| it.map(Actions::read)),
            resources: either(statement, "Resource", "NotResource", texts)
                .map(|it| it.map(|words| words.into_iter().map(resource).collect())),
            principals: either(statement, "Principal", "NotPrincipal", principals),
            conditions: conditions(&statement["Condition"]),
        }
    }
}

impl<T> But<T> {
    fn map<U>(self, make: impl FnOnce(T) -> U) -> But<U> {
        match self {
            But::These(things) => But::These(make(things)),
            But::Others(things) => But::Others(make(things)),
        }
    }
}

/// What a member has, or its opposite.
fn either<T>(
    statement: &Value,
    name: &str,
    opposite: &str,
    read: impl Fn(&Value) -> Option<T>,
) -> Option<But<T>> {
    match (&statement[name], &statement[opposite]) {
        (Value::Null, Value::Null) => None,
        (these, Value::Null) => read(these).map(But::These),
        (Value::Null, others) => read(others).map(But::Others),
        _ => None,
    }
}

/// The texts of a member that is one or a list.
fn texts(value: &Value) -> Option<Vec<String>> {
    let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    list.iter().map(|word| word.as_str().map(str::to_owned)).collect()
}

fn principals(value: &Value) -> Option<Principals> {
    let of = |kind: &str| words(&value[kind]).collect::<Vec<_>>();
    are_principals(value).then(|| Principals {
        is_everyone: value == "*",
        callers: of("AWS"),
        services: of("Service"),
    })
}

fn conditions(value: &Value) -> Option<Vec<Condition>> {
    let mut all = Vec::new();
    for (operator, keys) in value.as_object().into_iter().flatten() {
        let operator = Operator::parse(operator)?;
        for (key, wanted) in keys.as_object()? {
            all.push(Condition { operator, key: key.clone(), wanted: wanted.clone() });
        }
    }
    are_conditions(value).then_some(all)
}

/// Bytes of the texts of documents that are kept read, at the most; what is made of them has some more.
const KEPT: usize = 2 << 20;

/// Documents that were read, by their texts. Those that nobody has asked for go when there are too many:
/// what is asked for moves from the older ones to the newer.
#[derive(Debug, Default)]
struct Kept {
    newer: Generation,
    older: Generation,
}

/// By the hashes of their texts, of which each has one.
#[derive(Debug, Default)]
struct Generation {
    read: HashMap<u64, Read>,
    bytes: usize,
}

/// A text, and what it says, if anybody can tell.
#[derive(Debug, Clone)]
struct Read {
    text: Arc<str>,
    document: Option<Arc<Document>>,
}

impl Kept {
    fn find(&mut self, hash: u64, text: &str) -> Option<Option<Arc<Document>>> {
        let is_meant = |read: &&Read| *read.text == *text;
        if let Some(read) = self.newer.read.get(&hash).filter(is_meant) {
            return Some(read.document.clone());
        }
        let read = self.older.read.get(&hash).filter(is_meant)?.clone();
        let document = read.document.clone();
        self.keep(hash, read);
        Some(document)
    }

    fn keep(&mut self, hash: u64, read: Read) {
        if self.newer.bytes + read.text.len() > KEPT / 2 {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.bytes += read.text.len();
        if let Some(before) = self.newer.read.insert(hash, read) {
            self.newer.bytes -= before.text.len();
        }
    }
}

/// What a document says, read anew where it is not kept; none where nobody can tell.
pub(super) fn read(text: &str) -> Option<Arc<Document>> {
    static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static ALL: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);
    let hash = HASHER.hash_one(text);
    // It is whole between any two of its lines, and nothing but memory is asked for there.
    let kept = || ALL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = kept().find(hash, text) {
        return found;
    }
    let document = Document::read(text).map(Arc::new);
    if text.len() <= KEPT / 4 {
        kept().keep(hash, Read { text: text.into(), document: document.clone() });
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_kept_as_long_as_there_is_room() {
        let mut kept = Kept::default();
        let size = KEPT / 2 / 4;
        let text = |n: u64| format!("{n:02}{}", "x".repeat(size - 2));
        let keep = |kept: &mut Kept, n: u64| {
            kept.keep(n, Read { text: text(n).into(), document: None });
        };
        for n in 0..4 {
            keep(&mut kept, n);
        }
        assert!(kept.find(0, &text(1)).is_none(), "another text of the same hash");
        for n in 4..7 {
            keep(&mut kept, n);
            assert!(kept.find(0, &text(0)).is_some(), "what is asked for stays");
        }
        for n in 7..12 {
            keep(&mut kept, n);
        }
        assert!(kept.find(1, &text(1)).is_none());
        assert!(kept.newer.bytes + kept.older.bytes <= KEPT);
        let counted = |it: &Generation| it.read.values().map(|it| it.text.len()).sum::<usize>();
        assert_eq!(kept.newer.bytes, counted(&kept.newer));
    }

    #[test]
    fn what_conditions_may_have_is_what_is_judged() {
        for name in wire::policy::OPERATORS {
            assert!(Operator::parse(name).is_some(), "{name}");
        }
        for (name, is_known) in [
            ("ForAnyValue:StringLikeIfExists", true),
            ("NullIfExists", false),
            ("StringResembles", false),
            ("ForNoValue:StringEquals", false),
        ] {
            assert_eq!(wire::policy::is_operator(name), is_known, "{name}");
            assert_eq!(Operator::parse(name).is_some(), is_known, "{name}");
        }
    }

    /// How long a question of a large document takes; figures for people, since no test depends on speed.
    #[test]
    #[ignore = "it measures"]
    fn speed() {
        use crate::iam::judge::{Question, judge};
        use crate::iam::{Values, managed};
        let text = managed()["arn:aws:iam::aws:policy/ReadOnlyAccess"].document();
        let values = Values::default();
        let action = "lambda:GetFunction";
        let question =
            Question { action, resource: "arn:aws:lambda:x:7:function:f", values: &values };
        let began = std::time::Instant::now();
        for _ in 0..100 {
            std::hint::black_box(Document::read(text));
        }
        println!("{:?} to read {} bytes", began.elapsed() / 100, text.len());
        let began = std::time::Instant::now();
        for _ in 0..1_000 {
            std::hint::black_box(judge([text], &question));
        }
        println!("{:?} to judge a question", began.elapsed() / 1_000);
    }
}
