//! The rules' real Lambda binaries.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use config_rule::Entry;
use local_config::{Function, FunctionSpec};

use crate::cli::FunctionArgs;

/// The folder with the binaries.
pub(crate) fn folder(given: Option<&Path>) -> Result<PathBuf> {
    if let Some(folder) = given {
        return Ok(folder.to_path_buf());
    }
    let own = std::env::current_exe().context("the folder of `vitals` itself can't be told; give --functions")?;
    Ok(own.parent().map(PathBuf::from).unwrap_or_default())
}

/// Takes a rule's function on.
pub(crate) fn start(args: &FunctionArgs, entry: &Entry, account: &str, region: &str, url: &str) -> Result<Function> {
    let id = entry.metadata.id;
    let binary = folder(args.functions.as_deref())?.join(id);
    if !binary.exists() {
        bail!(
            "rule {id} has no binary at {}; build it with `cargo build --profile lambda -p functions --bin {id}`, \
             or say with --functions where it is",
            binary.display()
        );
    }
    let mut spec = FunctionSpec::new(format!("vitals-{id}"), binary)
        .timeout(Duration::from_secs(args.timeout))
        .env("AWS_ENDPOINT_URL_CONFIG_SERVICE", url);
    account.clone_into(&mut spec.account);
    region.clone_into(&mut spec.region);
    // An author who asks for more of the log gets it.
    if let Ok(level) = std::env::var("RUST_LOG") {
        spec = spec.env("RUST_LOG", level);
    }
    Ok(Function::start(spec)?)
}
