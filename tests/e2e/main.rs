//! End to end: the binaries as they are deployed, the command line, the templates and the tools around them.

mod cli;
mod delivery;
mod deploy;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod emulator;
mod estate;
mod events;
mod exceptions;
mod faults;
mod functions;
mod hostile;
mod logs;
mod prose;
mod security_hub;
#[cfg(target_os = "linux")]
mod soak;
mod stand_in;
mod support;
mod templates;
