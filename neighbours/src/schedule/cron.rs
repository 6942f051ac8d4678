//! Cron expressions as EventBridge has them: six fields, of which the last is the year.
//!
//! `minutes hours day-of-month month day-of-week year`. One of the two fields of days is `?`. Times are
//! civil: what they are in a time zone is not known here.

#[cfg(test)]
mod tests;

use wire::time::{date, days};

/// Minutes of a day.
const DAY: i64 = 24 * 60;
/// The years that may be named.
const YEARS: (i64, i64) = (1970, 2199);
const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// A cron expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cron {
    minutes: Set,
    hours: Set,
    days: Days,
    months: Set,
    years: Set,
}

/// Which days of a month are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Days {
    OfMonth(Set),
    /// The last, `L`.
    LastOfMonth,
    /// The last from Monday to Friday, `LW`.
    LastWorkday,
    /// The one from Monday to Friday that is nearest to a day within its month, `15W`.
    Workday(i64),
    OfWeek(Set),
    /// The last of a weekday, `6L`.
    LastOfWeek(i64),
    /// So many-th of a weekday, `6#3`.
    NthOfWeek(i64, i64),
}

/// Numbers of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Set([u64; 4]);

impl Set {
    /// Numbers are below 256 once years are counted from 1970.
    fn slot(number: i64) -> (usize, u64) {
        let number = if number >= YEARS.0 { number - YEARS.0 } else { number };
        let number = usize::try_from(number).unwrap_or_default() & 255;
        (number / 64, 1 << (number % 64))
    }

    fn add(&mut self, number: i64) {
        let (word, bit) = Set::slot(number);
        self.0[word] |= bit;
    }

    fn has(&self, number: i64) -> bool {
        let (word, bit) = Set::slot(number);
        self.0[word] & bit != 0
    }
}

/// What a field takes.
struct Field {
    least: i64,
    most: i64,
    names: &'static [&'static str],
    /// Whether a range may go over the end, as from Saturday to Monday.
    wraps: bool,
}

const MINUTE: Field = Field { least: 0, most: 59, names: &[], wraps: true };
const HOUR: Field = Field { least: 0, most: 23, names: &[], wraps: true };
const DAY_OF_MONTH: Field = Field { least: 1, most: 31, names: &[], wraps: true };
const MONTH: Field = Field { least: 1, most: 12, names: &MONTHS, wraps: true };
const DAY_OF_WEEK: Field = Field { least: 1, most: 7, names: &WEEKDAYS, wraps: true };
const YEAR: Field = Field { least: YEARS.0, most: YEARS.1, names: &[], wraps: false };

impl Field {
    fn set(&self, text: &str) -> Option<Set> {
        let mut set = Set::default();
        for item in text.split(',') {
            self.item(item, &mut set)?;
        }
        Some(set)
    }

    /// Adds what one item of a list names: `*`, `5`, `5-9`, and each with a step.
    fn item(&self, item: &str, into: &mut Set) -> Option<()> {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, Some(number(step)?)),
            None => (item, None),
        };
        let (first, last) = match range.split_once('-') {
            Some((first, last)) => (self.value(first)?, self.value(last)?),
            None if range == "*" => (self.least, self.most),
            None => {
                let first = self.value(range)?;
                (first, if step.is_some() { self.most } else { first })
            }
        };
        let step = step.unwrap_or(1);
        if !(1..=self.most).contains(&step) || (first > last && !self.wraps) {
            return None;
        }
        let size = self.most - self.least + 1;
        let length = (last - first).rem_euclid(size);
        let mut at = 0;
        while at <= length {
            into.add(self.least + (first - self.least + at) % size);
            at += step;
        }
        Some(())
    }

    fn value(&self, text: &str) -> Option<i64> {
        let named = self.names.iter().position(|name| name.eq_ignore_ascii_case(text));
        let value = match named {
            Some(at) => i64::try_from(at).ok()? + self.least,
            None => number(text)?,
        };
        (self.least..=self.most).contains(&value).then_some(value)
    }
}

fn number(text: &str) -> Option<i64> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

