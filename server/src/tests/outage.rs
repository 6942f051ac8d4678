//! What a server does whose store cannot be written.

use std::time::Duration;

use serde_json::json;

use super::harness::{Server, Setup, function};
use crate::store::fault::{Fault, Faults};

#[tokio::test]
async fn a_full_disk_refuses_changes_and_nothing_else() {
    refuses_changes_and_nothing_else(Fault::Full).await;
}

#[tokio::test]
async fn a_broken_disk_refuses_changes_and_nothing_else() {
    refuses_changes_and_nothing_else(Fault::Crashed).await;
}

async fn refuses_changes_and_nothing_else(fault: Fault) {
    let faults = Faults::default();
    let server = Server::start_with(Setup { faults: faults.clone(), ..Setup::default() });
    server.create_function(&function("f")).await;
    faults.set(fault);
    // The first change finds out; those that follow are refused before they are decided.
    for _ in 0..2 {
        let refused = server.ec2("Action=CreateVpc&CidrBlock=10.0.0.0/16").await;
        assert_eq!(refused.status, 503, "{}", refused.text);
        assert!(refused.text.contains("<Code>Unavailable</Code>"), "{}", refused.text);
    }
    let refused = server.lambda("POST functions", &function("g")).await;
    assert_eq!(refused.status, 500, "{}", refused.text);
    assert!(refused.text.contains("changes cannot be stored"), "{}", refused.text);
    assert_eq!(server.ec2("Action=DescribeVpcs").await.status, 200);
    let invoked = server.lambda("POST functions/f/invocations", &json!(7)).await;
    assert_eq!((invoked.status, invoked.text.as_str()), (200, "7"));
    faults.set(Fault::None);
    for _ in 0..1000 {
        if server.ec2("Action=CreateVpc&CidrBlock=10.1.0.0/16").await.status == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("writing does not resume");
}
