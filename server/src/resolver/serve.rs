//! Serves the sockets of all VPCs: questions by packets and by connections, so many at a time.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use engine::id::VpcId;
use simple_dns::{Packet, PacketFlag, RCODE};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::timeout;

use super::answer::{self, Answer};
use super::figures::Outcome;
use super::question::{MOST, Question};
use super::{Asked, By, Decided, Elsewhere, Place, Resolver, spelled};
use crate::thread::spawn_vital;

/// Questions of one VPC that are asked elsewhere at once, and those of them that are one sender's; more are
/// told that it cannot be now.
const ELSEWHERE: usize = 128;
const ELSEWHERE_OF_SENDER: usize = ELSEWHERE / 2;
/// Connections of one VPC, and of one sender in it (AWS: 20 of an environment).
const CONNECTIONS: usize = 256;
const OF_SENDER: usize = 20;
/// How long a connection may be silent.
const SILENCE: Duration = Duration::from_secs(10);
/// The wait before zones that could not be read are read again.
const AGAIN: Duration = Duration::from_secs(1);
/// The wait after a socket failed.
const PAUSE: Duration = Duration::from_millis(10);

/// What one VPC may have under way.
struct Room {
    vpc: VpcId,
    elsewhere: Arc<Semaphore>,
    asking: Arc<Shares>,
    connections: Arc<Semaphore>,
    connected: Arc<Shares>,
}

impl Room {
    fn of(vpc: VpcId) -> Room {
        Room {
            vpc,
            elsewhere: Arc::new(Semaphore::new(ELSEWHERE)),
            asking: Arc::new(Shares::of(ELSEWHERE_OF_SENDER)),
            connections: Arc::new(Semaphore::new(CONNECTIONS)),
            connected: Arc::new(Shares::of(OF_SENDER)),
        }
    }

    /// A question of a sender that is asked elsewhere, if it may be now.
    fn begin(&self, sender: Ipv4Addr) -> Option<(OwnedSemaphorePermit, Held)> {
        let held = Shares::hold(&self.asking, sender)?;
        Some((Arc::clone(&self.elsewhere).try_acquire_owned().ok()?, held))
    }
}

/// How many each sender has of something of which it may have some.
struct Shares {
    counts: Mutex<HashMap<Ipv4Addr, usize>>,
    most: usize,
}

/// One of them, until it is dropped.
struct Held(Arc<Shares>, Ipv4Addr);

impl Shares {
    fn of(most: usize) -> Shares {
        Shares { counts: Mutex::default(), most }
    }

    fn hold(shares: &Arc<Shares>, sender: Ipv4Addr) -> Option<Held> {
        let mut counts = shares.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(sender).or_default();
        if *count >= shares.most {
            return None;
        }
        *count += 1;
        Some(Held(Arc::clone(shares), sender))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut counts = self.0.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.1) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.1);
            }
        }
    }
}

fn of(peer: SocketAddr) -> Option<Ipv4Addr> {
    match peer.ip() {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(address) => address.to_ipv4_mapped(),
    }
}

/// Ends with whoever tells so.
async fn over(mut ends: watch::Receiver<()>) {
    // It fails once nobody could tell any more, which is how it is told.
    while ends.changed().await.is_ok() {}
}

impl Resolver {
    /// Serves what it is told of, until nobody tells any more.
    pub async fn serve(self: Arc<Resolver>, mut places: mpsc::UnboundedReceiver<Place>) {
        self.load_zones().await;
        let mut serving: HashMap<VpcId, watch::Sender<()>> = HashMap::new();
        while let Some(place) = places.recv().await {
            let (vpc, udp, tcp) = match place {
                Place::Begins { vpc, udp, tcp } => (vpc, udp, tcp),
                Place::Ends(vpc) => {
                    serving.remove(&vpc);
                    continue;
                }
            };
            let (end, ends) = watch::channel(());
            let room = Arc::new(Room::of(vpc));
            let udp = udp.into_iter().map(joined_udp).collect::<io::Result<Vec<UdpSocket>>>();
            let tcp = tcp.into_iter().map(joined_tcp).collect::<io::Result<Vec<TcpListener>>>();
            let (udp, tcp) = match (udp, tcp) {
                (Ok(udp), Ok(tcp)) => (udp, tcp),
                (Err(error), _) | (_, Err(error)) => {
                    tracing::error!(%vpc, %error, "names are not resolved in a VPC");
                    continue;
                }
            };
            for socket in udp {
                let (resolver, room, ends) = (Arc::clone(&self), Arc::clone(&room), ends.clone());
                spawn_vital("resolver", async move {
                    tokio::select! {
                        () = resolver.packets(socket, &room) => {}
                        () = over(ends) => {}
                    }
                });
            }
            for listener in tcp {
                let (resolver, room, ends) = (Arc::clone(&self), Arc::clone(&room), ends.clone());
                spawn_vital("resolver", async move {
                    tokio::select! {
                        () = resolver.connections(listener, &room, &ends) => {}
                        () = over(ends.clone()) => {}
                    }
                });
            }
            // Where there was one before, that ends.
            serving.insert(vpc, end);
        }
    }

