//! Tests of a driver whose store fails: what callers are told, and what is there afterwards.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use engine::cidr::Cidr;
use engine::engine::Config;
use engine::id::VpcId;
use engine::limits::Limits;
use engine::network::vpc;
use engine::record::function::EniModel;
use engine::scope::Scope;

use super::fault::{Fault, Faults, FaultyStore};
use super::tests::StateDirectory;
use super::*;
use crate::driver::{Driver, Refused};
use crate::iam::{Iam, Rules};

const FULL: &str = "changes cannot be stored: disk is full";

struct World {
    state: StateDirectory,
    faults: Faults,
    driver: Arc<Driver>,
    iam: Arc<Iam>,
}

impl World {
    fn new(name: &str) -> World {
        World::open(StateDirectory::new(name), Fault::None)
    }

    fn open(state: StateDirectory, fault: Fault) -> World {
        let faults = Faults::default();
        faults.set(fault);
        let mut opened = open(&state.0).expect("opened");
        let accounts = std::mem::take(&mut opened.accounts);
        opened.store = Box::new(FaultyStore { inner: opened.store, faults: faults.clone() });
        // No two servers draw the same ids.
        static STARTS: AtomicU64 = AtomicU64::new(1);
        let seed = STARTS.fetch_add(1, Ordering::Relaxed);
        let config = Config { seed, eni_model: EniModel::Hyperplane, limits: Limits::default() };
        let driver = Driver::open(opened, config).expect("restored");
        let iam = Iam::new(accounts, Arc::clone(driver.store()), Rules::default());
        World { state, faults, driver, iam }
    }

    /// The same state directory, as the next server finds it.
    fn restart(self, fault: Fault) -> World {
        let World { state, driver, iam, .. } = self;
        let store = Arc::clone(driver.store());
        drop((driver, iam));
        // The store's thread may be telling the driver of a ticket, and hold it as long.
        store.close();
        drop(store);
        World::open(state, fault)
    }

    async fn create(&self, block: &str) -> Result<VpcId, Refused<vpc::Refusal>> {
        let cidr: Cidr = block.parse().expect("a block");
        let question = vpc::Create { has_ipv6: false, scope: scope(), cidr, tags: BTreeMap::new() };
        self.driver.ask(question).await.map(|vpc| vpc.id)
    }

    fn blocks(&self) -> Vec<String> {
        let scope = scope();
        let mut blocks: Vec<String> = self
            .driver
            .read(|engine| engine.vpcs(&scope).map(|vpc| vpc.cidr.to_string()).collect());
        blocks.sort();
        blocks
    }

    fn describe(&self, text: &str) -> Result<(), Unavailable> {
        let put = |account: &mut crate::iam::Account| {
            let (_, policy) = crate::iam::managed().first_key_value().expect("a policy");
            account.policies.insert(text.to_owned(), policy.clone());
            Ok(())
        };
        self.iam.change(0, put)?
    }

    fn policies(&self) -> usize {
        self.iam.read(0, |account| account.policies.len())
    }
}

fn scope() -> Scope {
    Scope { account: 0, region: "us-east-1".into() }
}

fn full() -> Refused<vpc::Refusal> {
    Refused::Unavailable(FULL.into())
}

#[tokio::test(start_paused = true)]
async fn what_was_decided_is_stored_once_there_is_room() {
    let world = World::new("outage");
    world.create("10.0.0.0/16").await.expect("made");
    world.describe("before").expect("changed");
    world.faults.set(Fault::Full);
    // Decided before the outage is known: its caller is told after some seconds.
    assert_eq!(world.create("10.1.0.0/16").await, Err(full()));
    // Refused before they are decided, and IAM's at once.
    assert_eq!(world.create("10.2.0.0/16").await, Err(full()));
    assert_eq!(world.describe("meanwhile").map_err(|why| why.to_string()), Err(FULL.into()));
    assert_eq!(world.policies(), 1);
    assert_eq!(world.blocks(), ["10.0.0.0/16", "10.1.0.0/16"]);
    // Nobody waits any more, so a server that is told to stop need not wait either.
    world.driver.drain().await;

    world.faults.set(Fault::None);
    while world.driver.store().check().is_err() {
        tokio::task::yield_now().await;
    }
    world.describe("after").expect("changed");
    let world = world.restart(Fault::None);
    assert_eq!(world.blocks(), ["10.0.0.0/16", "10.1.0.0/16"]);
    assert_eq!(world.policies(), 2);
    world.create("10.3.0.0/16").await.expect("made");
}

#[tokio::test(start_paused = true)]
async fn an_answer_waits_for_a_slow_disk() {
    let world = World::new("slow");
    world.faults.set(Fault::Delayed);
    {
        let mut created = pin!(world.create("10.0.0.0/16"));
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..100 {
            assert!(matches!(created.as_mut().poll(&mut context), Poll::Pending));
            tokio::task::yield_now().await;
        }
        world.faults.set(Fault::None);
        created.await.expect("made");
    }
    assert_eq!(world.restart(Fault::None).blocks(), ["10.0.0.0/16"]);
}

#[tokio::test(start_paused = true)]
async fn what_was_acknowledged_outlives_a_crash() {
    let world = World::new("crash");
    world.create("10.0.0.0/16").await.expect("made");
    world.describe("before").expect("changed");
    world.faults.set(Fault::Crashed);
    assert!(matches!(world.create("10.1.0.0/16").await, Err(Refused::Unavailable(_))));
    assert!(world.describe("after").is_err());
    let world = world.restart(Fault::None);
    assert_eq!((world.blocks(), world.policies()), (vec!["10.0.0.0/16".to_owned()], 1));
}

#[tokio::test(start_paused = true)]
async fn a_server_is_started_on_a_full_disk() {
    let world = World::new("start");
    world.create("10.0.0.0/16").await.expect("made");
    let world = world.restart(Fault::Full);
    assert_eq!(world.blocks(), ["10.0.0.0/16"]);
    assert_eq!(world.create("10.1.0.0/16").await, Err(full()));
}
