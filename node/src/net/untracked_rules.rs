//! Rules for known connections that security groups do not track: each of their packets is judged by itself.

use super::names::{EGRESS, INGRESS, RECEIVERS, SENDERS};
use super::nft::{Batch, ESTABLISHED, Rule, Side, Verdict};

/// What is noted of a connection: that it is judged at who began it, and at who was asked.
pub(super) const AT_FIRST: u32 = 8;
pub(super) const AT_SECOND: u32 = 16;
/// Where packets of such are judged.
const OUT: &str = "untracked_out";
const INTO: &str = "untracked_in";

/// The chains, which are there before anything leads to them.
pub(super) fn base(batch: &mut Batch) {
    batch.add_chain(OUT, None);
    let sent = Rule::new().mark_by(Side::Source, SENDERS).verdict_by(EGRESS);
    batch.add_rule(OUT, &sent);
    batch.add_chain(INTO, None);
    batch.add_rule(INTO, &Rule::new().mark_by_origin(SENDERS));
    batch.add_rule(INTO, &Rule::new().in_map(Side::Destination, RECEIVERS).verdict_by(INGRESS));
}

/// The rules of a gate ahead of the one that lets all known connections pass.
pub(super) fn first_of(batch: &mut Batch, gate: &str, is_of_senders: bool) {
    let judges = if is_of_senders { OUT } else { INTO };
    for (is_original, sender, receiver) in
        [(true, AT_FIRST, AT_SECOND), (false, AT_SECOND, AT_FIRST)]
    {
        let noted = if is_of_senders { sender } else { receiver };
        let known = Rule::new().state(ESTABLISHED).original(is_original).noted(noted);
        batch.add_rule(gate, &known.then(Verdict::Jump(judges)));
    }
}
