//! Builds the bootstrap that `warren bench` measures with, as a static program where the machine
//! can link one: what a function brings must not depend on what lies in the sandbox.

use std::env;
use std::path::PathBuf;
use std::process::Command;

const SOURCE: &str = "../node/src/bin/echo-bootstrap.rs";

fn main() {
    println!("cargo:rerun-if-changed={SOURCE}");
    println!("cargo:rerun-if-changed=build.rs");
    // Tables of names have very many addresses that are known when the program is loaded: packed they take
    // a fiftieth of the room in it. Loaders know them since glibc 2.36.
    println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    if env::var("TARGET").is_ok_and(|target| target == "x86_64-unknown-linux-gnu") {
        // Where the linker is Rust's own: what is compiled to the same code, for types that are told apart
        // by the compiler alone, is there once.
        println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
    }
    let variable = |name| env::var(name).expect("cargo sets it for build scripts");
    let program = PathBuf::from(variable("OUT_DIR")).join("echo-bootstrap");
    let build = |options: &[&str]| {
        let mut compiler = Command::new(variable("RUSTC"));
        compiler.args(["--edition", "2024", "--crate-type", "bin", "--target"]);
        compiler.arg(variable("TARGET"));
        compiler.args(["-O", "-Cpanic=abort", "-Cstrip=symbols", SOURCE, "-o"]).arg(&program);
        compiler.args(options).status().is_ok_and(|status| status.success())
    };
    if !build(&["-Ctarget-feature=+crt-static", "-Crelocation-model=static"]) {
        println!("cargo:warning=no static C library: the bootstrap of `warren bench` is dynamic");
        assert!(build(&[]), "{SOURCE} does not compile");
    }
}
