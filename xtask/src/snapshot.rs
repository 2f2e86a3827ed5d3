//! `cargo xtask snapshot`: a snapshot of any size, made from the sample estate.

use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::generate;

/// Writes a gzipped snapshot of so many items: those of the estate over and over, each time with other ids. The same
/// number gives the same snapshot.
pub(crate) fn make(root: &Path, items: usize, path: &Path) -> Result<()> {
    let estate = generate::estate_items(root)?;
    ensure!(!estate.is_empty(), "the sample estate is empty");
    let file = std::fs::File::create(path).with_context(|| path.display().to_string())?;
    let mut out = BufWriter::new(GzEncoder::new(file, Compression::default()));
    write!(
        out,
        r#"{{"fileVersion":"1.0","configSnapshotId":"7f1c2d3e-4b5a-4968-8776-a5b4c3d2e1f0","configurationItems":["#
    )?;
    for number in 0..items {
        if number > 0 {
            out.write_all(b",")?;
        }
        let round = number / estate.len();
        out.write_all(in_round(&estate[number % estate.len()], round).as_bytes())?;
    }
    out.write_all(b"]}")?;
    out.into_inner().map_err(std::io::IntoInnerError::into_error)?.finish()?;
    Ok(())
}

/// The item of another round: every id in it is another one, the same wherever it stands in that round, as in a real
/// snapshot, in which no two resources share their ids. Accounts, regions, times and types stay.
fn in_round(item: &Value, round: usize) -> String {
    if round == 0 {
        return item.to_string();
    }
    let mut other = item.clone();
    change_strings(&mut other, round);
    match item["resourceId"].as_str() {
        // Another account's item: the number stands in every ARN.
        Some(account) if ACCOUNTS.contains(&account) => {
            other["resourceId"] = Value::String(format!("{round:012}"));
            other.to_string()
        }
        // A name, that looks like no id.
        Some(name) if other["resourceId"] == name => other.to_string().replace(name, &format!("{name}-{round}")),
        _ => other.to_string(),
    }
}

fn change_strings(value: &mut Value, round: usize) {
    match value {
        Value::String(text) => *text = change_ids(text, round),
        Value::Array(values) => values.iter_mut().for_each(|value| change_strings(value, round)),
        Value::Object(members) => members.values_mut().for_each(|value| change_strings(value, round)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn change_ids(text: &str, round: usize) -> String {
    let mut other = String::with_capacity(text.len());
    let mut encoded = false;
    for token in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let (word, rest) = token.split_at(token.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).len());
        if !encoded && is_id(word) {
            let mut state = hash(word, round);
            other.extend(word.chars().map(|c| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                another(c, state >> 33)
            }));
        } else {
            other.push_str(word);
        }
        other.push_str(rest);
        // What follows a percent sign is a part of a policy, in URL encoding.
        encoded = rest == "%";
    }
    other
}

/// Ids are hexadecimal or upper-case, and hold a digit; names such as `AmazonS3FullAccess` and `postgresql15` are none.
fn is_id(word: &str) -> bool {
    let all = |of: fn(&u8) -> bool| word.bytes().all(|byte| byte.is_ascii_digit() || of(&byte));
    word.len() >= 8
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && (all(|byte| matches!(byte, b'a'..=b'f')) || all(u8::is_ascii_uppercase))
        && !ACCOUNTS.contains(&word)
}

const ACCOUNTS: [&str; 2] = ["111122223333", "444455556666"];

/// FNV-1a of the word and the round.
fn hash(word: &str, round: usize) -> u64 {
    let bytes = word.bytes().map(u64::from).chain([round as u64]);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ byte).wrapping_mul(0x0100_0000_01b3))
}

/// Another character of the same kind: a digit for a digit, a hexadecimal letter for one of those.
fn another(c: char, random: u64) -> char {
    let pick = |from: &[u8]| char::from(from[usize::try_from(random).unwrap_or(0) % from.len()]);
    match c {
        '0'..='9' => pick(b"0123456789"),
        'a'..='f' => pick(b"abcdef"),
        'A'..='Z' => pick(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        other => other,
    }
}
