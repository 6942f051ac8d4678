//! Fronts: threads that serve connections, each with an event loop of its own.
//!
//! A connection stays with its front. An invocation is decided, delivered and answered there, and
//! the runtime's answer is heard there too: nobody else is woken for it. All other requests may take
//! long; they run on the server's common threads.

use std::cell::RefCell;
use std::io;
use std::net::TcpStream;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::runtime::Builder;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::accept::Held;
use crate::door::Door;
use crate::driver::Driver;
use crate::http::{self, Answering};
use crate::node_link::{Attend, NodeLink};
use crate::thread::{end_process, start_vital};

/// The fronts of a server.
pub(crate) struct Fronts {
    fronts: Vec<Front>,
    /// Dropped to tell them to end, whoever is still being answered.
    quit: watch::Sender<()>,
    /// Ends when every front has.
    ended: mpsc::Receiver<()>,
}

/// How long fronts are given to end when they are not to wait for anybody.
const QUIT: Duration = Duration::from_secs(5);

thread_local! {
    /// What this front hears of by itself. It is of its thread, and kept here because a task is not.
    static ATTENDED: RefCell<Option<Box<dyn Attend>>> = const { RefCell::new(None) };
}

/// A connection that is to be served.
pub(crate) struct Arriving {
    pub(crate) stream: TcpStream,
    pub(crate) answering: Arc<Answering>,
    /// What it came in by.
    pub(crate) door: Arc<Door>,
    /// Until it ends.
    pub(crate) held: Held,
}

struct Front {
    arriving: mpsc::UnboundedSender<Arriving>,
    /// Connections that it has.
    open: Arc<AtomicUsize>,
}

impl Fronts {
    /// Starts as many as there are processors.
    pub(crate) fn start(driver: &Arc<Driver>, stop: &watch::Receiver<bool>) -> io::Result<Fronts> {
        let count = thread::available_parallelism().map_or(1, usize::from);
        let (running, ended) = mpsc::channel(1);
        let (quit, quits) = watch::channel(());
        let fronts = (0..count)
            .map(|number| {
                let (arriving, queue) = mpsc::unbounded_channel();
                let open = Arc::new(AtomicUsize::new(0));
                let runtime = Builder::new_current_thread().enable_all().build()?;
                let serving = Serving {
                    driver: Arc::clone(driver),
                    stop: stop.clone(),
                    quits: quits.clone(),
                    open: Arc::clone(&open),
                };
                let running = running.clone();
                start_vital(&format!("front-{number}"), move || {
                    runtime.block_on(serving.run(queue));
                    // What its tasks hold is let go before it is told that they have ended.
                    drop((runtime, running));
                })?;
                Ok(Front { arriving, open })
            })
            .collect::<io::Result<Vec<_>>>()?;
        Ok(Fronts { fronts, quit, ended })
    }

    /// Gives a connection to the front that has the fewest.
    pub(crate) fn serve(&self, arriving: Arriving) {
        let front = self.fronts.iter().min_by_key(|front| front.open.load(Ordering::Relaxed));
        let front = front.expect("there is a front");
        front.open.fetch_add(1, Ordering::Relaxed);
        let sent = front.arriving.send(arriving);
        assert!(sent.is_ok(), "a front runs until it is told that nothing follows");
    }

    /// Waits until all that were being answered have their answers, or have waited for too long;
    /// nothing follows.
    pub(crate) async fn end(self, limit: Duration) {
        let Fronts { fronts, quit, mut ended } = self;
        drop(fronts);
        if timeout(limit, ended.recv()).await.is_ok() {
            return;
        }
        // They are told so by the end of their connections.
        tracing::warn!(?limit, "stopped with callers that are not answered");
        drop(quit);
        if timeout(QUIT, ended.recv()).await.is_err() {
            tracing::error!("threads that serve connections are stuck");
        }
    }
}

struct Serving {
    driver: Arc<Driver>,
    stop: watch::Receiver<bool>,
    quits: watch::Receiver<()>,
    open: Arc<AtomicUsize>,
}

impl Serving {
    async fn run(self, mut queue: mpsc::UnboundedReceiver<Arriving>) {
        let mut connections = JoinSet::new();
        let mut quits = self.quits.clone();
        // A task: what a thread blocks on is woken by a system call, a task of its own is not.
        let mut attending = tokio::spawn(attend(Arc::clone(&self.driver)));
        let serving = async {
            loop {
                tokio::select! {
                    arriving = queue.recv() => match arriving {
                        Some(arriving) => self.take(&mut connections, arriving),
                        None => break,
                    },
                    Some(ended) = connections.join_next() => {
                        self.open.fetch_sub(1, Ordering::Relaxed);
                        if let Err(error) = ended {
                            tracing::error!(%error, "connection has panicked");
                        }
                    }
                }
            }
            while connections.join_next().await.is_some() {}
        };
        // A loop is woken by a system call for each timer that is nearer than all others, as that of
        // a head to come would be after every answer. This one is nearer, and seldom.
        let nearer = async {
            let mut beats = tokio::time::interval(http::HEAD_TIMEOUT / 2);
            loop {
                beats.tick().await;
            }
        };
        tokio::select! {
            () = serving => {}
            () = nearer => {}
            // Nothing is ever sent: the sender is gone.
            _ = quits.changed() => {}
            ended = &mut attending => match ended {
                Ok(error) => end_process(&format!("node's event queue failed: {error}")),
                Err(_) => end_process("task that hears runtimes has panicked"),
            },
        }
        attending.abort();
        drop(ATTENDED.take());
    }

    fn take(&self, connections: &mut JoinSet<()>, arriving: Arriving) {
        let Arriving { stream, answering, door, held } = arriving;
        let served = http::connection(stream, answering, door, self.stop.clone());
        connections.spawn(async move {
            served.await;
            drop(held);
        });
    }
}

/// Has this thread hear of what it delivers; the descriptor that tells when there is something.
fn begin(node: &dyn NodeLink) -> io::Result<Option<OwnedFd>> {
    let attendant = node.attend()?;
    let descriptor = attendant.as_ref().map(|each| each.as_fd().try_clone_to_owned());
    ATTENDED.set(attendant);
    descriptor.transpose()
}

/// Hears of what this thread has delivered; ends when it cannot.
async fn attend(driver: Arc<Driver>) -> io::Error {
    let node = driver.node().await;
    let attending = async {
        let Some(descriptor) = begin(&*node)? else {
            return std::future::pending().await;
        };
        #[expect(deprecated, reason = "sound for what owns its descriptor; the other is unsafe")]
        let descriptor = AsyncFd::with_interest(descriptor, Interest::READABLE)?;
        loop {
            let mut ready = descriptor.readable().await?;
            let turn = |attended: &mut Option<Box<dyn Attend>>| {
                attended.as_mut().map_or(Ok(false), |attendant| attendant.turn())
            };
            if ATTENDED.with_borrow_mut(turn)? {
                tokio::task::yield_now().await;
            } else {
                ready.clear_ready();
            }
        }
    };
    let ended: io::Result<std::convert::Infallible> = attending.await;
    match ended {
        Err(error) => error,
        Ok(never) => match never {},
    }
}
