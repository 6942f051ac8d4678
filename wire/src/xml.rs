//! XML as AWS's responses need it: elements and escaped text.

/// Appends text with XML's special characters escaped; characters that XML 1.0 cannot hold become U+FFFD.
pub(crate) fn text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#xD;"),
            '\t' | '\n' => out.push(c),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}

/// Appends `<name>…</name>` around what `content` appends, or `<name/>` where it appends nothing.
pub(crate) fn element(out: &mut String, name: &str, content: impl FnOnce(&mut String)) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    let start = out.len();
    content(out);
    if out.len() == start {
        out.truncate(start - 1);
        out.push_str("/>");
    } else {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}

/// Appends `<name>text</name>`.
pub(crate) fn leaf(out: &mut String, name: &str, value: &str) {
    element(out, name, |out| text(out, value));
}
