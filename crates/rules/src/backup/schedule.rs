//! How often a backup plan's schedule runs.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// When a rule runs that has no schedule: every day.
const DEFAULT: &str = "cron(0 5 ? * * *)";

/// The longest time that passes between two runs of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// So many minutes by the schedule's own clock: a change to daylight saving time is not counted.
    Minutes(i64),
    /// The schedule ends, or never runs.
    Endless,
}

/// The longest gap of a schedule, or `None` where the schedule can't be read.
pub(super) fn longest_gap(expression: Option<&str>) -> Option<Gap> {
    let expression = expression.map(str::trim).filter(|text| !text.is_empty()).unwrap_or(DEFAULT);
    let (kind, arguments) = expression.strip_suffix(')')?.split_once('(')?;
    match kind {
        "cron" => {
            let cron = Cron::parse(&arguments.to_ascii_uppercase())?;
            Some(cron.longest_gap().map_or(Gap::Endless, Gap::Minutes))
        }
        "rate" => rate(arguments).map(Gap::Minutes),
        _ => None,
    }
}

fn rate(arguments: &str) -> Option<i64> {
    let (number, unit) = arguments.trim().split_once(' ')?;
    let minutes = match unit.trim() {
        "minute" | "minutes" => 1,
        "hour" | "hours" => HOUR,
        "day" | "days" => DAY,
        _ => return None,
    };
    number.parse::<u32>().ok().filter(|number| *number > 0).map(|number| i64::from(number) * minutes)
}

/// A cron expression of AWS: six fields, of which those of days may hold `L`, `W` and `#`.
struct Cron {
    /// The minutes of a day at which it runs, in order.
    minutes: Vec<i64>,
    months: Vec<i64>,
    days: Vec<DayOfMonth>,
    weekdays: Vec<DayOfWeek>,
    /// Whether it runs only in certain years, and so ends.
    ends: bool,
}

enum DayOfMonth {
    Number(i64),
    /// Days before the month's last: 0 for `L`, 3 for `L-3`.
    BeforeLast(i64),
    /// The working day nearest to a day: `15W`.
    Nearest(i64),
    LastWorkingDay,
}

/// Days of the week are counted from Sunday, which is 1.
enum DayOfWeek {
    Number(i64),
    /// The last such day of the month: `5L`.
    Last(i64),
    /// The nth such day of the month: `2#1`.
    Nth(i64, i64),
}

impl Cron {
    fn parse(fields: &str) -> Option<Self> {
        let fields: Vec<_> = fields.split_whitespace().collect();
        let [minutes, hours, days, months, weekdays, years] = fields.try_into().ok()?;
        let hours = numbers(hours, 0, 23, &[])?;
        let minutes = numbers(minutes, 0, 59, &[])?;
        Some(Self {
            minutes: hours.iter().flat_map(|hour| minutes.iter().map(move |minute| hour * HOUR + minute)).collect(),
            months: numbers(months, 1, 12, MONTHS)?,
            days: DayOfMonth::parse(days)?,
            weekdays: DayOfWeek::parse(weekdays)?,
            ends: years != "*",
        })
    }

    fn longest_gap(&self) -> Option<i64> {
        if self.ends {
            return None;
        }
        // After 28 years weekdays and dates meet again, so that the next run after the last is the first once more; most
        // schedules look at weekdays alone and repeat every week.
        let first_day = date(2001, 1, 1);
        let cycle = if self.repeats_weekly() { 7 } else { 28 * 1461 / 4 };
        let days: Vec<_> = (0..cycle).filter(|day| self.runs_on(first_day.saturating_add(day.days()))).collect();
        let (earliest, latest) = (*self.minutes.first()?, *self.minutes.last()?);
        let again = *days.first()? + cycle;
        let overnight = days.iter().zip(days.iter().skip(1).chain([&again])).map(|(day, next)| next - day).max()?;
        let by_day = self.minutes.iter().zip(&self.minutes[1..]).map(|(minute, next)| next - minute).max();
        Some((overnight * DAY + earliest - latest).max(by_day.unwrap_or(0)))
    }

