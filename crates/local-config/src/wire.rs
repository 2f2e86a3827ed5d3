//! What all operations share: errors, the service model's constraints, paging.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    ops::RangeInclusive,
};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// An error as the service would answer it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl ApiError {
    /// An error of the caller, HTTP status 400.
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: 400, code, message: message.into() }
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn body(&self) -> Value {
        json!({"__type": self.code, "message": self.message})
    }
}

/// Reads a request. A member of the wrong JSON type is a `SerializationException`; that a required member is there, and
/// everything else, is for [`Constraints`] to say. Members that the model doesn't have are ignored, as the service
/// does.
pub(crate) fn decode<T: DeserializeOwned>(body: &Value) -> Result<T, ApiError> {
    T::deserialize(body).map_err(|error| ApiError::new("SerializationException", error.to_string()))
}

/// Collects what a request violates and words it as the service does: all violations in one `ValidationException`.
#[derive(Debug, Default)]
pub(crate) struct Constraints(Vec<String>);

impl Constraints {
    pub(crate) fn required<T>(&mut self, at: &str, value: Option<&T>) {
        if value.is_none() {
            self.violated("null", at, "Member must not be null");
        }
    }

    /// A string's length. The model doesn't say what a character is; the service runs on Java, hence UTF-16.
    pub(crate) fn length(&mut self, at: &str, value: Option<&str>, allowed: RangeInclusive<usize>) {
        if let Some(value) = value {
            self.size(&format!("'{value}'"), at, value.encode_utf16().count(), &allowed);
        }
    }

    pub(crate) fn count<T>(&mut self, at: &str, value: Option<&Vec<T>>, allowed: RangeInclusive<usize>) {
        if let Some(list) = value {
            self.size(&format!("'[{} members]'", list.len()), at, list.len(), &allowed);
        }
    }

    pub(crate) fn one_of(&mut self, at: &str, value: Option<&str>, allowed: &[&str]) {
        if let Some(value) = value.filter(|value| !allowed.contains(value)) {
            let set = allowed.join(", ");
            self.violated(&format!("'{value}'"), at, &format!("Member must satisfy enum value set: [{set}]"));
        }
    }

    /// A type of the model's `ResourceType`. The service lists all of them in its message.
    pub(crate) fn resource_type(&mut self, at: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !is_resource_type(value)) {
            let set = "Member must satisfy enum value set: [the resource types that AWS Config supports]";
            self.violated(&format!("'{value}'"), at, set);
        }
    }

    pub(crate) fn number(&mut self, at: &str, value: Option<i64>, allowed: RangeInclusive<i64>) {
        if let Some(value) = value {
            if value < *allowed.start() {
                let constraint = format!("Member must have value greater than or equal to {}", allowed.start());
                self.violated(&format!("'{value}'"), at, &constraint);
            } else if value > *allowed.end() {
                let constraint = format!("Member must have value less than or equal to {}", allowed.end());
                self.violated(&format!("'{value}'"), at, &constraint);
            }
        }
    }

    /// # Errors
    ///
    /// `ValidationException` if anything was violated.
    pub(crate) fn check(self) -> Result<(), ApiError> {
        let count = self.0.len();
        match count {
            0 => Ok(()),
            1 => Err(validation(format!("1 validation error detected: {}", self.0[0]))),
            _ => Err(validation(format!("{count} validation errors detected: {}", self.0.join("; ")))),
        }
    }

    fn size(&mut self, shown: &str, at: &str, size: usize, allowed: &RangeInclusive<usize>) {
        if size < *allowed.start() {
            let constraint = format!("Member must have length greater than or equal to {}", allowed.start());
            self.violated(shown, at, &constraint);
        } else if size > *allowed.end() {
            let constraint = format!("Member must have length less than or equal to {}", allowed.end());
            self.violated(shown, at, &constraint);
        }
    }

    fn violated(&mut self, shown: &str, at: &str, constraint: &str) {
        self.0.push(format!("Value {shown} at '{at}' failed to satisfy constraint: {constraint}"));
    }
}

pub(crate) fn validation(message: impl Into<String>) -> ApiError {
    ApiError::new("ValidationException", message)
}

/// Whether the service model has the type.
pub(crate) fn is_resource_type(name: &str) -> bool {
    include_str!("resource-types.txt").lines().any(|line| line == name && !line.starts_with('#'))
}

