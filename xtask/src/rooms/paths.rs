//! Which modules a text names: by `crate::…`, `super::…`, `self::…`, and by its own children.

use std::collections::BTreeSet;

use super::{Modules, join};

/// The modules of the same crate that a module's text names.
pub(crate) fn imports(module: &str, text: &str, modules: &Modules) -> BTreeSet<String> {
    let code: String = text.lines().map(without_comment).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for path in paths(&code) {
        let mut segments: Vec<&str> = path.split("::").collect();
        let mut base = module.to_owned();
        match segments[0] {
            "crate" => base = String::new(),
            "self" => {}
            "super" => base = parent(&base),
            child if modules.contains_key(&join(module, child)) => segments.insert(0, "self"),
            _ => continue,
        }
        segments.remove(0);
        while segments.first() == Some(&"super") {
            base = parent(&base);
            segments.remove(0);
        }
        let mut named = base;
        for segment in segments {
            match join(&named, segment) {
                inner if modules.contains_key(&inner) => named = inner,
                _ => break,
            }
        }
        if named != module {
            found.insert(named);
        }
    }
    found
}

fn parent(module: &str) -> String {
    module.rsplit_once("::").map_or(String::new(), |(parent, _)| parent.to_owned())
}

fn without_comment(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

/// Every path of two or more segments; those in braces one by one.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(|c: char| c.is_alphabetic() || c == '_') {
        // `.name::` and `::name` go on with something else; `pub(in name::` imports nothing.
        let before = &code[..code.len() - rest.len() + at];
        let is_begun = ["::", ".", "pub(in "].iter().any(|end| before.ends_with(end));
        rest = &rest[at..];
        let end = word(rest);
        if !is_begun && rest[end..].starts_with("::") {
            let taken = path(rest, "", &mut found);
            rest = &rest[taken..];
        } else {
            rest = &rest[end..];
        }
    }
    found
}

/// Takes one path, and all that its braces hold; how many bytes it took.
fn path(text: &str, before: &str, found: &mut Vec<String>) -> usize {
    let mut at = 0;
    let mut name = before.to_owned();
    loop {
        let end = word(&text[at..]);
        if end > 0 {
            name = join(&name, &text[at..at + end]);
            at += end;
        }
        if !text[at..].starts_with("::") {
            found.push(name);
            return at;
        }
        at += 2;
        if text[at..].starts_with('{') {
            at += 1;
            while let Some(next) = text[at..].find(|c: char| !c.is_whitespace() && c != ',') {
                at += next;
                if text[at..].starts_with('}') {
                    return at + 1;
                }
                let taken = path(&text[at..], &name, found);
                at += taken.max(1);
            }
            return at;
        }
        if word(&text[at..]) == 0 {
            found.push(name);
            return at;
        }
    }
}

fn word(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rooms::Module;

    #[test]
    fn every_way_to_name_a_module_is_seen() {
        let names = ["", "a", "a::b", "a::b::c", "d", "e", "f"];
        let module = || Module { file: "".into(), text: String::new() };
        let modules: Modules = names.map(|name| (name.to_owned(), module())).into();
        let text = "use crate::{d::X, e};\nuse super::super::f::{self, Y};\nuse c::Z;\n\
                    // crate::a\nlet x = crate::Thing; std::fmt::Debug; value.d::<u8>();\n\
                    pub(in crate::a) fn f() {}";
        let expected = ["", "a::b::c", "d", "e", "f"].map(str::to_owned);
        assert_eq!(imports("a::b", text, &modules), expected.into());
    }
}
