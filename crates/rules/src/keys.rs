//! Comparing KMS keys, which items and parameters write in different ways.

/// Whether two names are of the same key. Two ARNs must be the same in all parts; with a bare id, the id decides.
pub(crate) fn same_key(key: &str, required: &str) -> bool {
    if key.starts_with("arn:") && required.starts_with("arn:") {
        key == required
    } else {
        key_id(key) == key_id(required)
    }
}

/// Whether the key is one of those accepted.
pub(crate) fn is_any_of(key: &str, accepted: &[String]) -> bool {
    accepted.iter().any(|accepted| same_key(key, accepted))
}

fn key_id(key: &str) -> &str {
    key.rsplit_once(":key/").map_or(key, |(_, id)| id)
}
