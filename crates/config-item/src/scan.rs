//! Finding where JSON values end, many bytes at a time, without looking into them.

use wide::u8x16;

/// Deepest nesting of an item that is read. Real ones stay below 30; a reader that recurses must not be led to the end
/// of its stack.
pub const DEEPEST: usize = 200;

/// Bytes that are looked at together: one bit each in a mask.
const BLOCK: usize = 64;

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
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        for (number, block) in blocks.iter().enumerate() {
            if let Some(end) = self.end_in(block, BLOCK)? {
                return Ok(Some(number * BLOCK + end));
            }
        }
        if rest.is_empty() {
            return Ok(None);
        }
        let mut last = [b' '; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        let end = self.end_in(&last, rest.len())?;
        Ok(end.map(|end| blocks.len() * BLOCK + end))
    }

    /// Looks at a block, of which so many bytes are the value's and the others spaces.
    #[inline]
    fn end_in(&mut self, block: &[u8; BLOCK], length: usize) -> Result<Option<usize>, TooDeep> {
        let inside = self.strings(block, length);
        // `[` and `{` differ in this bit alone, and so do `]` and `}`.
        let bit = u8x16::splat(b'[' ^ b'{');
        let mut opening = mask(block, |bytes| (bytes | bit).simd_eq(u8x16::splat(b'{'))) & !inside;
        let mut closing = mask(block, |bytes| (bytes | bit).simd_eq(u8x16::splat(b'}'))) & !inside;
        let (opened, closed) = (opening.count_ones() as usize, closing.count_ones() as usize);
        // In nearly every block the order of the brackets makes no difference.
        if closed < self.depth && self.depth + opened <= DEEPEST {
            self.depth = self.depth + opened - closed;
            return Ok(None);
        }
        while opening | closing != 0 {
            let at = (opening | closing).trailing_zeros();
            let bracket = 1 << at;
            if opening & bracket != 0 {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(TooDeep);
                }
            } else {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    return Ok(Some(at as usize + 1));
                }
            }
            opening &= !bracket;
            closing &= !bracket;
        }
        Ok(None)
    }

    /// Which bytes of a block are inside strings: from each opening quote up to the closing one.
    fn strings(&mut self, block: &[u8; BLOCK], length: usize) -> u64 {
        let mut quotes = mask(block, |bytes| bytes.simd_eq(u8x16::splat(b'"')));
        let mut backslashes = mask(block, |bytes| bytes.simd_eq(u8x16::splat(b'\\')));
        if self.escaped || backslashes != 0 {
            let mut escaped = u64::from(self.escaped);
            backslashes &= !escaped;
            self.escaped = false;
            while backslashes != 0 {
                let at = backslashes.trailing_zeros();
                if at as usize + 1 == length {
                    self.escaped = true;
                    break;
                }
                let next = 2 << at;
                escaped |= next;
                backslashes &= !(next | (next - 1));
            }
            quotes &= !escaped;
        }
        // After these steps each bit says whether the number of quotes up to it is odd.
        let mut inside = quotes;
        for step in [1, 2, 4, 8, 16, 32] {
            inside ^= inside << step;
        }
        if self.in_string {
            inside = !inside;
        }
        self.in_string = inside >> (BLOCK - 1) == 1;
        inside
    }
}

/// How many bytes at the beginning stand for themselves in a JSON string: neither quote nor backslash nor control
/// character.
pub(crate) fn plain(bytes: &[u8]) -> usize {
    let (blocks, rest) = bytes.as_chunks::<16>();
    for (number, block) in blocks.iter().enumerate() {
        let bytes = u8x16::new(*block);
        // Unsigned, a byte is below a space where the lesser of it and 31 is itself.
        let special = bytes.simd_eq(u8x16::splat(b'"'))
            | bytes.simd_eq(u8x16::splat(b'\\'))
            | bytes.simd_eq(bytes.min(u8x16::splat(b' ' - 1)));
        let special = special.to_bitmask();
        if special != 0 {
            return number * 16 + special.trailing_zeros() as usize;
        }
    }
    let in_rest = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' '));
    blocks.len() * 16 + in_rest.unwrap_or(rest.len())
}

/// Which bytes of a block have a property, the first byte in the lowest bit.
#[inline]
fn mask(block: &[u8; BLOCK], has: impl Fn(u8x16) -> u8x16) -> u64 {
    let parts = block.as_chunks().0.iter().rev();
    parts.fold(0, |mask, part| mask << 16 | u64::from(has(u8x16::new(*part)).to_bitmask()))
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

    /// The same, byte by byte.
    fn end_by_bytes(bytes: &[u8]) -> Option<usize> {
        let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
        for (at, byte) in bytes.iter().copied().enumerate() {
            let was_escaped = escaped;
            escaped = byte == b'\\' && !was_escaped;
            match byte {
                b'"' if !was_escaped => in_string = !in_string,
                _ if in_string => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }

    proptest::proptest! {
        #[test]
        fn blocks_of_bytes_are_read_as_one_by_one(text in r#"[\[\]{}"\\ a]{0,300}"#, cut in 0_usize..300) {
            let text = text.as_bytes();
            let (first, second) = text.split_at(cut.min(text.len()));
            let mut scanner = Scanner::default();
            let found = match scanner.end(first) {
                Ok(None) => scanner.end(second).map(|end| end.map(|end| first.len() + end)),
                other => other,
            };
            if let Ok(found) = found {
                proptest::prop_assert_eq!(found, end_by_bytes(text));
            }
        }
    }

    #[test]
    fn plain_bytes_end_at_the_first_that_is_special() {
        for special in (0..=255).filter(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')) {
            for before in 0..40 {
                let mut bytes = vec![b'~'; 50];
                bytes[..5].copy_from_slice("é\u{7f}ÿ".as_bytes());
                bytes[before] = special;
                assert_eq!(plain(&bytes), before, "{special}");
            }
        }
        assert_eq!((plain(b""), plain("plain ☺ text, longer than a block".as_bytes())), (0, 35));
    }

    #[test]
    fn an_open_value_has_no_end_and_a_deep_one_is_refused() {
        assert_eq!(Scanner::default().end(br#"{"a": "}"#), Ok(None));
        assert_eq!(Scanner::default().end("[".repeat(DEEPEST).as_bytes()), Ok(None));
        assert_eq!(Scanner::default().end("[".repeat(DEEPEST + 1).as_bytes()), Err(TooDeep));
    }
}
