//! Event source mappings, carried: what the engine says is to be received, run and deleted is done
//! here, and what comes of it is reported. Nothing is decided here.

mod answer;
mod carrier;
mod chain;
pub(crate) mod commands;
mod given_up;
mod held;
mod kafka;
pub mod message;
pub(crate) mod place;
pub mod queue;
mod queue_at;
mod record;
pub mod remote;
mod run;
pub mod stream;
mod stream_at;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Weak};

use engine::id::MappingId;
use engine::record::mapping::{Mapping, SourceKind};
use engine::sources::command::SourceCommand;
use neighbours::Neighbours;
use tokio::sync::mpsc::UnboundedReceiver;
use wire::arn::Arn;

use crate::driver::Driver;
use crate::iam::Iam;
use crate::outward::Reach;
use crate::receiver;
use crate::sources::carrier::{Carrier, From, GivenUpTo};
use crate::sources::kafka::secret::Secrets;
use crate::sources::kafka::topic::TopicAt;
use crate::sources::kafka::way::Way;
use crate::sources::place::Place;
use crate::sources::queue::{Queue, SourceError};
use crate::sources::queue_at::QueueAt;
use crate::sources::remote::Remotes;
use crate::sources::stream::Stream;
use crate::sources::stream_at::StreamAt;
use crate::thread::spawn_vital;

/// Where event sources are, and who speaks with them.
pub struct Sources {
    remotes: Remotes,
    neighbours: Arc<Neighbours>,
    reach: Arc<Reach>,
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sources").field("remotes", &self.remotes).finish_non_exhaustive()
    }
}

impl Sources {
    /// Sources at these endpoints, and those here; what functions do not take is told by `reach`, which
    /// tells those at endpoints of whatever else there is to tell.
    pub fn new(remotes: Remotes, neighbours: &Arc<Neighbours>, reach: &Arc<Reach>) -> Arc<Sources> {
        reach.know_elsewhere(remotes.clone());
        let (neighbours, reach) = (Arc::clone(neighbours), Arc::clone(reach));
        Arc::new(Sources { remotes, neighbours, reach })
    }

    /// Where it is told that records were given up: a queue at the endpoint of queues, or a place here.
    pub(crate) fn given_up_to(&self, arn: &str) -> Option<GivenUpTo> {
        let place = receiver::Place::of(arn)?;
        match place {
            receiver::Place::Queue(..) if self.remotes.of("sqs").is_some() => {
                self.queue(arn).ok().map(GivenUpTo::There)
            }
            place => Some(GivenUpTo::Here(place, Arc::clone(&self.reach))),
        }
    }

    /// Where a cluster of Amazon MSK is found.
    pub(crate) fn cluster(&self, arn: &str) -> Option<&[String]> {
        self.remotes.cluster(arn)
    }

    /// Asks Secrets Manager, which is in this process.
    fn secrets(&self) -> Secrets {
        let neighbours = Arc::clone(&self.neighbours);
        Secrets(Place::Here(neighbours, &wire::secretsmanager::SERVICE))
    }

    /// Where the cluster of a mapping is found.
    fn servers(&self, mapping: &Mapping) -> Result<Vec<String>, SourceError> {
        if mapping.kind == SourceKind::Kafka {
            return Ok(mapping.source.split(',').map(str::to_owned).collect());
        }
        let known = self.cluster(&mapping.source).map(<[String]>::to_vec);
        known.ok_or_else(|| {
            let why =
                "it is not known where the cluster is; hint: warren serve --msk ARN=HOST:PORT";
            SourceError::new("NotFoundException", why)
        })
    }

