//! What a router's rules are called by in each other, and the chains that drop and tell of it.

use engine::id::GroupId;

pub(super) use super::meters::REMEMBERED;
pub(super) use super::nft::TABLE;
use super::nft::{Batch, Rule, Verdict};

/// The link by which a router reaches what is outside of it.
pub(super) const UPLINK: &str = "uplink";
/// The chain that tells the outside from what is near the host.
pub(super) const NEAR: &str = "near";
/// The group of nfnetlink_log by which drops are told.
pub(super) const LOG_GROUP: u16 = 1;
/// Source address to slot and group set (see [`mark`]).
pub(super) const SENDERS: &str = "senders";
/// Destination address to group set.
pub(super) const RECEIVERS: &str = "receivers";
/// Addresses of shared ENIs.
pub(super) const SHARED: &str = "shared";
/// An environment's link-local address to its shared ENI's.
pub(super) const TRANSLATIONS: &str = "translations";
/// Group set to chain, for what its members send and are sent.
pub(super) const EGRESS: &str = "egress_sets";
pub(super) const INGRESS: &str = "ingress_sets";

/// Packets that are told of one sender and for one reason: at first, and per second then. What is
/// beyond is told once a second as such, so that nobody's flood hides what others meet.
pub(super) const TOLD_AT_FIRST: u32 = 40;
pub(super) const TOLD_PER_SECOND: u64 = 20;

/// What is noted of a connection that a peer began.
pub(super) const PEERED: u32 = 4;

/// The hooks of netfilter.
pub(super) const PREROUTING: u32 = 0;
pub(super) const INPUT: u32 = 1;
pub(super) const FORWARD: u32 = 2;
pub(super) const POSTROUTING: u32 = 4;

/// The mark of packets from a slot whose ENI has this group set.
pub(super) fn mark(slot: u16, set: u16) -> [u8; 4] {
    (u32::from(slot) << 16 | u32::from(set)).to_ne_bytes()
}

/// A group set as a key of the chain maps.
pub(super) fn set_key(set: u16) -> [u8; 4] {
    u32::from(set).to_ne_bytes()
}

/// Names of what belongs to a security group: its members, and its chains.
pub(super) fn members(group: GroupId) -> String {
    format!("members_{:016x}", group.0)
}

/// The chain that drops for a reason, and tells of it as often as each sender may have it told.
pub(super) fn tell(batch: &mut Batch, (chain, letter): (&str, &str), by_link: bool) {
    let (told, beyond) = (format!("told_{letter}"), format!("beyond_{letter}"));
    batch.add_meter(&told, REMEMBERED);
    batch.add_meter(&beyond, REMEMBERED);
    batch.add_chain(chain, None);
    drops(batch, (chain, letter), by_link);
}

/// The rules of such a chain.
pub(super) fn drops(batch: &mut Batch, (chain, letter): (&str, &str), by_link: bool) {
    let (told, beyond) = (format!("told_{letter}"), format!("beyond_{letter}"));
    let each = Rule::new().meter(&told, by_link, TOLD_PER_SECOND, TOLD_AT_FIRST);
    batch.add_rule(chain, &each.log(LOG_GROUP, letter).then(Verdict::Drop));
    let once = Rule::new().meter(&beyond, by_link, 1, 1);
    batch.add_rule(chain, &once.log(LOG_GROUP, &letter.to_ascii_lowercase()));
    batch.add_rule(chain, &Rule::new().then(Verdict::Drop));
}
