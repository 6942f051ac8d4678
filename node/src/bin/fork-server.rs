//! A fork server by itself, for tests and benchmarks whose own `main` belongs to a harness.

fn main() {
    node::sandbox::fork_server_main_if_asked();
    panic!("only to be started as a fork server");
}
