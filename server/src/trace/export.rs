//! Sending spans to a collector: OTLP over HTTP, in JSON.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use crate::trace::span::spans;
use crate::trace::{Traced, Tracer};

/// Invocations of one request.
const BATCH: usize = 256;
/// How long further ones are waited for.
const PAUSE: Duration = Duration::from_secs(1);
/// How long a collector may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Bytes of a collector's answer that are read.
const ANSWER: usize = 64 << 10;

/// Where spans are sent.
#[derive(Debug, Clone)]
pub struct Collector {
    /// The URL that takes them, such as `http://127.0.0.1:4318/v1/traces`.
    pub url: Uri,
    /// What requests carry beside it.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The name under which this server tells of itself.
    pub service: String,
}

/// Why spans were not taken.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error("collector cannot be reached: {0}")]
    Unreachable(Box<dyn std::error::Error + Send + Sync>),
    #[error("collector did not answer in time")]
    Slow,
    #[error("collector answered with status {0}")]
    Refused(u16),
}

/// Spans on their way to a collector.
#[derive(Debug)]
pub struct Export {
    collector: Collector,
    tracer: Arc<Tracer>,
    arriving: mpsc::Receiver<Traced>,
}

impl Export {
    /// Spans for a collector: who collects them, and who sends them.
    #[must_use]
    pub fn to(collector: Collector) -> (Arc<Tracer>, Export) {
        let (tracer, arriving) = Tracer::new();
        let tracer = Arc::new(tracer);
        (Arc::clone(&tracer), Export { collector, tracer, arriving })
    }

    /// Sends what comes, for as long as anything may. What a collector does not take is counted, and
    /// not sent again: nobody waits for it.
    pub async fn run(mut self) {
        let mut is_losing = false;
        loop {
            let mut batch = Vec::new();
            if self.arriving.recv_many(&mut batch, BATCH).await == 0 {
                return;
            }
            if batch.len() < BATCH {
                sleep(PAUSE).await;
                while batch.len() < BATCH
                    && let Ok(more) = self.arriving.try_recv()
                {
                    batch.push(more);
                }
            }
            let sent = self.send(&batch).await;
            if let Err(error) = &sent {
                self.tracer.lose(batch.len());
                if !is_losing {
                    tracing::warn!(%error, url = %self.collector.url, "spans are lost");
                }
            }
            is_losing = sent.is_err();
        }
    }

    async fn send(&self, batch: &[Traced]) -> Result<(), ExportError> {
        let body = Bytes::from(self.body(batch).to_string());
        timeout(TIMEOUT, self.post(body)).await.map_err(|_| ExportError::Slow)?
    }

    async fn post(&self, body: Bytes) -> Result<(), ExportError> {
        let unreachable =
            |error: Box<dyn std::error::Error + Send + Sync>| ExportError::Unreachable(error);
        let url = &self.collector.url;
        let (host, port) = (url.host().unwrap_or_default(), url.port_u16().unwrap_or(80));
        let name = host.trim_start_matches('[').trim_end_matches(']');
        let stream = TcpStream::connect((name, port)).await.map_err(|it| unreachable(it.into()))?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|it| unreachable(it.into()))?;
        // It ends with the sender.
        tokio::spawn(connection);
        let mut request = Request::post(url.path_and_query().map_or("/", |path| path.as_str()))
            .header("host", format!("{host}:{port}"))
            .header("content-type", "application/json");
        for (name, value) in &self.collector.headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(body)).map_err(|it| unreachable(it.into()))?;
        let answer = sender.send_request(request).await.map_err(|it| unreachable(it.into()))?;
        let status = answer.status();
        // What it says is passed over, so that it is not cut off while it says it.
        drop(Limited::new(answer.into_body(), ANSWER).collect().await);
        if status.is_success() { Ok(()) } else { Err(ExportError::Refused(status.as_u16())) }
    }

    fn body(&self, batch: &[Traced]) -> Value {
        let spans: Vec<Value> = batch.iter().flat_map(spans).collect();
        let text = |key: &str, value: &str| json!({"key": key, "value": {"stringValue": value}});
        let version = env!("CARGO_PKG_VERSION");
        let resource =
            [text("service.name", &self.collector.service), text("service.version", version)];
        json!({"resourceSpans": [{
            "resource": {"attributes": resource},
            "scopeSpans": [{"scope": {"name": "warren", "version": version}, "spans": spans}],
        }]})
    }
}