impl Cron {
    /// Reads what stands between the brackets of `cron(…)`; none where EventBridge takes it for none.
    pub(crate) fn parse(text: &str) -> Option<Cron> {
        let fields: Vec<&str> = text.split_ascii_whitespace().collect();
        let [minutes, hours, day_of_month, months, day_of_week, years] = fields[..] else {
            return None;
        };
        let days = match (day_of_month, day_of_week) {
            ("?", "?") => return None,
            (field, "?") => Days::of_month(field)?,
            ("?", field) => Days::of_week(field)?,
            _ => return None,
        };
        Some(Cron {
            minutes: MINUTE.set(minutes)?,
            hours: HOUR.set(hours)?,
            days,
            months: MONTH.set(months)?,
            years: YEAR.set(years)?,
        })
    }

    /// The first minute that is meant behind one; both are counted from the epoch.
    pub(crate) fn next(&self, after: i64) -> Option<i64> {
        let mut day = (after + 1).div_euclid(DAY);
        let mut from = (after + 1).rem_euclid(DAY);
        loop {
            let (year, month, of_month) = date(day);
            let month = i64::from(month);
            let next = if year > YEARS.1 {
                return None;
            } else if year < YEARS.0 || !self.years.has(year) {
                days(year.max(YEARS.0 - 1) + 1, 1, 1)
            } else if !self.months.has(month) {
                first_of_next(year, month)
            } else {
                let is_meant = self.days.have(day, year, month, i64::from(of_month));
                let found = is_meant.then(|| self.minute(from)).flatten();
                if let Some(minute) = found {
                    return Some(day * DAY + minute);
                }
                day + 1
            };
            (day, from) = (next, 0);
        }
    }

    /// The first minute of a day that is meant, from one on.
    fn minute(&self, from: i64) -> Option<i64> {
        let is_meant = |at: &i64| self.hours.has(at / 60) && self.minutes.has(at % 60);
        (from..DAY).find(is_meant)
    }
}

fn first_of_next(year: i64, month: i64) -> i64 {
    if month == 12 { days(year + 1, 1, 1) } else { days(year, month + 1, 1) }
}

/// From Sunday, which is 1.
fn weekday(day: i64) -> i64 {
    (day + 4).rem_euclid(7) + 1
}

impl Days {
    fn of_month(field: &str) -> Option<Days> {
        match field.to_ascii_uppercase().as_str() {
            "L" => Some(Days::LastOfMonth),
            "LW" => Some(Days::LastWorkday),
            text => match text.strip_suffix('W') {
                Some(day) => DAY_OF_MONTH.value(day).map(Days::Workday),
                None => DAY_OF_MONTH.set(text).map(Days::OfMonth),
            },
        }
    }

    fn of_week(field: &str) -> Option<Days> {
        let text = field.to_ascii_uppercase();
        if let Some((day, nth)) = text.split_once('#') {
            let nth = number(nth).filter(|nth| (1..=5).contains(nth))?;
            return Some(Days::NthOfWeek(DAY_OF_WEEK.value(day)?, nth));
        }
        match text.strip_suffix('L') {
            // By itself it is the last day of the week.
            Some("") => DAY_OF_WEEK.set("7").map(Days::OfWeek),
            Some(day) => DAY_OF_WEEK.value(day).map(Days::LastOfWeek),
            None => DAY_OF_WEEK.set(&text).map(Days::OfWeek),
        }
    }

    /// Whether a day is meant, which is also given as a date.
    fn have(&self, day: i64, year: i64, month: i64, of_month: i64) -> bool {
        let last = || first_of_next(year, month) - days(year, month, 1);
        match *self {
            Days::OfMonth(set) => set.has(of_month),
            Days::LastOfMonth => of_month == last(),
            Days::LastWorkday => of_month == workday(day - of_month, last(), last()),
            Days::Workday(wanted) if wanted > last() => false,
            Days::Workday(wanted) => of_month == workday(day - of_month, wanted, last()),
            Days::OfWeek(set) => set.has(weekday(day)),
            Days::LastOfWeek(wanted) => weekday(day) == wanted && of_month + 7 > last(),
            Days::NthOfWeek(wanted, nth) => weekday(day) == wanted && (of_month - 1) / 7 + 1 == nth,
        }
    }
}

/// The day from Monday to Friday that is nearest to one, and in the same month.
fn workday(before_month: i64, wanted: i64, last: i64) -> i64 {
    match weekday(before_month + wanted) {
        7 if wanted == 1 => 3,
        7 => wanted - 1,
        1 if wanted == last => wanted - 2,
        1 => wanted + 1,
        _ => wanted,
    }
}
