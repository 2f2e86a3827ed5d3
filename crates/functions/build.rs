//! Which linker makes the functions.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Rust's own choice, LLD, keeps what unwinding needs of functions that it leaves out: 0.6 MB in each binary, which is of
    // other rules and changes with them. GNU's linker doesn't.
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-link-arg-bins=-fuse-ld=bfd");
    }
}
