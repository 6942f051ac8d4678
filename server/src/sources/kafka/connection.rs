//! A connection to a broker: encrypted and logged in as the cluster wants it, then one request after
//! the other.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::codec::Reader;
use super::error::KafkaError;
use super::login::{Login, Mechanism};
use super::message::{self, Api};
use super::secret::Security;
use super::tls;
use super::way::Way;

/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(30);
/// How long it may take to be let in.
const OPEN: Duration = Duration::from_secs(20);
/// Bytes of an answer.
const ANSWER_BYTES: usize = 64 << 20;
/// Bytes of a nonce.
const NONCE: usize = 24;

/// What a broker is spoken with over.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// A connection that is ready for requests.
pub(super) struct Connection {
    broker: String,
    stream: Box<dyn Stream>,
    number: i32,
}

impl Connection {
    /// Connects to a broker at `host:port`.
    pub(super) async fn open(
        way: &Way,
        broker: &str,
        security: &Security,
    ) -> Result<Connection, KafkaError> {
        let unreached = |error: std::io::Error| KafkaError::Unreached {
            broker: broker.to_owned(),
            why: error.to_string(),
        };
        let plain = way.connect(broker).await.map_err(unreached)?;
        let opening = async {
            let stream: Box<dyn Stream> = match &security.tls {
                Some(config) => Box::new(tls::encrypt(config, broker, plain).await?),
                None => Box::new(plain),
            };
            let mut made = Connection { broker: broker.to_owned(), stream, number: 0 };
            let spoken = made.exchange(message::API_VERSIONS, &[]).await?;
            message::check_versions(broker, &spoken)?;
            if let Some(login) = &security.login {
                made.log_in(login).await?;
            }
            Ok(made)
        };
        let opened = timeout(OPEN, opening).await;
        opened.unwrap_or_else(|_| Err(KafkaError::Silent(broker.to_owned())))
    }

    /// Asks, and reads the answer. Whoever stops waiting for that leaves the connection useless.
    pub(super) async fn call(&mut self, api: Api, body: &[u8]) -> Result<Vec<u8>, KafkaError> {
        match timeout(ANSWER, self.exchange(api, body)).await {
            Ok(answer) => answer,
            Err(_) => Err(KafkaError::Silent(self.broker.clone())),
        }
    }

    async fn exchange(&mut self, api: Api, body: &[u8]) -> Result<Vec<u8>, KafkaError> {
        self.number = self.number.wrapping_add(1);
        let request = message::request(api, self.number, body);
        let broken = |error: std::io::Error| tls::failure(&self.broker, &error);
        self.stream.write_all(&request).await.map_err(broken)?;
        self.stream.flush().await.map_err(broken)?;
        let length = self.stream.read_i32().await.map_err(broken)?;
        let length = usize::try_from(length).map_err(|_| KafkaError::Answer)?;
        if length > ANSWER_BYTES {
            return Err(KafkaError::AnswerTooLarge(length));
        }
        let mut answer = Vec::new();
        let mut bounded = (&mut self.stream).take(length as u64);
        let read = bounded.read_to_end(&mut answer).await.map_err(broken)?;
        if read < length {
            let cut = std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
            return Err(KafkaError::broken(&self.broker, &cut));
        }
        match Reader(&answer).i32()? == self.number {
            true => Ok(answer.split_off(4)),
            false => Err(KafkaError::Answer),
        }
    }

    async fn log_in(&mut self, login: &Login) -> Result<(), KafkaError> {
        let (broker, mechanism) = (self.broker.clone(), login.mechanism.name());
        let refused = |why: String| {
            let broker = broker.clone();
            KafkaError::Login { broker, mechanism, why }
        };
        let request = message::handshake_request(mechanism);
        let answer = self.exchange(message::SASL_HANDSHAKE, &request).await?;
        if let Some(others) = message::handshake(&answer)? {
            return Err(refused(format!("it has {}", others.join(", "))));
        }
        if login.mechanism == Mechanism::Plain {
            return self.say(&login.plain()).await?.map(drop).map_err(refused);
        }
        let mut random = [0; NONCE];
        rustix::rand::getrandom(&mut random, rustix::rand::GetRandomFlags::empty())
            .map_err(|error| refused(format!("there is no nonce to be had ({error})")))?;
        let nonce: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let scram = login.scram(&nonce);
        let first = self.say(&scram.first()).await?.map_err(refused)?;
        let (proof, expected) = scram.answer(&first).map_err(|why| refused(why.to_owned()))?;
        let last = self.say(&proof).await?.map_err(refused)?;
        match last == expected.as_bytes() {
            true => Ok(()),
            false => Err(refused("it does not know the password itself".to_owned())),
        }
    }

    /// Says something of a login; answers what the broker says, or why it refuses.
    async fn say(&mut self, bytes: &[u8]) -> Result<Result<Vec<u8>, String>, KafkaError> {
        let request = message::authenticate_request(bytes);
        let answer = self.exchange(message::SASL_AUTHENTICATE, &request).await?;
        message::authenticate(&answer)
    }
}
