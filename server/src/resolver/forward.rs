//! What is not known here is asked of the host's resolver, or of servers that are named.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

use super::By;
use super::question::{MOST, Question};

/// Where the host says who resolves names.
const FILE: &str = "/etc/resolv.conf";
/// How long what it says is believed.
const BELIEVED: Duration = Duration::from_secs(2);
/// How many of its servers are asked, as by libraries.
const SERVERS: usize = 3;
/// The port that names are asked for at.
const PORT: u16 = 53;
/// How long one server is given.
const PATIENCE: Duration = Duration::from_secs(2);

/// Who is asked.
#[derive(Debug)]
pub(super) struct Upstream {
    /// Whoever is named, in the place of the host's.
    named: Vec<SocketAddr>,
    /// What the host said, and when.
    said: Mutex<Option<(Instant, Vec<SocketAddr>)>>,
}

/// Why there is no answer, for people.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    #[error("it is not known here, and {FILE} of the host names no other resolver")]
    Nobody,
    #[error("it is not known here, and {server}, which the host asks, did not answer: {error}")]
    Failed { server: SocketAddr, error: io::Error },
}

impl Upstream {
    pub(super) fn new(named: Vec<SocketAddr>) -> Upstream {
        Upstream { named, said: Mutex::default() }
    }

    /// Who is asked, the first one first.
    fn servers(&self) -> Vec<SocketAddr> {
        if !self.named.is_empty() {
            return self.named.clone();
        }
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        match &*said {
            Some((when, servers)) if when.elapsed() < BELIEVED => servers.clone(),
            _ => {
                let servers = read(Path::new(FILE));
                *said = Some((Instant::now(), servers.clone()));
                servers
            }
        }
    }

    /// Asks; what is answered is the first answer of any server, and which.
    pub(super) async fn ask(
        &self,
        question: &Question,
        message: &[u8],
        by: By,
    ) -> Result<(SocketAddr, Vec<u8>), Unanswered> {
        let mut failed = Unanswered::Nobody;
        for server in self.servers() {
            let asked = async {
                match by {
                    By::Packet => by_packet(server, question, message).await,
                    By::Connection => by_connection(server, question, message).await,
                }
            };
            let late = || io::Error::from(io::ErrorKind::TimedOut);
            match timeout(PATIENCE, asked).await.unwrap_or_else(|_| Err(late())) {
                Ok(answer) => return Ok((server, answer)),
                Err(error) => failed = Unanswered::Failed { server, error },
            }
        }
        Err(failed)
    }
}

/// The servers that a file names.
fn read(path: &Path) -> Vec<SocketAddr> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| {
        tracing::warn!(path = %path.display(), %error, "host's resolvers are not known");
        String::new()
    });
    servers(&text)
}

fn servers(text: &str) -> Vec<SocketAddr> {
    let address = |line: &str| -> Option<SocketAddr> {
        let mut words = line.split_whitespace();
        let word = (words.next()? == "nameserver").then(|| words.next()).flatten()?;
        let address: IpAddr = word.parse().ok()?;
        Some(SocketAddr::new(address, PORT))
    };
    text.lines().filter_map(address).take(SERVERS).collect()
}

/// Another number for a message, that nobody can foresee.
fn numbered(message: &[u8]) -> io::Result<(u16, Vec<u8>)> {
    let mut number = [0; 2];
    rustix::rand::getrandom(&mut number, rustix::rand::GetRandomFlags::empty())?;
    let mut message = message.to_vec();
    message[..2].copy_from_slice(&number);
    Ok((u16::from_be_bytes(number), message))
}

/// The answer to a question, with the number that it was asked with.
fn answered(question: &Question, own: &[u8], mut answer: Vec<u8>) -> Option<Vec<u8>> {
    if answer.get(..2) != own.get(..2) || !question.is_answered_by(own, &answer) {
        return None;
    }
    answer[..2].copy_from_slice(&question.id.to_be_bytes());
    Some(answer)
}

async fn by_packet(server: SocketAddr, question: &Question, message: &[u8]) -> io::Result<Vec<u8>> {
    let (_, own) = numbered(message)?;
    let any: SocketAddr = match server {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    // A port of its own for each, which nobody can foresee either.
    let socket = UdpSocket::bind(any).await?;
    socket.connect(server).await?;
    socket.send(&own).await?;
    // One byte more than any answer may have: what is longer, because whoever asks would take it, is seen to be.
    let mut buffer = vec![0; MOST + 1];
    loop {
        let length = socket.recv(&mut buffer).await?;
        if let Some(answer) = answered(question, &own, buffer[..length].to_vec()) {
            return Ok(answer);
        }
    }
}

async fn by_connection(
    server: SocketAddr,
    question: &Question,
    message: &[u8],
) -> io::Result<Vec<u8>> {
    let (_, own) = numbered(message)?;
    let mut stream = TcpStream::connect(server).await?;
    let length = u16::try_from(own.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes()[..], &own].concat()).await?;
    let length = stream.read_u16().await?;
    let mut answer = vec![0; usize::from(length)];
    stream.read_exact(&mut answer).await?;
    let strange = || io::Error::other("the answer is to another question");
    answered(question, &own, answer).ok_or_else(strange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosts_servers_are_those_that_libraries_ask() {
        let text = "# a comment\nsearch example.com\nnameserver 127.0.0.53\n nameserver ::1 \n\
                    nameserver nonsense\nnameserver\t10.0.0.1 # near\nnameserver 10.0.0.2\n";
        let found: Vec<String> = servers(text).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["127.0.0.53:53", "[::1]:53", "10.0.0.1:53"]);
        assert!(servers("").is_empty());
    }
}
