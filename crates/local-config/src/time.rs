//! Times on the wire. AWS Config keeps milliseconds; `aws-json-1.1` writes them as seconds since 1970 with a fraction.

use jiff::{SignedDuration, Timestamp, Unit};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::Value;

/// Seconds since 1970, as the API writes a time.
pub(crate) fn epoch(time: Timestamp) -> f64 {
    time.as_duration().as_secs_f64()
}

/// ISO 8601 with milliseconds, as events, snapshots and query results write a time.
pub(crate) fn iso(time: Timestamp) -> String {
    format!("{time:.3}")
}

/// Reads either form; everything else is `None`.
pub(crate) fn read(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => milliseconds(text.parse().ok()?),
        Value::Number(number) => from_epoch(number.as_f64()?),
        _ => None,
    }
}

fn from_epoch(seconds: f64) -> Option<Timestamp> {
    let duration = SignedDuration::try_from_secs_f64(seconds).ok()?;
    milliseconds(Timestamp::from_duration(duration).ok()?)
}

// A time that went through a double is off by some hundred nanoseconds; rounding makes it equal to what was sent.
fn milliseconds(time: Timestamp) -> Option<Timestamp> {
    time.round(Unit::Millisecond).ok()
}

/// A request's optional time: a number and nothing else, as the protocol says.
pub(crate) fn from_request<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let Some(seconds) = Option::<f64>::deserialize(deserializer)? else {
        return Ok(None);
    };
    from_epoch(seconds).map(Some).ok_or_else(|| D::Error::custom(format!("{seconds} is not a time")))
}

/// An optional time that is read in either form (the AWS CLI prints ISO 8601) and written as the API writes it.
pub(crate) mod optional {
    use super::{Deserialize, Deserializer, Error, Serialize, Serializer, Timestamp, Value, epoch, read};

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Ok(None),
            value => read(&value)
                .map(Some)
                .ok_or_else(|| D::Error::custom(format!("{value} is neither an ISO 8601 time nor seconds since 1970"))),
        }
    }

    #[expect(clippy::ref_option, reason = "the signature that serde asks for")]
    pub(crate) fn serialize<S: Serializer>(time: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        time.map(epoch).serialize(serializer)
    }
}

/// A time for people: written in ISO 8601.
pub(crate) fn serialize_iso<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    iso(*time).serialize(serializer)
}
