//! The ways in which AWS Config writes a time.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Above this, a bare number counts milliseconds since 1970 and not seconds (in seconds it would be the year 5138).
const LARGEST_SECONDS: i64 = 100_000_000_000;

/// Reads a time as items hold it: ISO 8601 with any number of fractional digits, with an offset or, meaning UTC,
/// without; a bare date; the forms `April 29, 2016 10:11:26 AM` (IAM), `Feb 21, 2022 6:37:48 PM` (API Gateway),
/// `Fri Nov 25 12:00:00 UTC 2026` and `Fri, 25 Nov 2026 12:00:00 GMT`.
///
/// Returns `None` for everything else.
#[must_use]
pub fn parse_timestamp(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(timestamp) = text.parse() {
        return Some(timestamp);
    }
    for format in ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f%z"] {
        if let Ok(timestamp) = Timestamp::strptime(format, text) {
            return Some(timestamp);
        }
    }
    if let Ok(timestamp) = jiff::fmt::rfc2822::parse(text) {
        return Some(timestamp.timestamp());
    }
    // Newer Java puts a comma after the year and a narrow space before AM and PM.
    let text = &text.replace('\u{202f}', " ");
    let civil = text
        .parse::<DateTime>()
        .or_else(|_| text.parse::<Date>().map(DateTime::from))
        .or_else(|_| DateTime::strptime("%B %d, %Y %I:%M:%S %p", text))
        .or_else(|_| DateTime::strptime("%b %d, %Y %I:%M:%S %p", text))
        .or_else(|_| DateTime::strptime("%b %d, %Y, %I:%M:%S %p", text))
        .or_else(|_| DateTime::strptime("%a %b %d %H:%M:%S UTC %Y", text))
        .or_else(|_| DateTime::strptime("%a %b %d %H:%M:%S GMT %Y", text))
        .ok()?;
    Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// Reads a number of seconds or of milliseconds since 1970.
pub(crate) fn from_epoch(number: i64) -> Option<Timestamp> {
    if number.abs() > LARGEST_SECONDS {
        Timestamp::from_millisecond(number).ok()
    } else {
        Timestamp::from_second(number).ok()
    }
}

/// Reads fractional seconds since 1970, as the API's JSON protocol writes them, to the nearest microsecond: a double
/// can't hold today's time more finely.
pub(crate) fn from_epoch_seconds(number: f64) -> Option<Timestamp> {
    let micros = (number * 1e6).round();
    // The year 9999 in microseconds; beyond, the conversion below would lose its meaning.
    if !micros.is_finite() || micros.abs() > 2.6e17 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked above")]
    Timestamp::from_microsecond(micros as i64).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_written_form_is_read() {
        for (text, expected) in [
            ("2016-02-24T18:23:20.328Z", "2016-02-24T18:23:20.328Z"),
            ("1970-01-01T00:00:00.0Z", "1970-01-01T00:00:00Z"),
            ("2024-03-01T10:00:00+01:00", "2024-03-01T09:00:00Z"),
            ("2024-03-01T10:00:00+0100", "2024-03-01T09:00:00Z"),
            ("2024-03-01T10:00:00", "2024-03-01T10:00:00Z"),
            ("2024-03-01 10:00:00.5", "2024-03-01T10:00:00.5Z"),
            ("2024-03-01", "2024-03-01T00:00:00Z"),
            ("April 29, 2016 10:11:26 AM", "2016-04-29T10:11:26Z"),
            ("Feb 21, 2022 6:37:48 PM", "2022-02-21T18:37:48Z"),
            ("May 1, 2022 12:00:00 AM", "2022-05-01T00:00:00Z"),
            ("Feb 21, 2022, 6:37:48\u{202f}PM", "2022-02-21T18:37:48Z"),
            ("Fri Nov 25 12:00:00 UTC 2016", "2016-11-25T12:00:00Z"),
            ("Fri, 25 Nov 2016 12:00:00 GMT", "2016-11-25T12:00:00Z"),
        ] {
            assert_eq!(parse_timestamp(text).map(|t| t.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "soon", "2024-13-01", "datetime.datetime(2020, 4, 22, tzinfo=tzlocal())", "1709287346"] {
            assert_eq!(parse_timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_count_seconds_or_milliseconds() {
        assert_eq!(from_epoch(1_709_287_346), from_epoch(1_709_287_346_000));
        assert_eq!(from_epoch_seconds(1_709_287_346.719), from_epoch(1_709_287_346_719));
        assert_eq!(from_epoch(i64::MAX), None);
        assert_eq!(from_epoch_seconds(f64::NAN), None);
        assert_eq!(from_epoch_seconds(1e300), None);
    }
}
