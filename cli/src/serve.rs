//! `warren serve`: the server, until it is told to stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use engine::engine::Config;
use engine::function::EniModel;
use engine::limits::Limits;
use server::driver::Driver;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// What `warren serve` is told.
pub(crate) struct Options {
    listen: SocketAddr,
    state: PathBuf,
}

impl Options {
    pub(crate) fn read(words: &[&str]) -> Result<Options, String> {
        let mut options = Options {
            listen: SocketAddr::from(([127, 0, 0, 1], 4566)),
            state: PathBuf::from("warren-state"),
        };
        for pair in words.chunks(2) {
            let [name, value] = pair else {
                return Err(format!("option {} needs a value\nhint: warren --help", pair[0]));
            };
            match *name {
                "--listen" => {
                    options.listen = value.parse().map_err(|_| {
                        format!("address {value} is not one\nhint: for instance 127.0.0.1:4566")
                    })?;
                }
                "--state" => options.state = PathBuf::from(value),
                other => return Err(format!("option {other} is not known\nhint: warren --help")),
            }
        }
        if !options.listen.ip().is_loopback() {
            return Err(format!(
                "address {} is not a loopback address, and credentials are not verified\nhint: --listen 127.0.0.1:4566",
                options.listen
            ));
        }
        Ok(options)
    }
}

pub(crate) fn run(options: Options) -> Result<(), String> {
    let began = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("runtime cannot be started: {error}"))?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let config = Config {
        seed: since.as_nanos() as u64 ^ u64::from(std::process::id()) << 48,
        eni_model: EniModel::Hyperplane,
        limits: Limits::default(),
    };
    let driver = Driver::open(&options.state, config).map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let listener = TcpListener::bind(options.listen).await.map_err(|error| {
            format!("address {} cannot be listened at: {error}", options.listen)
        })?;
        let at = listener.local_addr().map_err(|error| error.to_string())?;
        println!(
            "warren serves http://{at}, ready in {:.1} ms",
            began.elapsed().as_secs_f64() * 1e3
        );
        let failed = |error| format!("signals cannot be heard: {error}");
        let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        tokio::select! {
            ended = server::http::serve(listener, driver.clone()) => {
                ended.map_err(|error| format!("endpoint failed: {error}"))
            }
            _ = terminate.recv() => Ok(()),
            _ = interrupt.recv() => Ok(()),
        }
    })?;
    // Those who are being answered are, before the store closes.
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    drop(driver);
    Ok(())
}
