//! What an invocation's caller gets, byte for byte as AWS answers it.

use bytes::Bytes;
use engine::effect::{InvokeResult, Invoked};
use engine::id::RequestId;
use engine::node::Exit;
use serde::Serialize;

/// The most that a function may answer, in bytes.
const RESPONSE: usize = 6_291_556;
const UNHANDLED: Option<&str> = Some("Unhandled");

/// The response to an invocation that ran; `payload` are the bytes that the result names.
pub(crate) fn result(
    invoked: &Invoked,
    payload: Option<Bytes>,
    tail: Option<Vec<u8>>,
) -> wire::Invoked {
    let request = invoked.request;
    let (function_error, payload) = match &invoked.result {
        InvokeResult::Response(_) => (None, payload.unwrap_or_default()),
        InvokeResult::Error(_) => (UNHANDLED, payload.unwrap_or_default()),
        InvokeResult::TimedOut(after) | InvokeResult::InitTimedOut(after) => {
            let what = format!("Task timed out after {:.2} seconds", after.as_secs_f64());
            (UNHANDLED, failed("Sandbox.Timedout", request, &what))
        }
        InvokeResult::Died(exit) => (UNHANDLED, failed("Runtime.ExitError", request, &died(*exit))),
        InvokeResult::TooLarge(_) => (UNHANDLED, too_large()),
    };
    wire::Invoked {
        status: 200,
        executed_version: Some(invoked.version.spelled()),
        function_error,
        log_tail: tail,
        payload,
    }
}

/// The error document of an environment that failed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failed<'a> {
    error_type: &'a str,
    error_message: String,
}

fn failed(kind: &str, request: RequestId, what: &str) -> Bytes {
    let error_message = format!("RequestId: {request} Error: {what}");
    document(&Failed { error_type: kind, error_message })
}

/// The error document of a response that is too large, whose members AWS has in another order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TooLarge<'a> {
    error_message: String,
    error_type: &'a str,
}

fn too_large() -> Bytes {
    let error_message =
        format!("Response payload size exceeded maximum allowed payload size ({RESPONSE} bytes).");
    document(&TooLarge { error_message, error_type: "Function.ResponseSizeTooLarge" })
}

fn document(document: &impl Serialize) -> Bytes {
    Bytes::from(serde_json::to_vec(document).expect("texts are JSON"))
}

/// How a runtime ended.
pub(crate) fn died(exit: Exit) -> String {
    match exit {
        Exit::Status(0) => "Runtime exited without providing a reason".to_owned(),
        Exit::Status(status) => format!("Runtime exited with error: exit status {status}"),
        Exit::OutOfMemory => "Runtime exited with error: signal: killed".to_owned(),
        Exit::Signal(signal) => format!("Runtime exited with error: signal: {}", name(signal)),
    }
}

/// A signal as Go's runtime names it, in which AWS's supervisor is written.
fn name(signal: i32) -> String {
    let name = match signal {
        1 => "hangup",
        2 => "interrupt",
        3 => "quit",
        4 => "illegal instruction",
        5 => "trace/breakpoint trap",
        6 => "aborted",
        7 => "bus error",
        8 => "floating point exception",
        9 => "killed",
        10 => "user defined signal 1",
        11 => "segmentation fault",
        12 => "user defined signal 2",
        13 => "broken pipe",
        14 => "alarm clock",
        15 => "terminated",
        other => return format!("signal {other}"),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::id::{EnvironmentId, PayloadId, Version};
    use std::time::Duration;

    fn of(result: InvokeResult) -> (Option<&'static str>, String) {
        let request = RequestId(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff);
        let invoked = Invoked {
            request,
            version: Version(0),
            environment: EnvironmentId(1),
            event: PayloadId(2),
            result,
        };
        let answer = super::result(&invoked, Some(Bytes::from_static(b"1")), None);
        (answer.function_error, String::from_utf8(answer.payload.to_vec()).expect("text"))
    }

    #[test]
    fn failures_are_spelled_as_recorded() {
        let id = "00112233-4455-6677-8899-aabbccddeeff";
        let exit = |exit| of(InvokeResult::Died(exit)).1;
        assert_eq!(of(InvokeResult::Response(PayloadId(1))), (None, "1".into()));
        assert_eq!(of(InvokeResult::Error(PayloadId(1))), (UNHANDLED, "1".into()));
        assert_eq!(
            of(InvokeResult::TimedOut(Duration::from_secs(1))).1,
            format!(
                "{{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: {id} Error: \
                 Task timed out after 1.00 seconds\"}}"
            )
        );
        assert_eq!(
            exit(Exit::Status(0)),
            format!(
                "{{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: {id} Error: \
                 Runtime exited without providing a reason\"}}"
            )
        );
        assert!(exit(Exit::Status(127)).contains("Runtime exited with error: exit status 127\""));
        assert!(exit(Exit::OutOfMemory).contains("Runtime exited with error: signal: killed\""));
        assert!(exit(Exit::Signal(11)).contains("signal: segmentation fault\""));
        assert_eq!(
            of(InvokeResult::TooLarge(7_000_000)).1,
            "{\"errorMessage\":\"Response payload size exceeded maximum allowed payload size \
             (6291556 bytes).\",\"errorType\":\"Function.ResponseSizeTooLarge\"}"
        );
    }
}
