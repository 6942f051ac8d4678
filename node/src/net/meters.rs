//! Meters: sets of senders that rules fill, to tell of each or let each pass only so often.

use std::time::Duration;

use super::netlink::Messages;
use super::nft::{Batch, Rule};

/// How long it is remembered how much was told of a sender.
pub(super) const REMEMBERED: Duration = Duration::from_secs(60);

impl Batch {
    /// A set of four bytes each that rules fill, each kept for a while after it was last met; 65,535
    /// at most, as the kernel has it where no size is told. A size that is told is made at once,
    /// which is 1 MiB for each meter of each router; so they grow as they are filled.
    pub(super) fn add_meter(&mut self, name: &str, kept: Duration) {
        // NFT_SET_TIMEOUT and NFT_SET_EVAL; of integers.
        let (message, id) = self.new_set(name);
        message.put_be(3, 0x10 | 0x20).put_be(4, 4).put_be(5, 4);
        message.put_be(10, id).put(11, &(kept.as_millis() as u64).to_be_bytes());
    }
}

impl Rule {
    /// At most `rate` packets of each sender per second, after the first `burst`, get past here; the
    /// sender is told by the packet's mark, or by the link it came by.
    pub(super) fn meter(self, meter: &str, by_link: bool, rate: u64, burst: u32) -> Rule {
        self.metered(meter, by_link, (rate, burst, 0))
    }

    /// The same, or with flags what is beyond that (`NFT_LIMIT_F_INV`).
    pub(super) fn metered(self, meter: &str, by_link: bool, limit: (u64, u32, u32)) -> Rule {
        let loaded = self.expression("meta", |data| {
            // NFT_META_IIF or NFT_META_MARK.
            data.put_be(1, 1).put_be(2, if by_link { 4 } else { 3 });
        });
        loaded.limited(meter, limit)
    }

    /// The same, where whose packets are counted together is told by what was looked at last.
    pub(super) fn meter_of_register(self, meter: &str, rate: u64, burst: u32) -> Rule {
        self.limited(meter, (rate, burst, 0))
    }

    fn limited(self, meter: &str, limit: (u64, u32, u32)) -> Rule {
        self.expression("dynset", |data| {
            // NFT_DYNSET_OP_UPDATE by the register.
            data.put_text(1, meter).put_be(3, 1).put_be(4, 1).nest(7, |inside| {
                inside.put_text(1, "limit").nest(2, |data| Rule::limit(data, limit));
            });
        })
    }

    fn limit(data: &mut Messages, (rate, burst, flags): (u64, u32, u32)) {
        data.put(1, &rate.to_be_bytes()).put(2, &1u64.to_be_bytes());
        data.put_be(3, burst).put_be(4, 0).put_be(5, flags);
    }
}
