//! Runtime clients that are not Warren's: AWS's own must find the Runtime API they know.

mod common;

use std::path::Path;
use std::process::Command;

use common::{Harness, spec};
use engine::node::Outcome;

fn add(harness: &Harness, code: [u8; 32], source: &Path) {
    let name: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
    let target = harness.directory.join("code").join(name);
    let status = Command::new("cp").arg("-r").arg(source).arg(target).status().unwrap();
    assert!(status.success());
}

#[test]
#[ignore = "needs WARREN_TEST_RIC, a directory made by pip install --target … awslambdaric"]
fn awslambdaric_serves_events() {
    let library = std::env::var("WARREN_TEST_RIC").unwrap();
    let harness = Harness::new("ric", 0);
    let app = "def handler(event, context):\n  if event.get('fail'): raise ValueError('boom')\n  \
               return [event, context.function_name, context.aws_request_id]\n";
    let bootstrap = "#!/bin/sh\nexport PYTHONPATH=/var/task/py\n\
                     exec python3.11 -m awslambdaric app.handler\n";
    let code = harness.code(&[("app.py", app), ("bootstrap", bootstrap)]);
    add(&harness, code, Path::new(&library));
    let environment = harness.start(spec(code, "provided.al2023", "app.handler"));
    for _ in 0..3 {
        let (outcome, body) = harness.invoke(environment, "{\"a\":1}");
        assert!(matches!(outcome, Outcome::Response { .. }), "{body}");
        assert!(body.starts_with("[{\"a\": 1}, \"test\", \"0000"), "{body}");
    }
    let (outcome, body) = harness.invoke(environment, "{\"fail\":1}");
    assert!(matches!(outcome, Outcome::Error { .. }), "{body}");
    assert!(body.contains("\"errorType\": \"ValueError\""), "{body}");
    let own = harness.start(spec(code, "python3.11", "app.handler"));
    assert!(matches!(harness.invoke(own, "{\"fail\":1}").0, Outcome::Error { .. }));
    let body_of_own = harness.last_payload();
    assert_eq!(shape(&body), shape(&body_of_own));
    println!("{}", harness.log());
    harness.stop(environment);
}

/// An error document without what differs by request.
fn shape(body: &str) -> String {
    let (before, after) = body.split_once("\"requestId\": \"").unwrap();
    format!("{before}{}", &after[36..])
}

#[test]
#[ignore = "needs WARREN_TEST_LAMBDA_RUNTIME, a bootstrap built with the lambda_runtime crate"]
fn lambda_runtime_serves_events() {
    let bootstrap = std::env::var("WARREN_TEST_LAMBDA_RUNTIME").unwrap();
    let harness = Harness::new("crate", 1);
    let code = harness.code(&[]);
    add(&harness, code, Path::new(&bootstrap));
    for _ in 0..2 {
        let environment = harness.start(spec(code, "provided.al2023", "x"));
        for _ in 0..3 {
            let (outcome, body) = harness.invoke(environment, "{\"a\":1}");
            assert!(matches!(outcome, Outcome::Response { .. }), "{body}");
            assert!(body.contains("\"got\":{\"a\":1}"), "{body}");
        }
        let (outcome, body) = harness.invoke(environment, "{\"fail\":1}");
        assert!(matches!(outcome, Outcome::Error { .. }), "{body}");
        harness.stop(environment);
        harness.wait_for_stock();
    }
}