    fn repeats_weekly(&self) -> bool {
        let every_day =
            (1..=31).all(|day| self.days.iter().any(|term| matches!(term, DayOfMonth::Number(n) if *n == day)));
        every_day && self.months.len() == 12 && self.weekdays.iter().all(|term| matches!(term, DayOfWeek::Number(_)))
    }

    fn runs_on(&self, day: Date) -> bool {
        self.months.contains(&i64::from(day.month()))
            && self.days.iter().any(|term| term.includes(day))
            && self.weekdays.iter().any(|term| term.includes(day))
    }
}

impl DayOfMonth {
    fn parse(field: &str) -> Option<Vec<Self>> {
        let mut terms = Vec::new();
        for term in field.split(',') {
            if term == "LW" {
                terms.push(Self::LastWorkingDay);
            } else if let Some(before) = term.strip_prefix("L") {
                let before =
                    before.strip_prefix('-').map_or(before.is_empty().then_some(0), |days| days.parse().ok())?;
                terms.push(Self::BeforeLast(before));
            } else if let Some(day) = term.strip_suffix('W') {
                terms.push(Self::Nearest(number(day, 1, 31, &[])?));
            } else {
                terms.extend(numbers(term, 1, 31, &[])?.into_iter().map(Self::Number));
            }
        }
        Some(terms)
    }

    fn includes(&self, day: Date) -> bool {
        let (number, last) = (i64::from(day.day()), i64::from(day.days_in_month()));
        match *self {
            Self::Number(wanted) => number == wanted,
            Self::BeforeLast(before) => number == last - before,
            Self::Nearest(wanted) => wanted <= last && number == nearest_working_day(day, wanted, last),
            Self::LastWorkingDay => number == nearest_working_day(day, last, last),
        }
    }
}

/// The working day nearest to a day of a month, without leaving the month.
fn nearest_working_day(in_month: Date, wanted: i64, last: i64) -> i64 {
    let weekday = in_month.first_of_month().saturating_add((wanted - 1).days()).weekday();
    match weekday {
        Weekday::Saturday if wanted == 1 => 3,
        Weekday::Saturday => wanted - 1,
        Weekday::Sunday if wanted == last => wanted - 2,
        Weekday::Sunday => wanted + 1,
        _ => wanted,
    }
}

impl DayOfWeek {
    fn parse(field: &str) -> Option<Vec<Self>> {
        let mut terms = Vec::new();
        for term in field.split(',') {
            if term == "L" {
                terms.push(Self::Number(7));
            } else if let Some((day, nth)) = term.split_once('#') {
                terms.push(Self::Nth(number(day, 1, 7, WEEKDAYS)?, number(nth, 1, 5, &[])?));
            } else if let Some(day) = term.strip_suffix('L') {
                terms.push(Self::Last(number(day, 1, 7, WEEKDAYS)?));
            } else {
                terms.extend(numbers(term, 1, 7, WEEKDAYS)?.into_iter().map(Self::Number));
            }
        }
        Some(terms)
    }

    fn includes(&self, day: Date) -> bool {
        let weekday = i64::from(day.weekday().to_sunday_one_offset());
        let (number, last) = (i64::from(day.day()), i64::from(day.days_in_month()));
        match *self {
            Self::Number(wanted) => weekday == wanted,
            Self::Last(wanted) => weekday == wanted && number + 7 > last,
            Self::Nth(wanted, nth) => weekday == wanted && (number - 1) / 7 + 1 == nth,
        }
    }
}

