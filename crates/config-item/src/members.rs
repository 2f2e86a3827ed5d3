//! The members of a JSON object, told apart by quotes and brackets alone.

use std::borrow::Cow;

use crate::scan::{self, Scanner, TooDeep};

/// The text is no JSON object. Where, a real reader of JSON says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Malformed,
    TooDeep(TooDeep),
}

/// A value's text, as it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Raw<'a> {
    pub(crate) text: &'a str,
    /// What is between the quotes of a string, where that stands for itself.
    pub(crate) plain: Option<&'a str>,
}

/// Goes through the members of an object. Whether a value is well-formed is for whoever reads it.
pub(crate) struct Members<'a> {
    text: &'a str,
    at: usize,
    begun: bool,
}

impl<'a> Members<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, at: 0, begun: false }
    }

    /// The next member: its name and its value.
    pub(crate) fn next(&mut self) -> Result<Option<(Cow<'a, str>, Raw<'a>)>, Fault> {
        let first = !self.begun;
        if first {
            self.begun = true;
            self.expect(b'{')?;
        }
        match self.peek() {
            Some(b'}') => {
                self.at += 1;
                return if self.peek().is_none() { Ok(None) } else { Err(Fault::Malformed) };
            }
            Some(b',') if !first => self.at += 1,
            Some(_) if first => {}
            _ => return Err(Fault::Malformed),
        }
        let name = match self.peek() {
            Some(b'"') => self.string()?,
            _ => return Err(Fault::Malformed),
        };
        self.expect(b':')?;
        let value = match self.peek() {
            Some(b'{' | b'[') => self.brackets()?,
            Some(b'"') => self.string()?,
            Some(_) => self.word()?,
            None => return Err(Fault::Malformed),
        };
        let name = match name.plain {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(sonic_rs::from_str(name.text).map_err(|_| Fault::Malformed)?),
        };
        Ok(Some((name, value)))
    }

    /// The next byte that is no space, which is not passed over.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let spaces = rest.iter().position(|byte| !b" \t\r\n".contains(byte)).unwrap_or(rest.len());
        self.at += spaces;
        rest.get(spaces).copied()
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek() != Some(byte) {
            return Err(Fault::Malformed);
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<Raw<'a>, Fault> {
        let bytes = &self.text.as_bytes()[self.at..];
        let mut end = 1 + scan::plain(&bytes[1..]);
        if bytes.get(end) == Some(&b'"') {
            let raw = self.take(end + 1)?;
            return Ok(Raw { plain: raw.text.get(1..end), ..raw });
        }
        loop {
            match bytes.get(end) {
                Some(b'"') => return self.take(end + 1),
                Some(b'\\') => end += 2,
                Some(_) => end += 1,
                None => return Err(Fault::Malformed),
            }
        }
    }

    fn brackets(&mut self) -> Result<Raw<'a>, Fault> {
        match Scanner::default().end(&self.text.as_bytes()[self.at..]) {
            Ok(Some(length)) => self.take(length),
            Ok(None) => Err(Fault::Malformed),
            Err(error) => Err(Fault::TooDeep(error)),
        }
    }

    /// A number, or `true`, `false` or `null`.
    fn word(&mut self) -> Result<Raw<'a>, Fault> {
        let bytes = &self.text.as_bytes()[self.at..];
        match bytes.iter().position(|byte| b",} \t\r\n".contains(byte)) {
            Some(length) if length > 0 => self.take(length),
            _ => Err(Fault::Malformed),
        }
    }

    fn take(&mut self, length: usize) -> Result<Raw<'a>, Fault> {
        let text = self.text.get(self.at..self.at + length).ok_or(Fault::Malformed)?;
        self.at += length;
        Ok(Raw { text, plain: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(text: &str) -> Result<Vec<(String, &str)>, Fault> {
        let mut members = Members::of(text);
        let mut all = Vec::new();
        while let Some((name, value)) = members.next()? {
            all.push((name.into_owned(), value.text));
        }
        Ok(all)
    }

    #[test]
    fn members_are_told_apart() {
        let text = " {\"a\" : [1, {\"b\": \"]}\"}] ,\n\"\\u0063\":\"x\\\"y\", \"d\":-1.5e3,\"e\":null , \"é\":{} }\n";
        let expected = [("a", r#"[1, {"b": "]}"}]"#), ("c", r#""x\"y""#), ("d", "-1.5e3"), ("e", "null"), ("é", "{}")];
        assert_eq!(members(text), Ok(expected.map(|(name, value)| (name.to_owned(), value)).to_vec()));
        assert_eq!(members("{ }"), Ok(vec![]));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in [
            "",
            "x",
            "[]",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":}",
            "{\"a\":1,}",
            "{,}",
            "{\"a\" 1}",
            "{a:1}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":{}",
            "{\"a\":\"x}",
            "{\"a\":1} x",
            "{\"\\x\":1}",
            "{\"a\":\"\\",
        ] {
            assert_eq!(members(text), Err(Fault::Malformed), "{text}");
        }
    }

    proptest::proptest! {
        /// Every object that a reader of JSON accepts is gone through, and gives the same names and values.
        #[test]
        fn members_are_those_that_a_reader_of_json_finds(text in r#"\{("[ab\\"é]{0,3}"[: ]{1,2}(\{\}|\[1\]|"x"|1|null)[, ]{0,2}){0,3}\}"#) {
            use std::collections::BTreeMap;
            if let Ok(read) = serde_json::from_str::<BTreeMap<String, serde_json::Value>>(&text) {
                let found: BTreeMap<_, serde_json::Value> = members(&text)
                    .expect(&text)
                    .into_iter()
                    .map(|(name, value)| (name, serde_json::from_str(value).expect("a value")))
                    .collect();
                proptest::prop_assert_eq!(found, read);
            }
        }
    }
}