    /// Waits until the zones are known: who asks before waits too.
    async fn load_zones(&self) {
        while let Some(neighbours) = self.neighbours.upgrade() {
            let Err(error) = neighbours.route53().load().await else { return };
            tracing::error!(%error, "hosted zones cannot be read, and no name is resolved");
            drop(neighbours);
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn packets(self: &Arc<Resolver>, socket: UdpSocket, room: &Arc<Room>) {
        let socket = Arc::new(socket);
        let mut buffer = vec![0; MOST];
        loop {
            let (length, peer) = match socket.recv_from(&mut buffer).await {
                Ok(received) => received,
                Err(error) => {
                    // What was sent to somebody who is gone comes back as one.
                    tracing::debug!(vpc = %room.vpc, %error, "question not received");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            let Some(sender) = of(peer) else { continue };
            let message = buffer[..length].to_vec();
            let asked = Asked { vpc: room.vpc, peer: sender, by: By::Packet, message };
            let reply = match self.decide(&asked) {
                Decided::Now(reply) => reply,
                Decided::Elsewhere(elsewhere) => {
                    let Some(begun) = room.begin(sender) else {
                        send(&socket, self.busy(&asked, &elsewhere), peer).await;
                        continue;
                    };
                    let (resolver, socket) = (Arc::clone(self), Arc::clone(&socket));
                    tokio::spawn(async move {
                        let reply = resolver.ask_elsewhere(&asked, *elsewhere).await;
                        drop(begun);
                        send(&socket, reply, peer).await;
                    });
                    continue;
                }
            };
            send(&socket, reply, peer).await;
        }
    }

    async fn connections(
        self: &Arc<Resolver>,
        listener: TcpListener,
        room: &Arc<Room>,
        ends: &watch::Receiver<()>,
    ) {
        loop {
            let Ok(permit) = Arc::clone(&room.connections).acquire_owned().await else { return };
            let (stream, sender) = match listener.accept().await {
                Ok((stream, peer)) => match of(peer) {
                    Some(sender) => (stream, sender),
                    None => continue,
                },
                Err(error) => {
                    tracing::debug!(vpc = %room.vpc, %error, "connection to a resolver not accepted");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            // Who has too many is told so by the end of this one.
            let Some(held) = Shares::hold(&room.connected, sender) else { continue };
            let (resolver, room, ends) = (Arc::clone(self), Arc::clone(room), ends.clone());
            tokio::spawn(async move {
                let served = resolver.connection(stream, (&*room, sender));
                tokio::select! {
                    ended = served => {
                        if let Err(error) = ended {
                            tracing::debug!(%error, "connection to a resolver ended");
                        }
                    }
                    () = over(ends) => {}
                }
                drop((permit, held));
            });
        }
    }

    /// Answers one question after the other.
    async fn connection(
        &self,
        mut stream: TcpStream,
        (room, sender): (&Room, Ipv4Addr),
    ) -> io::Result<()> {
        let late = |_| io::Error::from(io::ErrorKind::TimedOut);
        loop {
            let length = timeout(SILENCE, stream.read_u16()).await.map_err(late)??;
            if usize::from(length) > MOST {
                return Err(io::Error::other("a question of more bytes than any has"));
            }
            let mut message = vec![0; usize::from(length)];
            timeout(SILENCE, stream.read_exact(&mut message)).await.map_err(late)??;
            let asked = Asked { vpc: room.vpc, peer: sender, by: By::Connection, message };
            let reply = match self.decide(&asked) {
                Decided::Now(reply) => reply,
                Decided::Elsewhere(elsewhere) => match room.begin(sender) {
                    Some(_begun) => self.ask_elsewhere(&asked, *elsewhere).await,
                    None => self.busy(&asked, &elsewhere),
                },
            };
            let Some(reply) = reply else { return Ok(()) };
            let length = u16::try_from(reply.len()).map_err(io::Error::other)?;
            let bytes = [&length.to_be_bytes()[..], &reply].concat();
            timeout(SILENCE, stream.write_all(&bytes)).await.map_err(late)??;
        }
    }

    /// The answer to what cannot be asked elsewhere now.
    fn busy(&self, asked: &Asked, elsewhere: &Elsewhere) -> Option<Vec<u8>> {
        self.count(Outcome::Busy);
        let why = format!(
            "{ELSEWHERE} names of {}, or {ELSEWHERE_OF_SENDER} of who asked, were being asked for at the host's \
             resolver",
            asked.vpc
        );
        self.tell(asked, &elsewhere.question.name, why);
        failure(asked, &elsewhere.question)
    }

    fn count(&self, outcome: Outcome) {
        if let Some(driver) = self.driver.upgrade() {
            driver.metrics().names.count(outcome);
        }
    }

    /// Asks somebody else, and answers with what they say.
    async fn ask_elsewhere(&self, asked: &Asked, elsewhere: Elsewhere) -> Option<Vec<u8>> {
        let Elsewhere { question, so_far, target, hint } = elsewhere;
        let other = match &target {
            Some(target) => Some(other_question(&question, target)?),
            None => None,
        };
        let (own, message) = match &other {
            Some((question, message)) => (question, message),
            None => (&question, &asked.message),
        };
        let name = &own.name;
        let here = hint.as_deref().unwrap_or("no zone of the VPC has it");
        let (server, reply) = match self.upstream.ask(own, message, asked.by).await {
            Ok(answered) => answered,
            Err(error) => {
                self.count(Outcome::Failed);
                self.tell(asked, name, error.to_string());
                return failure(asked, &question);
            }
        };
        match reply.get(3).map_or(0, |flags| flags & 0xf) {
            0 => self.count(Outcome::Forwarded),
            3 => {
                self.count(Outcome::ForwardedMissing);
                let why = format!("{here}, and {server}, which the host asks, knows no such name");
                self.tell(asked, name, why);
            }
            code => {
                self.count(Outcome::Failed);
                let why =
                    format!("{here}, and {server}, which the host asks, failed with code {code}");
                self.tell(asked, name, why);
            }
        }
        let room = asked.room(&question);
        if target.is_some() {
            return joined(&question, &so_far, &reply, room).or_else(|| failure(asked, &question));
        }
        if reply.len() <= room {
            return Some(reply);
        }
        answer::truncated(&question, RCODE::NoError).ok()
    }
}

/// The question for another name that one stands for.
fn other_question(question: &Question, target: &str) -> Option<(Question, Vec<u8>)> {
    let mut packet = Packet::new_query(question.id);
    packet.set_flags(PacketFlag::RECURSION_DESIRED);
    let kind = simple_dns::QTYPE::try_from(question.kind).ok()?;
    let name = answer::name(target).ok()?;
    let class = simple_dns::QCLASS::CLASS(simple_dns::CLASS::IN);
    packet.questions.push(simple_dns::Question::new(name, kind, class, false));
    let message = packet.build_bytes_vec().ok()?;
    Some((Question::read(&message).ok()?, message))
}

/// What somebody else answered, after what is known here. Of what they have not told whole nothing is told, so
/// that whoever asks does it again by a connection.
fn joined(question: &Question, so_far: &Answer, reply: &[u8], room: usize) -> Option<Vec<u8>> {
    let others = Packet::parse(reply).ok()?;
    if others.has_flags(PacketFlag::TRUNCATION) {
        return answer::truncated(question, others.rcode()).ok();
    }
    answer::bytes(question, others.rcode(), so_far, &others.answers, room).ok()
}

/// The answer to what could not be asked.
fn failure(asked: &Asked, question: &Question) -> Option<Vec<u8>> {
    spelled(question, RCODE::ServerFailure, &Answer::default(), asked.room(question))
}

async fn send(socket: &UdpSocket, reply: Option<Vec<u8>>, peer: SocketAddr) {
    let Some(reply) = reply else { return };
    // Who is gone needs no answer.
    if let Err(error) = socket.send_to(&reply, peer).await {
        tracing::debug!(%peer, %error, "answer of a resolver not sent");
    }
}

fn joined_udp(socket: std::net::UdpSocket) -> io::Result<UdpSocket> {
    socket.set_nonblocking(true)?;
    UdpSocket::from_std(socket)
}

fn joined_tcp(listener: std::net::TcpListener) -> io::Result<TcpListener> {
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sender_leaves_others_some_of_what_is_asked_elsewhere() {
        let room = Room::of(VpcId(1));
        let (one, other) = (Ipv4Addr::new(10, 0, 0, 4), Ipv4Addr::new(10, 0, 0, 5));
        let mut begun: Vec<_> = std::iter::from_fn(|| room.begin(one)).collect();
        assert_eq!(begun.len(), ELSEWHERE_OF_SENDER);
        assert!(room.begin(other).is_some());
        begun.pop();
        assert!(room.begin(one).is_some());
        drop(begun);
        assert!(room.asking.counts.lock().unwrap().is_empty());
        assert_eq!(room.elsewhere.available_permits(), ELSEWHERE);
    }
}
