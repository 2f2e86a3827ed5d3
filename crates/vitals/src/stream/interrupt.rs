//! Ctrl-C during long work.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::{Context as _, Result};
use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// The exit code that shells expect of what Ctrl-C ended.
pub(crate) const EXIT_CODE: u8 = 130;

static INTERRUPTED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From here on, Ctrl-C asks to end with what was found so far; the second one ends at once.
pub(crate) fn listen() -> Result<()> {
    let interrupted = INTERRUPTED.get_or_init(Arc::default);
    flag::register_conditional_shutdown(SIGINT, i32::from(EXIT_CODE), Arc::clone(interrupted))
        .and_then(|_| flag::register(SIGINT, Arc::clone(interrupted)))
        .context("Ctrl-C can't be listened for")?;
    Ok(())
}

/// Whether Ctrl-C asked to end.
pub(crate) fn interrupted() -> bool {
    INTERRUPTED.get().is_some_and(|interrupted| interrupted.load(Ordering::Relaxed))
}