    /// The topic of a mapping.
    fn topic(&self, driver: &Weak<Driver>, mapping: &Mapping) -> Result<From, SourceError> {
        let servers = self.servers(mapping)?;
        let driver = Weak::clone(driver);
        let way = match (mapping.settings.subnets().is_empty(), mapping.kind) {
            (false, _) => Way::of_vpc(driver, mapping.id),
            // Whoever runs the server says where it is.
            (true, SourceKind::Msk) => Way::Host,
            (true, _) => Way::Outside(driver),
        };
        let topic = TopicAt::new(mapping, servers, way, self.secrets());
        Ok(From::Stream(Arc::new(topic)))
    }

    /// The queue that an ARN names: at the endpoint of queues, or here.
    ///
    /// # Errors
    /// When it is no queue's ARN.
    pub(crate) fn queue(&self, arn: &str) -> Result<Arc<dyn Queue>, SourceError> {
        let parsed = Arn::parse(arn).filter(|arn| arn.service == "sqs");
        let parsed = parsed.ok_or_else(|| SourceError::new("InvalidAddress", "no queue's ARN"))?;
        let place = match self.remotes.of("sqs") {
            Some(remote) => Place::There(remote),
            None => Place::Here(Arc::clone(&self.neighbours), &wire::sqs::SERVICE),
        };
        Ok(Arc::new(QueueAt::new(place, &parsed)))
    }
}

impl Sources {
    /// Whether sources of a kind are this server's own, and not at an endpoint.
    pub(crate) fn are_here(&self, kind: SourceKind) -> bool {
        let service = match kind {
            SourceKind::Queue | SourceKind::FifoQueue => "sqs",
            SourceKind::Kinesis => "kinesis",
            SourceKind::DynamoDb => "dynamodbstreams",
            // Clusters are never this server's own.
            SourceKind::Msk | SourceKind::Kafka => return false,
        };
        self.remotes.of(service).is_none()
    }

    /// Whether queues are this server's own, and not at an endpoint.
    pub(crate) fn has_queues_here(&self) -> bool {
        self.remotes.of("sqs").is_none()
    }

    /// The stream that an ARN names.
    ///
    /// # Errors
    /// When nobody serves such streams.
    pub(crate) fn stream(
        &self,
        kind: SourceKind,
        arn: &str,
    ) -> Result<Arc<dyn Stream>, SourceError> {
        let parsed = Arn::parse(arn);
        let parsed = parsed.ok_or_else(|| SourceError::new("ValidationException", "no ARN"))?;
        let here = |service| Place::Here(Arc::clone(&self.neighbours), service);
        let place = match kind {
            SourceKind::Kinesis => match self.remotes.of("kinesis") {
                Some(_) if parsed.resource.contains("/consumer/") => {
                    let why = "Warren reads for consumers of its own streams alone";
                    return Err(SourceError::new("ServiceUnavailable", why));
                }
                Some(remote) => Place::There(remote),
                None => here(&wire::kinesis::SERVICE),
            },
            SourceKind::Msk | SourceKind::Kafka => {
                return Err(SourceError::new("InternalError", "it is no stream of a service"));
            }
            SourceKind::DynamoDb | SourceKind::Queue | SourceKind::FifoQueue => {
                let remote = self.remotes.of("dynamodbstreams").map(Place::There);
                remote.unwrap_or_else(|| here(&wire::dynamodbstreams::SERVICE))
            }
        };
        Ok(Arc::new(StreamAt::new(place, kind, &parsed)))
    }
}

/// Carries for as long as the driver is there; the process ends if it panics.
pub fn start(driver: &Arc<Driver>, sources: Arc<Sources>, iam: Arc<Iam>) {
    let receiver = driver.commands.take();
    let driver = Arc::downgrade(driver);
    spawn_vital("sources", run(Carriers { driver, sources, iam, all: HashMap::new() }, receiver));
}

struct Carriers {
    driver: Weak<Driver>,
    sources: Arc<Sources>,
    iam: Arc<Iam>,
    all: HashMap<MappingId, Arc<Carrier>>,
}

async fn run(mut carriers: Carriers, mut commands: UnboundedReceiver<SourceCommand>) {
    while let Some(command) = commands.recv().await {
        let Some(driver) = carriers.driver.upgrade() else { return };
        carriers.take(&driver, command);
    }
}

