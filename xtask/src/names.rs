//! A rule's id in the spellings of Rust and CloudFormation.

/// `s3-bucket-named` → `S3BucketNamed`: the rule's type and its logical id in templates.
pub(crate) fn pascal(id: &str) -> String {
    id.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
        })
        .collect()
}

/// `s3-bucket-named` → `s3_bucket_named`: the rule's module.
pub(crate) fn snake(id: &str) -> String {
    id.replace('-', "_")
}
