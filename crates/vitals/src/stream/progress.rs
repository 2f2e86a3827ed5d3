//! How far long work is, on the standard error, where that is a terminal.

use std::fmt::Display;
use std::fs::File;
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar on the terminal: whoever writes there must know of it.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

fn shown() -> Option<ProgressBar> {
    BAR.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Whether what is written to the standard output would run into the bar.
static CROWDED: AtomicBool = AtomicBool::new(false);

/// Shows no bar, because verdicts go to the same terminal while items are read.
pub(crate) fn show_no_progress() {
    CROWDED.store(true, Ordering::Relaxed);
}

/// Shows how much is read of so many bytes, until it is dropped.
pub(super) struct Progress {
    items: u64,
    bar: ProgressBar,
}

impl Progress {
    pub(super) fn of(bytes: u64) -> Result<Self> {
        let style = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes}, {msg} items a second, {eta} left")
            .context("the progress bar's template")?;
        let crowded = CROWDED.load(Ordering::Relaxed);
        let target = if crowded { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(bytes), target).with_style(style).with_message("0");
        *BAR.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.clone());
        Ok(Self { items: 0, bar })
    }

    pub(super) fn items(&mut self, items: usize) {
        if !self.bar.is_hidden() {
            self.items += items as u64;
            let milliseconds = self.bar.elapsed().as_millis().max(1);
            self.bar.set_message((u128::from(self.items) * 1000 / milliseconds).to_string());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        *BAR.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.bar.finish_and_clear();
    }
}

/// A file whose reading is shown.
pub(super) fn watched(file: File) -> Box<dyn Read + Send> {
    match shown() {
        Some(bar) if !bar.is_hidden() => Box::new(bar.wrap_read(file)),
        _ => Box::new(file),
    }
}

/// Says something on the standard error.
pub(crate) fn say(message: impl Display) {
    match shown() {
        Some(bar) => bar.suspend(|| eprintln!("{message}")),
        None => eprintln!("{message}"),
    }
}
