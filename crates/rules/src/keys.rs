//! Comparing KMS keys, which items and parameters write in different ways.

/// Whether two names are of the same key. Two ARNs must be the same in all parts; with a bare id or alias, that decides.
pub(crate) fn same_key(key: &str, required: &str) -> bool {
    if key.starts_with("arn:") && required.starts_with("arn:") { key == required } else { bare(key) == bare(required) }
}

/// Whether the key is one of those accepted.
pub(crate) fn is_any_of(key: &str, accepted: &[String]) -> bool {
    accepted.iter().any(|accepted| same_key(key, accepted))
}

/// The id, or the alias with `alias/`, without the ARN around it.
fn bare(key: &str) -> &str {
    let last = key.rsplit_once(':').map_or(key, |(_, last)| last);
    last.strip_prefix("key/").unwrap_or(last)
}
