//! Figures of warm invocations, taken by turns with a bare HTTP echo over the same client.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use super::client::Connection;
use super::error::BenchError;
use super::figure::{Figures, middle, timed};
use super::functions::{Kind, Measured};

/// Callers at once.
const CALLERS: usize = 8;
/// How often the measured take turns, so that what else the machine does falls on all alike.
const ROUNDS: u32 = 20;

/// What the design aims at, in parts of the echo's figures.
#[derive(Debug, Clone, Copy)]
struct Targets {
    /// At most.
    latency: f64,
    /// At least.
    throughput: f64,
}

/// Somebody who is asked, for instance a function of a server.
struct Respondent {
    what: &'static str,
    path: String,
    /// None for the echo itself.
    targets: Option<Targets>,
    connections: Vec<Connection>,
    spans: Vec<Duration>,
    /// How long each round of all callers took.
    rounds: Vec<f64>,
}

impl Respondent {
    fn new(
        what: &'static str,
        at: SocketAddr,
        path: String,
        targets: Option<Targets>,
    ) -> Result<Respondent, BenchError> {
        let connections =
            (0..CALLERS).map(|_| Connection::open(at)).collect::<Result<Vec<_>, _>>()?;
        let (spans, rounds) = (Vec::new(), Vec::new());
        Ok(Respondent { what, path, targets, connections, spans, rounds })
    }

    /// One caller asks so many times.
    fn alone(&mut self, count: u32) -> Result<(), BenchError> {
        let connection = &mut self.connections[0];
        for _ in 0..count {
            let (span, done) = timed(|| connection.echoed(&self.path, "{}"));
            done?;
            self.spans.push(span);
        }
        Ok(())
    }

    /// Every caller asks so many times, all at once; how long that took.
    fn together(&mut self, count: u32, event: &str) -> Result<Duration, BenchError> {
        let path = self.path.as_str();
        let (span, done) = timed(|| {
            std::thread::scope(|scope| {
                let callers: Vec<_> = self
                    .connections
                    .iter_mut()
                    .map(|connection| {
                        scope.spawn(move || {
                            (0..count).try_for_each(|_| connection.echoed(path, event))
                        })
                    })
                    .collect();
                callers
                    .into_iter()
                    .try_for_each(|caller| caller.join().unwrap_or(Err(BenchError::Client)))
            })
        });
        done.map(|()| span)
    }
}

pub(super) fn measure(
    figures: &mut Figures,
    measured: &mut Measured,
    is_quick: bool,
) -> Result<(), BenchError> {
    let mut all = vec![Respondent::new("a bare HTTP echo", echo()?, "/".into(), None)?];
    for (kind, targets) in [
        (Kind::Python, Targets { latency: 2.0, throughput: 0.45 }),
        (Kind::Bootstrap, Targets { latency: 1.6, throughput: 0.7 }),
    ] {
        let (name, _) = measured.create(kind, Some("hyperplane"))?;
        measured.invoke(&name, "{}")?;
        let path = format!("/2015-03-31/functions/{name}/invocations");
        all.push(Respondent::new(kind.name(), measured.served.at, path, Some(targets))?);
    }
    for respondent in &mut all[1..] {
        // Every caller finds an environment afterwards.
        respondent.together(1, "500")?;
    }
    let count = if is_quick { 25 } else { 250 };
    for _ in 0..ROUNDS {
        all.iter_mut().try_for_each(|respondent| respondent.alone(count))?;
        for respondent in &mut all {
            let span = respondent.together(count / 2, "{}")?;
            respondent.rounds.push(f64::from(count / 2) * CALLERS as f64 / span.as_secs_f64());
        }
    }
    let [echo, functions @ ..] = all.as_slice() else { return Ok(()) };
    for respondent in functions {
        let what = format!("warm invoke of {}, through HTTP", respondent.what);
        figures.spans(&what, respondent.spans.clone(), Some(150.0));
    }
    figures.spans("  a bare HTTP echo over the same client", echo.spans.clone(), None);
    for respondent in functions {
        let what = format!("  {} ÷ the echo, at most", respondent.what);
        let seconds =
            |respondent: &Respondent| middle(respondent.spans.iter().map(Duration::as_secs_f64));
        figures.ratio(
            &what,
            seconds(respondent) / seconds(echo),
            respondent.targets.map(|it| it.latency),
        );
    }
    for respondent in functions {
        let what = format!("invocations of {} by {CALLERS} callers", respondent.what);
        figures.note(&what, "/s", middle(respondent.rounds.iter().copied()), None, None);
    }
    let what = format!("  a bare HTTP echo, by {CALLERS} callers");
    figures.note(&what, "/s", middle(echo.rounds.iter().copied()), None, None);
    for respondent in functions {
        let what = format!("  {} ÷ the echo, by {CALLERS} callers, at least", respondent.what);
        let rate = |respondent: &Respondent| middle(respondent.rounds.iter().copied());
        figures.ratio(
            &what,
            rate(respondent) / rate(echo),
            respondent.targets.map(|it| it.throughput),
        );
    }
    Ok(())
}

/// Starts a server that answers `{}` without looking, on a thread of its own.
pub(super) fn echo() -> Result<SocketAddr, BenchError> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(BenchError::Echo)?;
    let at = listener.local_addr().map_err(BenchError::Echo)?;
    listener.set_nonblocking(true).map_err(BenchError::Echo)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(BenchError::Echo)?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let service = hyper::service::service_fn(async |_| {
                    let body = http_body_util::Full::new(bytes::Bytes::from_static(b"{}"));
                    Ok::<_, std::convert::Infallible>(http::Response::new(body))
                });
                let io = hyper_util::rt::TokioIo::new(stream);
                let http = hyper::server::conn::http1::Builder::new();
                tokio::spawn(async move { http.serve_connection(io, service).await });
            }
        });
    });
    Ok(at)
}
