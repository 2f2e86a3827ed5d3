//! Patterns with `*` (any characters, also none) and `?` (any one character), as in `Action` and `Resource`.

use Symbol::{Literal, Many, One};

/// A pattern with wildcards.
///
/// In `Resource` a wildcard runs over `:` and `/` as over any other character: `arn:aws:s3:::b*` covers the objects of
/// the bucket `b` too. Letter case is as given: see [`Actions`](crate::Actions) for names that ignore it.
///
/// Patterns that match the same texts are equal: `**` is `*`, and `*?` is `?*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// In each run of wildcards the `?` stand before a single `*`; the algorithms below rely on it.
    symbols: Vec<Symbol>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    Literal(char),
    One,
    Many,
}

impl Pattern {
    /// Reads a pattern. Every text is one.
    #[must_use]
    pub fn new(text: &str) -> Pattern {
        let mut symbols = Vec::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '*' if symbols.last() == Some(&Many) => {}
                '*' => symbols.push(Many),
                '?' if symbols.last() == Some(&Many) => symbols.insert(symbols.len() - 1, One),
                '?' => symbols.push(One),
                c => symbols.push(Literal(c)),
            }
        }
        Pattern { symbols }
    }

    /// Whether the text matches. Here `*` and `?` in the text are ordinary characters.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let text: Vec<Symbol> = text.chars().map(Literal).collect();
        covers(&self.symbols, &text)
    }

    /// Whether every text that matches the other pattern matches this one.
    ///
    /// Exact: patterns know all of Unicode, so there is always a character that neither pattern mentions.
    #[must_use]
    pub fn covers(&self, other: &Pattern) -> bool {
        covers(&self.symbols, &other.symbols)
    }

    /// What stands before and after the first place of a character, if the pattern has it as itself.
    pub(crate) fn split_at_literal(&self, c: char) -> Option<(Pattern, Pattern)> {
        let at = self.symbols.iter().position(|symbol| *symbol == Literal(c))?;
        let part = |symbols: &[Symbol]| Pattern { symbols: symbols.to_vec() };
        Some((part(&self.symbols[..at]), part(&self.symbols[at + 1..])))
    }

    /// Whether it ends with `*`.
    pub(crate) fn is_open_ended(&self) -> bool {
        self.symbols.last() == Some(&Many)
    }

    /// Whether some text matches both patterns.
    #[must_use]
    pub fn overlaps(&self, other: &Pattern) -> bool {
        overlaps(&self.symbols, &other.symbols)
    }
}

/// Greedy matching of `general` against the symbols of `special`, in at most |general| × |special| steps.
///
/// `general` is cut at its `*` into blocks, each matched as far to the left as possible; the last one is tied to the
/// end. What makes this exact although a `*` of `special` stands for texts of every length: `special` is free to
/// choose the texts that are hardest to match, and there are hardest ones.
///
/// - A block that starts and ends with a literal can't reach into a long run of a character that `general` nowhere
///   mentions. With every `*` of `special` such a run, the block has the fewest places: it must be found between two
///   `*` of `special`.
/// - The `?` before a `*` of `general` only ask that some characters follow. They are hardest to find if each `*` of
///   `special` stands for nothing: they use up symbols of `special` and pass over its `*`.
///
/// Both choices leave the least of `special` for what follows, and less is never easier after a `*`.
fn covers(general: &[Symbol], special: &[Symbol]) -> bool {
    let Some(end) = general.iter().rposition(|symbol| *symbol == Many) else {
        return fits(general, special);
    };
    let (blocks, tail) = (&general[..end], &general[end + 1..]);
    let mut rest = special;
    for (i, block) in blocks.split(|symbol| *symbol == Many).enumerate() {
        let followers = block.iter().rev().take_while(|symbol| **symbol == One).count();
        let block = &block[..block.len() - followers];
        let found = if i == 0 {
            rest.get(..block.len()).is_some_and(|window| fits(block, window)).then_some(0)
        } else {
            find(block, rest)
        };
        let Some(after) = found.and_then(|at| skip(&rest[at + block.len()..], followers)) else {
            return false;
        };
        rest = after;
    }
    rest.len() >= tail.len() && fits(tail, &rest[rest.len() - tail.len()..])
}

