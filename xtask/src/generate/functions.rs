//! One binary a rule.

use std::path::PathBuf;

use config_rule::Kind;

use super::Files;
use crate::names::pascal;

pub(super) fn make(files: &mut Files) {
    for entry in rules::all() {
        let metadata = entry.metadata;
        let rule = format!("rules::{}::{}", metadata.service(), pascal(metadata.id));
        let call = match &entry.kind {
            Kind::Item { .. } => format!("lambda::run::<{rule}>()"),
            Kind::Facts { gatherer, .. } => format!("lambda::run_facts::<{rule}, _>({gatherer})"),
        };
        let text = format!(
            "//! The Lambda function of `{}`.\n\nfn main() -> std::process::ExitCode {{\n    {call}\n}}\n",
            metadata.id
        );
        files.insert(PathBuf::from(format!("crates/functions/src/bin/{}.rs", metadata.id)), text.into_bytes());
    }
}