impl Carriers {
    fn take(&mut self, driver: &Arc<Driver>, command: SourceCommand) {
        let id = match &command {
            SourceCommand::Open(mapping) => mapping.id,
            SourceCommand::Close(id) => *id,
            SourceCommand::Receive { mapping, .. } => *mapping,
            SourceCommand::Run(batch) => batch.mapping,
            SourceCommand::Delete(mapping, _)
            | SourceCommand::Release(mapping, _)
            | SourceCommand::List { mapping, .. }
            | SourceCommand::Read { mapping, .. }
            | SourceCommand::Commit { mapping, .. }
            | SourceCommand::GiveUp { mapping, .. } => *mapping,
        };
        if let SourceCommand::Open(mapping) = command {
            return self.open(*mapping);
        }
        // One that is closed and holds nothing is forgotten: nothing of it can be done any more.
        let Some(carrier) = self.all.get(&id).cloned() else { return };
        match command {
            SourceCommand::Open(_) => {}
            SourceCommand::Close(_) => {
                carrier.close();
                self.forget_idle();
            }
            SourceCommand::Receive { poll, most, .. } => {
                let (driver, receiving) = (Arc::downgrade(driver), Arc::clone(&carrier));
                carrier.carry(async move { receiving.receive(driver, poll, most).await });
            }
            SourceCommand::Run(batch) => {
                let (driver, iam) = (Arc::clone(driver), Arc::clone(&self.iam));
                tokio::spawn(async move { run::run(&carrier, &driver, &iam, batch).await });
            }
            SourceCommand::Delete(_, records) => {
                tokio::spawn(async move { carrier.delete(records).await });
            }
            SourceCommand::List { call, .. } => {
                let (driver, listing) = (Arc::downgrade(driver), Arc::clone(&carrier));
                carrier.carry(async move { listing.list(driver, call).await });
            }
            SourceCommand::Read { shard, call, from, .. } => {
                let (driver, reading) = (Arc::downgrade(driver), Arc::clone(&carrier));
                carrier.carry(async move { reading.read(driver, shard, call, from).await });
            }
            SourceCommand::Commit { shard, after, .. } => carrier.commit(&shard, &after),
            SourceCommand::GiveUp { number, given_up, .. } => {
                let driver = Arc::clone(driver);
                tokio::spawn(async move { carrier.give_up(&driver, number, *given_up).await });
            }
            SourceCommand::Release(_, records) => {
                carrier.held.forget(&records);
                self.forget_idle();
            }
        }
    }

    fn open(&mut self, mapping: Mapping) {
        let held = self.all.get(&mapping.id).map(|before| Arc::clone(&before.held));
        let id = mapping.id;
        let source = match mapping.kind {
            SourceKind::Queue | SourceKind::FifoQueue => {
                self.sources.queue(&mapping.source).map(From::Queue)
            }
            SourceKind::Kinesis | SourceKind::DynamoDb => {
                self.sources.stream(mapping.kind, &mapping.source).map(From::Stream)
            }
            SourceKind::Msk | SourceKind::Kafka => self.sources.topic(&self.driver, &mapping),
        };
        let servers = match mapping.kind.is_kafka() {
            true => self.sources.servers(&mapping).unwrap_or_default().join(","),
            false => String::new(),
        };
        let given_up_to = mapping.settings.on_failure.as_deref();
        let given_up_to = given_up_to.and_then(|arn| self.sources.given_up_to(arn));
        let held = held.unwrap_or_default();
        let carrier = Carrier::new(mapping, (source, servers), given_up_to, held);
        self.all.insert(id, Arc::new(carrier));
    }

    /// Forgets those that are closed and hold nothing: who runs for one has it.
    fn forget_idle(&mut self) {
        self.all.retain(|_, carrier| !carrier.is_closed() || !carrier.held.is_empty());
    }
}
