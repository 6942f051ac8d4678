//! What functions print: read as fast as whoever keeps it takes it, and not more often than is of use.
//! What is not read stays in the function's pipe, and the function waits when that is full; no other
//! one does.

use std::os::fd::AsRawFd;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use super::api::{Happening, RuntimeApi};
use super::instance::{Instance, Stream};
use super::poll;
use super::rest::Resting;

/// Whether what a sandbox prints is to be read on.
type PrintsOn = Box<dyn Fn(&Instance) -> bool + Send + Sync>;

/// Which pipes are read.
#[derive(Default)]
pub(super) struct Output {
    prints_on: OnceLock<PrintsOn>,
}

impl Output {
    pub(super) fn prints_on(&self, instance: &Instance) -> bool {
        self.prints_on.get().is_none_or(|says| says(instance))
    }
}

impl RuntimeApi {
    /// Sets who says whether what a sandbox prints is to be read on; once, before the first.
    pub(crate) fn read_while(&self, says: PrintsOn) {
        assert!(self.output.prints_on.set(says).is_ok(), "one says what is read, from the start");
    }

    /// A pipe has something to read, or has ended. One that was read a moment ago is left until more has
    /// come: whoever prints line by line would have this thread woken for each.
    pub(super) fn printed(&self, instance: &Arc<Instance>, stream: Stream, token: u64) {
        let is_early = instance.is_read_again(stream, Instant::now());
        if is_early || !self.output.prints_on(instance) {
            self.poll.remove(instance.pipe(stream).as_raw_fd());
            return self.rest(Resting::Pipe(stream), instance, token);
        }
        let ended = instance.read_output(stream, false, |lines| {
            (self.listener)(Some(instance), Happening::Lines(stream, lines));
        });
        if ended {
            self.poll.remove(instance.pipe(stream).as_raw_fd());
            self.forget(token);
        }
    }

    /// Reports everything printed so far, also where there is no room for more: what an invocation
    /// printed is told before its answer. It is no more than a pipe holds.
    pub(crate) fn drain(&self, instance: &Arc<Instance>) {
        let streams = [Stream::Output, Stream::Error];
        // Most invocations print nothing: both are asked about at once.
        let has_more = poll::readable(streams.map(|stream| instance.pipe(stream).as_raw_fd()));
        for (stream, has_more) in streams.into_iter().zip(has_more) {
            if !has_more && !instance.has_part(stream) {
                continue;
            }
            instance.read_output(stream, true, |lines| {
                (self.listener)(Some(instance), Happening::Lines(stream, lines));
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::TcpListener;
    use std::process::Command;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;
    use crate::cgroup::Scratch;
    use crate::runtime::talk::REST;
    use crate::sandbox::{Built, sys};

    #[test]
    fn a_pipe_is_left_while_there_is_no_room_and_read_when_there_is() {
        let (told, heard) = channel();
        let listener = move |_: Option<&Arc<Instance>>, happening| {
            if let Happening::Lines(stream, lines) = happening {
                let bytes: usize = lines.iter().map(Vec::len).sum();
                told.send((stream, bytes)).expect("the test listens");
            }
        };
        let api = RuntimeApi::start(Duration::from_secs(60), Box::new(listener)).expect("started");
        let has_room = Arc::new(AtomicBool::new(false));
        let says = Arc::clone(&has_room);
        api.read_while(Box::new(move |_| says.load(Ordering::Relaxed)));
        let cgroups = Scratch::new("pipes");
        let mut process = Command::new("sleep").arg("60").spawn().expect("started");
        let pidfd = sys::open_process(process.id() as i32).expect("opened");
        let listener = TcpListener::bind("127.0.0.1:0").expect("bound").into();
        let (group, built) = (cgroups.create("1", 128).expect("made"), Built { pidfd, listener });
        let [(stdout, prints), (stderr, tells)] = [0, 1].map(|_| sys::pipe(0).expect("a pipe"));
        let instance = Instance::new(1, group, built, stdout, stderr).expect("made");
        let instance = Arc::new(instance);
        api.serve(&instance).expect("served");
        let (mut prints, mut tells) = (std::fs::File::from(prints), std::fs::File::from(tells));
        prints.write_all(&[b"x".repeat(999), b"\n".to_vec()].concat()).expect("printed");
        assert!(heard.recv_timeout(Duration::from_millis(300)).is_err(), "there is no room");
        // What an invocation printed is told with its end all the same.
        api.drain(&instance);
        assert_eq!(heard.try_recv(), Ok((Stream::Output, 1000)));
        let printing = std::thread::spawn(move || {
            for _ in 0..1000 {
                prints.write_all(&[b"x".repeat(999), b"\n".to_vec()].concat()).expect("printed");
            }
        });
        std::thread::sleep(Duration::from_millis(300));
        assert!(!printing.is_finished(), "whoever prints waits");
        has_room.store(true, Ordering::Relaxed);
        let mut bytes = 0;
        while bytes < 1_000_000 {
            bytes += heard.recv_timeout(Duration::from_secs(10)).expect("it is read on").1;
        }
        printing.join().expect("it could go on");
        tells.write_all(b"told\n").expect("printed");
        assert_eq!(heard.recv_timeout(Duration::from_secs(10)), Ok((Stream::Error, 5)));
        // Lines that come one by one are read together.
        let began = Instant::now();
        for _ in 0..200 {
            tells.write_all(b"told\n").expect("printed");
            std::thread::sleep(Duration::from_micros(100));
        }
        let (mut bytes, mut count) = (0, 0);
        while bytes < 1000 {
            bytes += heard.recv_timeout(Duration::from_secs(10)).expect("it is read").1;
            count += 1;
        }
        assert!(count <= 2 + began.elapsed().as_millis() / REST.as_millis(), "{count} times");
        api.remove(&instance);
        process.kill().and_then(|()| process.wait()).expect("ended");
        instance.group.remove();
    }
}
