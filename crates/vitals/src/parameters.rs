//! `--parameters` and `--now`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use config_rule::ParameterMap;
use jiff::Timestamp;
use serde_json::Value;

use crate::select;

/// Reads a file of parameters: rule id → parameter → value.
pub(crate) fn read(path: Option<&Path>) -> Result<BTreeMap<String, ParameterMap>> {
    let Some(path) = path else { return Ok(BTreeMap::new()) };
    let place = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{place} can't be read"))?;
    let by_rule: BTreeMap<String, Value> = serde_json::from_str(&text)
        .map_err(|error| anyhow!("{place} is no JSON object of rules and their parameters: {error}"))?;
    by_rule
        .into_iter()
        .map(|(id, value)| {
            select::rule(&id).with_context(|| place.to_string())?;
            let map = ParameterMap::from_value(&value).with_context(|| format!("{place}: {id}"))?;
            Ok((id, map))
        })
        .collect()
}

/// The time to judge as of.
pub(crate) fn now(typed: Option<&str>) -> Result<Timestamp> {
    match typed {
        None => Ok(Timestamp::now()),
        Some(text) => config_item::parse_timestamp(text)
            .ok_or_else(|| anyhow!("--now is `{text}`, which is no time; write it as 2026-11-21T00:00:00Z")),
    }
}