/// Whether a block without `*` covers the symbols one by one.
fn fits(block: &[Symbol], symbols: &[Symbol]) -> bool {
    block.len() == symbols.len()
        && block.iter().zip(symbols).all(|pair| match pair {
            (_, Many) => false,
            (One, _) => true,
            (general, special) => general == special,
        })
}

/// The first place where the block fits.
fn find(block: &[Symbol], symbols: &[Symbol]) -> Option<usize> {
    let last = symbols.len().checked_sub(block.len())?;
    (0..=last).find(|&at| fits(block, &symbols[at..at + block.len()]))
}

/// What is left after `count` symbols that are no `*`.
fn skip(symbols: &[Symbol], count: usize) -> Option<&[Symbol]> {
    let mut rest = symbols;
    for _ in 0..count {
        let next = rest.iter().position(|symbol| *symbol != Many)?;
        rest = &rest[next + 1..];
    }
    Some(rest)
}

/// Walks the table of "do these two tails share a text?" from the ends, one row at a time.
fn overlaps(a: &[Symbol], b: &[Symbol]) -> bool {
    // below[j]: the tail of `a` after the current symbol shares a text with b[j..].
    let mut below: Vec<bool> = (0..=b.len()).map(|j| b[j..].iter().all(|symbol| *symbol == Many)).collect();
    for x in a.iter().rev() {
        let mut row = vec![false; b.len() + 1];
        row[b.len()] = *x == Many && below[b.len()];
        for (j, y) in b.iter().enumerate().rev() {
            row[j] = match (x, y) {
                (Many, _) | (_, Many) => below[j] || row[j + 1],
                (One, _) | (_, One) => below[j + 1],
                (Literal(x), Literal(y)) => x == y && below[j + 1],
            };
        }
        below = row;
    }
    below[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn matching() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("?", "", false),
            ("?", "é", true),
            ("a*b", "ab", true),
            ("a*b", "aXbYb", true),
            ("a*b", "aXbY", false),
            ("*ab*ab", "ab", false),
            ("*ab*ab", "abab", true),
            ("a?*c", "ac", false),
            ("a*?c", "abc", true),
            ("arn:aws:s3:::b*", "arn:aws:s3:::b/key", true),
            ("arn:aws:s3:::B", "arn:aws:s3:::b", false),
            ("a", "*", false),
        ] {
            assert_eq!(Pattern::new(pattern).matches(text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn covering() {
        for (general, special, expected) in [
            ("*", "*", true),
            ("**", "?*", true),
            ("?*", "*", false),
            ("*?", "?*", true),
            ("arn:aws:s3:::b*", "arn:aws:s3:::b/*", true),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b", false),
            ("arn:aws:s3:::b/*", "arn:aws:s3:::b/?*", true),
            ("arn:aws:s3:::b/?*", "arn:aws:s3:::b/*", false),
            ("arn:*:s3:::b", "arn:aws-cn:s3:::b", true),
            ("s*", "s3:?*", true),
            ("s3:Get*", "s3:*", false),
            ("a?c", "abc", true),
            ("abc", "a?c", false),
            ("*a*", "?", false),
            // The second `*` must stand for nothing and the first for much to find a text that does not match.
            ("a?*bxb*c", "a*bxb*xbc", false),
            ("a?*bxb*c", "a*bxb*xbxbc", true),
            ("*?b", "*b", false),
            ("?*b", "a*b", true),
        ] {
            assert_eq!(Pattern::new(general).covers(&Pattern::new(special)), expected, "{general} over {special}");
        }
    }

    #[test]
    fn overlapping() {
        for (a, b, expected) in [
            ("iam:*", "s3:?*", false),
            ("*:Get*", "s3:?*", true),
            ("s?:x", "s3:?*", true),
            ("a*", "*b", true),
            ("a", "b*", false),
            ("", "*", true),
            ("s3:", "s3:?*", false),
            ("a*c", "a?", true),
        ] {
            let (x, y) = (Pattern::new(a), Pattern::new(b));
            assert_eq!(x.overlaps(&y), expected, "{a} and {b}");
            assert_eq!(y.overlaps(&x), expected, "{b} and {a}");
        }
    }

    #[test]
    fn many_stars_take_no_exponential_time() {
        let pattern = Pattern::new(&"*a".repeat(2_000));
        assert!(!pattern.matches(&("a".repeat(4_000) + "b")));
        assert!(!pattern.covers(&Pattern::new(&"a*".repeat(3_000))));
        assert!(!pattern.overlaps(&Pattern::new(&"*b".repeat(2_000))));
    }

    /// The definition of matching, word for word; exponential.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, _) => text.is_empty(),
            (Some(('*', pattern_rest)), None) => naive(pattern_rest, text),
            (Some(('*', pattern_rest)), Some((_, text_rest))) => naive(pattern_rest, text) || naive(pattern, text_rest),
            (Some(('?', pattern_rest)), Some((_, text_rest))) => naive(pattern_rest, text_rest),
            (Some((p, pattern_rest)), Some((t, text_rest))) => p == t && naive(pattern_rest, text_rest),
            (Some(_), None) => false,
        }
    }

    fn naive_match(pattern: &str, text: &str) -> bool {
        let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
        naive(&pattern, &text)
    }

    /// The texts of a pattern that can be the hardest to match: each `?` an unknown character, each `*` nothing or,
    /// up to more than a pattern of seven symbols can count, a run of them.
    fn hard_texts(pattern: &str, runs: &[usize]) -> Vec<String> {
        pattern.chars().fold(vec![String::new()], |texts, c| match c {
            '*' => texts.iter().flat_map(|text| runs.iter().map(move |&n| text.clone() + &"z".repeat(n))).collect(),
            '?' => texts.into_iter().map(|text| text + "z").collect(),
            c => texts.into_iter().map(|text| text + c.encode_utf8(&mut [0; 4])).collect(),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn matches_as_defined(pattern in "[ab?*]{0,9}", text in "[ab]{0,9}") {
            prop_assert_eq!(Pattern::new(&pattern).matches(&text), naive_match(&pattern, &text));
        }

        #[test]
        fn covers_exactly(general in "[ab?*]{0,7}", special in "[ab?*]{0,6}") {
            let texts = hard_texts(&special, &[0, 1, 8]);
            let all = texts.iter().all(|text| naive_match(&general, text));
            prop_assert_eq!(Pattern::new(&general).covers(&Pattern::new(&special)), all);
        }

        #[test]
        fn a_wider_pattern_covers_and_matches(
            special in "[ab?*]{0,9}",
            wider in prop::collection::vec(0..5, 9),
            fill in "[abz]{0,30}",
        ) {
            let general: String = special
                .chars()
                .zip(wider)
                .map(|(c, how)| match how {
                    0 => '*',
                    1 if c != '*' => '?',
                    _ => c,
                })
                .collect();
            let mut fill = fill.chars();
            let text: String = special
                .chars()
                .flat_map(|c| match c {
                    '*' => fill.by_ref().take(3).collect(),
                    '?' => fill.next().unwrap_or('z').to_string(),
                    c => c.to_string(),
                }
                .chars()
                .collect::<Vec<_>>())
                .collect();
            prop_assert!(Pattern::new(&general).covers(&Pattern::new(&special)));
            prop_assert!(Pattern::new(&special).matches(&text));
            prop_assert!(Pattern::new(&general).matches(&text));
        }
    }

    /// Every text of up to `longest` symbols of an alphabet.
    fn all(alphabet: &[&str], longest: usize) -> Vec<String> {
        let mut texts = vec![String::new()];
        let mut longer = 0;
        for _ in 0..longest {
            let end = texts.len();
            for i in longer..end {
                texts.extend(alphabet.iter().map(|symbol| texts[i].clone() + symbol).collect::<Vec<_>>());
            }
            longer = end;
        }
        texts
    }

    #[test]
    fn short_patterns_overlap_exactly_if_they_share_a_text() {
        // No shortest common text is longer than both patterns together.
        let texts = all(&["a", "b"], 6);
        let patterns: Vec<(Pattern, Vec<bool>)> = all(&["a", "b", "?", "*"], 3)
            .iter()
            .map(|pattern| {
                let matched = texts.iter().map(|text| naive_match(pattern, text)).collect();
                (Pattern::new(pattern), matched)
            })
            .collect();
        for (a, texts_of_a) in &patterns {
            for (b, texts_of_b) in &patterns {
                let common = texts_of_a.iter().zip(texts_of_b).any(|(a, b)| *a && *b);
                assert_eq!(a.overlaps(b), common, "{a:?} and {b:?}");
            }
        }
    }
}