const MONTHS: &[&str] = &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: &[&str] = &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// The numbers that a field stands for, in order: `*`, `?`, `5`, `MON-FRI`, `0/15`, and lists of those.
fn numbers(field: &str, lowest: i64, highest: i64, names: &[&str]) -> Option<Vec<i64>> {
    let mut all = Vec::new();
    for term in field.split(',') {
        let (range, step) = match term.split_once('/') {
            Some((range, step)) => (range, Some(step.parse::<usize>().ok().filter(|step| *step > 0)?)),
            None => (term, None),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" || range == "?" => (lowest, highest),
            Some((from, to)) => (number(from, lowest, highest, names)?, number(to, lowest, highest, names)?),
            None => {
                let from = number(range, lowest, highest, names)?;
                (from, if step.is_some() { highest } else { from })
            }
        };
        // A range may go over the end: `FRI-MON`.
        let to_end = if from <= to { to } else { highest };
        let from_start = if from <= to { lowest..lowest } else { lowest..to + 1 };
        all.extend((from..=to_end).chain(from_start).step_by(step.unwrap_or(1)));
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

fn number(text: &str, lowest: i64, highest: i64, names: &[&str]) -> Option<i64> {
    let number = match names.iter().position(|name| *name == text) {
        Some(index) => lowest + i64::try_from(index).ok()?,
        None => text.parse().ok()?,
    };
    (lowest..=highest).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_gap_is_found() {
        for (expression, minutes) in [
            ("cron(0 5 * * ? *)", DAY),
            ("cron(0 5 ? * * *)", DAY),
            ("cron(0 5 ? * MON-FRI *)", 3 * DAY),
            ("cron(0 5 ? * FRI-MON *)", 4 * DAY),
            ("cron(0 5 ? * 1 *)", 7 * DAY),
            ("cron(0 5 ? * L *)", 7 * DAY),
            ("cron(0 5,17 * * ? *)", DAY / 2),
            ("cron(0 5,6 * * ? *)", 23 * HOUR),
            ("cron(0 8-18 ? * 2-6 *)", 3 * DAY - 10 * HOUR),
            ("cron(0 */6 * * ? *)", 6 * HOUR),
            ("cron(0/15 * * * ? *)", 15),
            ("cron(30 * ? * * *)", HOUR),
            ("cron(0 5 1 * ? *)", 31 * DAY),
            ("cron(0 5 1/2 * ? *)", 2 * DAY),
            ("cron(0 5 31 * ? *)", 61 * DAY),
            ("cron(0 5 L * ? *)", 31 * DAY),
            ("cron(0 5 L-1 * ? *)", 31 * DAY),
            ("cron(0 5 15W * ? *)", 32 * DAY),
            ("cron(0 5 LW * ? *)", 33 * DAY),
            ("cron(0 5 ? * 2#1 *)", 35 * DAY),
            ("cron(0 5 ? * 6L *)", 35 * DAY),
            ("cron(0 5 * jan-mar ? *)", 276 * DAY),
            ("cron(0 5 29 2 ? *)", 1461 * DAY),
            ("rate(12 hours)", DAY / 2),
            ("rate(1 day)", DAY),
            (" ", DAY),
        ] {
            assert_eq!(longest_gap(Some(expression)), Some(Gap::Minutes(minutes)), "{expression}");
        }
        assert_eq!(longest_gap(None), Some(Gap::Minutes(DAY)));
    }

    #[test]
    fn a_schedule_that_ends_or_never_runs_has_an_endless_gap() {
        for expression in ["cron(0 5 * * ? 2026)", "cron(0 5 30 2 ? *)"] {
            assert_eq!(longest_gap(Some(expression)), Some(Gap::Endless), "{expression}");
        }
    }

    #[test]
    fn what_is_no_schedule_is_not_read() {
        for expression in [
            "daily",
            "at(2026-11-02T05:00:00)",
            "cron(0 5 * * ?)",
            "cron(0 25 * * ? *)",
            "cron(0 5 0 * ? *)",
            "cron(0 5 * * XYZ *)",
            "cron(0 */0 * * ? *)",
            "cron(0 5 LX * ? *)",
            "cron(0 5 * * ? *",
            "rate(1 week)",
            "rate(soon)",
            "rate(0 days)",
        ] {
            assert_eq!(longest_gap(Some(expression)), None, "{expression}");
        }
    }
}
