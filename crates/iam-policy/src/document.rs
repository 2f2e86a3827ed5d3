//! The document and the forms in which it arrives.

use serde_json::{Map, Value};

use crate::error::PolicyError;
use crate::statement::Statement;

/// A policy document.
///
/// `Version` and `Id` are not kept: nothing that is asked here depends on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its statements, in order; there may be none.
    pub statements: Vec<Statement>,
}

/// How often a text may be wrapped in another encoding. Percent-encoding around JSON in a JSON string needs three.
const LAYERS: usize = 4;

impl Policy {
    /// Reads a document in each form in which AWS Config delivers one: an object, a list with one object, or a text
    /// (see [`Policy::parse`]).
    ///
    /// Names of elements are taken as the grammar writes them, letter case included. Elements beside `Statement` are
    /// passed over, unknown elements *in* a statement are an error. AWS accepts no element twice, so a repeated one is
    /// not looked for.
    ///
    /// # Errors
    ///
    /// The document can't be decoded, or a statement is not well formed. `null` is an error too: what the absence of a
    /// policy means is the caller's to say.
    pub fn from_value(value: &Value) -> Result<Policy, PolicyError> {
        read(value, LAYERS)
    }

    /// Reads a document from text: JSON, JSON in a JSON string, or either of them percent-encoded.
    ///
    /// # Errors
    ///
    /// As for [`Policy::from_value`].
    pub fn parse(text: &str) -> Result<Policy, PolicyError> {
        read_text(text, LAYERS)
    }
}

fn read(value: &Value, layers: usize) -> Result<Policy, PolicyError> {
    match value {
        Value::Object(document) => read_document(document),
        Value::Array(list) => match list.as_slice() {
            [Value::Object(document)] => read_document(document),
            _ => Err(PolicyError::NotAnObject),
        },
        Value::String(text) => read_text(text, layers),
        _ => Err(PolicyError::NotAnObject),
    }
}

fn read_text(text: &str, layers: usize) -> Result<Policy, PolicyError> {
    let layers = layers.checked_sub(1).ok_or(PolicyError::NotAnObject)?;
    let text = text.trim();
    if text.starts_with('%') {
        return read_text(&percent_decode(text)?, layers);
    }
    // API Gateway gives the inside of a JSON string without its quotation marks, `{\"Version\":…`
    // (hashicorp/terraform-provider-aws, pull requests 4211 and 4606). After a brace, JSON has no backslash, so this
    // can't be anything else.
    let unquoted = text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('\\'));
    let parsed = if unquoted { serde_json::from_str(&format!("\"{text}\"")) } else { serde_json::from_str(text) };
    let value: Value = parsed.map_err(|error| PolicyError::NotJson { line: error.line(), column: error.column() })?;
    read(&value, layers)
}

/// Decodes RFC 3986 percent-encoding, which the IAM API uses. `+` is itself, not a space.
fn percent_decode(text: &str) -> Result<String, PolicyError> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    let digit = |byte: Option<u8>| {
        byte.and_then(|byte| char::from(byte).to_digit(16))
            .and_then(|digit| u8::try_from(digit).ok())
            .ok_or(PolicyError::NotPercentEncoded)
    };
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' { digit(bytes.next())? << 4 | digit(bytes.next())? } else { byte });
    }
    String::from_utf8(decoded).map_err(|_| PolicyError::NotPercentEncoded)
}

fn read_document(document: &Map<String, Value>) -> Result<Policy, PolicyError> {
    let statements: &[Value] = match document.get("Statement") {
        Some(Value::Array(list)) => list,
        Some(single @ Value::Object(_)) => std::slice::from_ref(single),
        _ => return Err(PolicyError::NoStatement),
    };
    let statements = (1..)
        .zip(statements)
        .map(|(position, value)| {
            Statement::read(position, value).map_err(|fault| PolicyError::Statement { position, fault })
        })
        .collect::<Result<_, _>>()?;
    Ok(Policy { statements })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Fault;
    use serde_json::json;

    const PLAIN: &str = r#"{"Version":"2012-10-17","Statement":{"Sid":"a+b %","Effect":"Allow","Action":"*"}}"#;

    fn percent_encode(text: &str) -> String {
        text.bytes()
            .map(|byte| match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'+' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect()
    }

    #[test]
    fn every_wire_form_reads_the_same() {
        let object: Value = serde_json::from_str(PLAIN).expect("JSON");
        let once = json!(PLAIN).to_string();
        let twice = json!(once).to_string();
        let expected = Policy::from_value(&object).expect("well formed");
        assert_eq!(expected.statements.len(), 1);
        assert_eq!(expected.statements[0].sid.as_deref(), Some("a+b %"));
        for value in [
            json!([object]),
            json!(PLAIN),
            json!(format!("\n {PLAIN} ")),
            json!(format!("[{PLAIN}]")),
            json!(once),
            json!(twice),
            json!(percent_encode(PLAIN)),
            json!(percent_encode(PLAIN).replace("%7B", "%7b")),
            json!(percent_encode(&once)),
            json!(once[1..once.len() - 1]),
            json!(once[1..once.len() - 1].replacen('{', "{ \\n", 1)),
        ] {
            assert_eq!(Policy::from_value(&value).as_ref(), Ok(&expected), "{value}");
        }
    }

    #[test]
    fn statements() {
        for (statement, count) in [
            (json!([]), 0),
            (json!({"Effect": "Deny", "NotAction": "iam:*"}), 1),
            (
                json!([
                    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"},
                    {"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "Action": ["s3:*"], "NotResource": []},
                ]),
                2,
            ),
        ] {
            let policy = Policy::from_value(&json!({"Statement": statement, "Later": 1}));
            assert_eq!(policy.expect("well formed").statements.len(), count);
        }
    }

    #[test]
    fn errors_say_where_and_not_what() {
        let deep = "[".repeat(100_000);
        let fifth = (0..LAYERS).fold(PLAIN.to_owned(), |text, _| json!(text).to_string());
        for (value, expected) in [
            (json!(null), "policy document is not a JSON object"),
            (json!(7), "policy document is not a JSON object"),
            (json!([]), "policy document is not a JSON object"),
            (json!([{}, {}]), "policy document is not a JSON object"),
            (json!(fifth), "policy document is not a JSON object"),
            (json!(""), "policy text is not JSON (line 1, column 0)"),
            (json!("secret"), "policy text is not JSON (line 1, column 1)"),
            (json!(deep), "policy text is not JSON (line 1, column 128)"),
            (json!("%7"), "policy text is not percent-encoded UTF-8"),
            (json!("%zz"), "policy text is not percent-encoded UTF-8"),
            (json!("%+7"), "policy text is not percent-encoded UTF-8"),
            (json!("%ff"), "policy text is not percent-encoded UTF-8"),
            (json!({"statement": []}), "policy document has no Statement that is an object or a list"),
            (json!({"Statement": "secret"}), "policy document has no Statement that is an object or a list"),
            (
                json!({"Statement": [{"Effect": "Deny", "Action": "*"}, {"Effect": "secret", "Action": "*"}]}),
                "statement 2: Effect is not \"Allow\" or \"Deny\"",
            ),
        ] {
            let error = Policy::from_value(&value).expect_err("malformed");
            assert_eq!(error.to_string(), expected);
        }
        assert_eq!(
            Policy::parse(r#"{"Statement": ["secret"]}"#),
            Err(PolicyError::Statement { position: 1, fault: Fault::NotAnObject })
        );
    }
}
