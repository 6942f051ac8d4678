//! Ranges of bytes that requests ask for.

use wire::ApiError;
use wire::s3::error;

/// A range of an object's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: u64,
    pub(super) length: u64,
}

impl Range {
    /// As `Content-Range` has it.
    pub(super) fn spelled(self, size: u64) -> String {
        format!("bytes {}-{}/{size}", self.start, self.start + self.length - 1)
    }
}

/// The range that a header asks for of so many bytes; none where it is none that is understood, and
/// all is told.
///
/// # Errors
/// When no byte is in it.
pub(super) fn asked(header: &str, size: u64) -> Result<Option<Range>, ApiError> {
    let Some((first, last)) = bounds(header) else { return Ok(None) };
    let unsatisfiable = || {
        error("InvalidRange", "The requested range is not satisfiable")
            .with("ActualObjectSize", size.to_string())
            .with("RangeRequested", header)
    };
    let (start, end) = match (first, last) {
        (Some(first), Some(last)) if last < first => return Ok(None),
        (Some(first), last) => (first, last.map_or(size, |last| size.min(last.saturating_add(1)))),
        (None, Some(0)) => return Err(unsatisfiable()),
        (None, Some(count)) => (size.saturating_sub(count), size),
        (None, None) => return Ok(None),
    };
    match start < end {
        true => Ok(Some(Range { start, length: end - start })),
        false => Err(unsatisfiable()),
    }
}

/// The numbers of `bytes=first-last`.
fn bounds(header: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (first, last) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| match text.trim() {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    };
    Some((number(first)?, number(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_http() {
        let range = |start, length| Some(Range { start, length });
        for (header, found) in [
            ("bytes=0-9", range(0, 10)),
            ("bytes=5-", range(5, 15)),
            ("bytes=-4", range(16, 4)),
            ("bytes=-40", range(0, 20)),
            ("bytes=15-400", range(15, 5)),
            ("bytes=5-4", None),
            ("bytes=a-b", None),
            ("bytes=0-1,4-5", None),
            ("lines=0-1", None),
            ("bytes=-", None),
        ] {
            assert_eq!(asked(header, 20).expect(header), found, "{header}");
        }
        for bad in ["bytes=20-", "bytes=20-30", "bytes=-0"] {
            assert_eq!(asked(bad, 20).expect_err(bad).status, 416, "{bad}");
        }
        asked("bytes=0-", 0).expect_err("nothing is in it");
        assert_eq!(Range { start: 5, length: 2 }.spelled(20), "bytes 5-6/20");
    }
}