/// A limit where the operation models `InvalidLimitException`; 0 and no limit are the default.
pub(crate) fn limit(limit: Option<i64>, default: usize) -> Result<usize, ApiError> {
    match limit {
        None | Some(0) => Ok(default),
        Some(limit @ 1..=100) => Ok(usize::try_from(limit).unwrap_or(default)),
        Some(limit) => Err(ApiError::new(
            "InvalidLimitException",
            format!("The limit {limit} is outside the allowable range of 0 to 100"),
        )),
    }
}

/// Where a page starts, tied to the request that the token was given for. The limit may change from page to page;
/// whether the service lets anything else change is not documented, so nothing else may.
#[derive(Debug)]
pub(crate) struct Cursor {
    pub(crate) start: usize,
    request: u64,
}

impl Cursor {
    /// Reads the `nextToken` (or `NextToken`) of a request body.
    ///
    /// # Errors
    ///
    /// `InvalidNextTokenException` for a token that was not given for this request.
    pub(crate) fn of(operation: &str, body: &Value) -> Result<Self, ApiError> {
        let mut hasher = DefaultHasher::new();
        operation.hash(&mut hasher);
        for (member, value) in body.as_object().into_iter().flatten() {
            if !["limit", "nexttoken"].contains(&member.to_lowercase().as_str()) {
                (member, value.to_string()).hash(&mut hasher);
            }
        }
        let request = hasher.finish();
        let token = ["nextToken", "NextToken"].iter().find_map(|member| body[*member].as_str());
        let Some(token) = token else {
            return Ok(Self { start: 0, request });
        };
        let start = token
            .strip_prefix(&format!("{request:016x}-"))
            .and_then(|start| start.parse().ok())
            .ok_or_else(|| ApiError::new("InvalidNextTokenException", "The nextToken provided is invalid"))?;
        Ok(Self { start, request })
    }

    /// The token of a page that starts there.
    pub(crate) fn token(&self, start: usize) -> String {
        format!("{:016x}-{start}", self.request)
    }

    /// Cuts a page out of all results; the token is there if more follow.
    pub(crate) fn page<T>(&self, all: Vec<T>, limit: usize) -> (Vec<T>, Option<String>) {
        let end = self.start.saturating_add(limit);
        let token = (end < all.len()).then(|| self.token(end));
        (all.into_iter().skip(self.start).take(limit).collect(), token)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn violations_are_worded_as_the_service_words_them() {
        let mut constraints = Constraints::default();
        constraints.count("evaluations", Some(&vec![(); 101]), 0..=100);
        assert_eq!(
            constraints.check().unwrap_err().message,
            "1 validation error detected: Value '[101 members]' at 'evaluations' failed to satisfy constraint: Member \
             must have length less than or equal to 100"
        );

        let mut constraints = Constraints::default();
        constraints.required::<String>("resultToken", None);
        constraints.length("annotation", Some(""), 1..=256);
        assert_eq!(
            constraints.check().unwrap_err().message,
            "2 validation errors detected: Value null at 'resultToken' failed to satisfy constraint: Member must not be \
             null; Value '' at 'annotation' failed to satisfy constraint: Member must have length greater than or equal \
             to 1"
        );
    }

    #[test]
    fn lengths_count_utf_16() {
        let mut constraints = Constraints::default();
        constraints.length("annotation", Some(&"\u{1f512}".repeat(128)), 1..=256);
        constraints.check().unwrap();

        let mut constraints = Constraints::default();
        constraints.length("annotation", Some(&"\u{1f512}".repeat(129)), 1..=256);
        constraints.check().unwrap_err();
    }

    #[test]
    fn a_token_belongs_to_its_request() {
        let first = json!({"resourceType": "AWS::S3::Bucket", "limit": 1});
        let (page, token) = Cursor::of("List", &first).unwrap().page(vec![1, 2, 3], 1);
        assert_eq!(page, [1]);

        let next = json!({"resourceType": "AWS::S3::Bucket", "limit": 5, "nextToken": token});
        assert_eq!(Cursor::of("List", &next).unwrap().page(vec![1, 2, 3], 5), (vec![2, 3], None));

        let other = json!({"resourceType": "AWS::SNS::Topic", "nextToken": token});
        assert_eq!(Cursor::of("List", &other).unwrap_err().code, "InvalidNextTokenException");
    }
}
