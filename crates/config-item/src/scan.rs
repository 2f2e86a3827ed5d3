//! Finding where JSON values end, at the speed of looking for quotes, without looking into them.

/// Deepest nesting of an item that is read. Real ones stay below 30; a reader that recurses must not be led to the end
/// of its stack.
pub const DEEPEST: usize = 200;

/// A value is nested deeper than [`DEEPEST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nested deeper than {DEEPEST} levels")]
pub struct TooDeep;

/// Finds the end of a JSON value in bytes that may come in pieces.
///
/// It only follows quotes and brackets: what it calls a value is no more than a candidate, for a reader to look at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scanner {
    depth: usize,
    in_string: bool,
    /// The last byte so far was a backslash that escapes the next one.
    escaped: bool,
}

impl Scanner {
    /// Looks at the next bytes of a value that begins with a bracket: where it ends, just after its closing bracket, or
    /// `None` where it goes on after these bytes.
    ///
    /// # Errors
    ///
    /// [`TooDeep`].
    pub fn end(&mut self, bytes: &[u8]) -> Result<Option<usize>, TooDeep> {
        let mut at = 0;
        while at < bytes.len() {
            if self.in_string {
                at = self.string_end(bytes, at);
                continue;
            }
            match bytes[at] {
                b'"' => self.in_string = true,
                b'{' | b'[' => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(TooDeep);
                    }
                }
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Ok(Some(at + 1));
                    }
                }
                _ => {}
            }
            at += 1;
        }
        Ok(None)
    }

    /// Where the string ends that the scanner is in, or the bytes do.
    fn string_end(&mut self, bytes: &[u8], mut at: usize) -> usize {
        if self.escaped {
            self.escaped = false;
            at += 1;
        }
        while at < bytes.len() {
            match memchr::memchr2(b'"', b'\\', &bytes[at..]) {
                None => return bytes.len(),
                Some(found) if bytes[at + found] == b'"' => {
                    self.in_string = false;
                    return at + found + 1;
                }
                Some(found) => {
                    at += found + 2;
                    self.escaped = at > bytes.len();
                }
            }
        }
        bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_ends_where_its_bracket_closes_however_it_is_cut() {
        let text = br#"{"a": "}\"]\\", "b": [1, {"c": "\\\""}], "d": {}} rest"#;
        let end = text.len() - b" rest".len();
        assert_eq!(Scanner::default().end(text), Ok(Some(end)));
        for cut in 1..text.len() {
            let mut scanner = Scanner::default();
            let found = match scanner.end(&text[..cut]).expect("not deep") {
                Some(found) => found,
                None => cut + scanner.end(&text[cut..]).expect("not deep").expect("it ends"),
            };
            assert_eq!(found, end, "cut at {cut}");
        }
    }

    #[test]
    fn an_open_value_has_no_end_and_a_deep_one_is_refused() {
        assert_eq!(Scanner::default().end(br#"{"a": "}"#), Ok(None));
        assert_eq!(Scanner::default().end("[".repeat(DEEPEST).as_bytes()), Ok(None));
        assert_eq!(Scanner::default().end("[".repeat(DEEPEST + 1).as_bytes()), Err(TooDeep));
    }
}
