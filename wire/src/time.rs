//! Instants as AWS spells them, from and to milliseconds since the epoch.

use std::ops::Range;

/// A civil date and time in UTC.
struct Civil {
    year: i64,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    millisecond: u32,
    /// 0 is Thursday, the day of the epoch.
    weekday: usize,
}

const DAY: i64 = 86_400_000;

fn civil(millis: i64) -> Civil {
    let (days, rest) = (millis.div_euclid(DAY), millis.rem_euclid(DAY));
    let (year, month, day) = date(days);
    Civil {
        year,
        month,
        day,
        hour: (rest / 3_600_000) as u32,
        minute: (rest / 60_000 % 60) as u32,
        second: (rest / 1_000 % 60) as u32,
        millisecond: (rest % 1_000) as u32,
        weekday: days.rem_euclid(7) as usize,
    }
}

/// The civil date, as year, month and day, of a day that is counted from the epoch.
pub fn date(days: i64) -> (i64, u32, u32) {
    // Days are counted from 1 March of year 0, so that the leap day ends its year.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month as u32, (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32)
}

/// Days from the epoch to a civil date.
pub fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// `2026-11-25T02:26:54Z`, as the query protocol has it.
pub fn iso8601(millis: i64) -> String {
    let Civil { year, month, day, hour, minute, second, .. } = civil(millis);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// `2026-11-25T02:26:54.123Z`, as EC2 has it.
pub fn iso8601_millis(millis: i64) -> String {
    let Civil { year, month, day, hour, minute, second, millisecond, .. } = civil(millis);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z")
}

/// `2026-11-25T02:26:54.123+0000`, Lambda's `LastModified`.
pub fn last_modified(millis: i64) -> String {
    let mut text = iso8601_millis(millis);
    text.truncate(text.len() - 1);
    text + "+0000"
}

/// `20261125T022654Z`, as signatures have it.
pub fn basic(millis: i64) -> String {
    let Civil { year, month, day, hour, minute, second, .. } = civil(millis);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `Wed, 25 Nov 2026 02:26:54 GMT`, as headers have it.
pub fn http_date(millis: i64) -> String {
    let Civil { year, month, day, hour, minute, second, weekday, .. } = civil(millis);
    let (weekday, month) = (WEEKDAYS[weekday], MONTHS[month as usize - 1]);
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

/// `25/Nov/2026:02:26:54 +0000`, as logs of web servers and the events of API Gateway have it.
pub fn common_log(millis: i64) -> String {
    let Civil { year, month, day, hour, minute, second, .. } = civil(millis);
    let month = MONTHS[month as usize - 1];
    format!("{day:02}/{month}/{year:04}:{hour:02}:{minute:02}:{second:02} +0000")
}

/// Milliseconds of `20261125T022654Z`.
pub fn parse_basic(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 16 || bytes[8] != b'T' || bytes[15] != b'Z' {
        return None;
    }
    assemble(text, [0..4, 4..6, 6..8, 9..11, 11..13, 13..15])
}

/// Milliseconds of `Wed, 25 Nov 2026 02:26:54 GMT`; the weekday may be any.
pub fn parse_http_date(text: &str) -> Option<i64> {
    let (weekday, rest) = text.split_once(", ")?;
    if !WEEKDAYS.contains(&weekday) || rest.len() != 24 || !rest.ends_with(" GMT") {
        return None;
    }
    let bytes = rest.as_bytes();
    if (bytes[2], bytes[6], bytes[11], bytes[14], bytes[17]) != (b' ', b' ', b' ', b':', b':') {
        return None;
    }
    let month = MONTHS.iter().position(|month| rest.get(3..6) == Some(month))? + 1;
    let digits = |range: Range<usize>| rest.get(range);
    let (day, year, time) = (digits(0..2)?, digits(7..11)?, digits(12..20)?.replace(':', ""));
    parse_basic(&format!("{year}{month:02}{day}T{time}Z"))
}

/// Milliseconds of `2026-11-25T02:26:54[.123…](Z|±hh:mm)`.
pub fn parse_iso8601(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() < 20 || !text.is_ascii() || !matches!(bytes[10], b'T' | b't') {
        return None;
    }
    if (bytes[4], bytes[7], bytes[13], bytes[16]) != (b'-', b'-', b':', b':') {
        return None;
    }
    let seconds = assemble(text, [0..4, 5..7, 8..10, 11..13, 14..16, 17..19])?;
    let rest = &text[19..];
    let (fraction, zone) = match rest.strip_prefix('.') {
        None => (0, rest),
        Some(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let fraction: String = rest[..digits].chars().chain("00".chars()).take(3).collect();
            (number(&fraction)?, &rest[digits..])
        }
    };
    let offset = match zone.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let minutes = number(&zone[1..3])? * 60 + number(&zone[4..6])?;
            if *sign == b'+' { minutes } else { -minutes }
        }
        _ => return None,
    };
    Some(seconds + fraction - offset * 60_000)
}

fn assemble(text: &str, fields: [Range<usize>; 6]) -> Option<i64> {
    let field = |i: usize| text.get(fields[i].clone()).and_then(number);
    let (year, month, day) = (field(0)?, field(1)?, field(2)?);
    let (hour, minute, second) = (field(3)?, field(4)?, field(5)?);
    let plausible = (1..=12).contains(&month) && (1..=31).contains(&day);
    if !plausible || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    Some(days(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * 1_000)
}

fn number(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_known_instants() {
        let instant = 1_764_037_614_123;
        assert_eq!(iso8601(instant), "2025-11-25T02:26:54Z");
        assert_eq!(last_modified(instant), "2025-11-25T02:26:54.123+0000");
        assert_eq!(http_date(instant), "Tue, 25 Nov 2025 02:26:54 GMT");
        assert_eq!(basic(0), "19700101T000000Z");
        assert_eq!(iso8601_millis(951_782_400_000), "2000-02-29T00:00:00.000Z");
    }

    #[test]
    fn reads_what_it_spells() {
        for day in -200_000..200_000 {
            let millis = day * DAY / 7 + day.rem_euclid(1_000);
            if (0..10_000).contains(&civil(millis).year) {
                assert_eq!(parse_iso8601(&iso8601_millis(millis)), Some(millis));
                let whole = Some(millis.div_euclid(1_000) * 1_000);
                assert_eq!(parse_basic(&basic(millis)), whole);
                assert_eq!(parse_http_date(&http_date(millis)), whole);
            }
        }
    }

    #[test]
    fn reads_zones_and_refuses_nonsense() {
        let expected = parse_iso8601("2025-11-25T02:26:54Z");
        assert_eq!(parse_iso8601("2025-11-25T04:26:54+02:00"), expected);
        assert_eq!(parse_iso8601("2025-11-25T02:26:54.5Z"), expected.map(|m| m + 500));
        for text in [
            "",
            "2025-11-25",
            "2025-13-25T02:26:54Z",
            "2025-11-25T02:26:54",
            "+025-11-25T02:26:54Z",
        ] {
            assert_eq!(parse_iso8601(text), None, "{text}");
        }
        assert_eq!(parse_basic("20251125T0226é4Z"), None);
        for text in [
            "",
            "Tue, 25 Nov 2025 02:26:54 UTC",
            "Tue, 25 Nov 2025 02:26:54 +0000 GMT",
            "Tue, 25 Nov 2025 02-26-54 GMT",
            "Tue, 25 Now 2025 02:26:54 GMT",
            "Die, 25 Nov 2025 02:26:54 GMT",
            "Tue, 25 Név 202502:26:54  GMT",
        ] {
            assert_eq!(parse_http_date(text), None, "{text}");
        }
    }
}
