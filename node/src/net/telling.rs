//! Expressions of rules that tell of packets, as often as each sender may have it told.

use super::netlink::Messages;
use super::nft::Rule;

impl Rule {
    /// At most `rate` packets of each sender per second, after the first `burst`, get past here; the
    /// sender is told by the packet's mark, or by the link it came by.
    pub(super) fn meter(self, meter: &str, by_link: bool, rate: u64, burst: u32) -> Rule {
        let loaded = self.expression("meta", |data| {
            // NFT_META_IIF or NFT_META_MARK.
            data.put_be(1, 1).put_be(2, if by_link { 4 } else { 3 });
        });
        loaded.meter_of_register(meter, rate, burst)
    }

    /// The same, where whose packets are counted together is told by what was looked at last.
    pub(super) fn meter_of_register(self, meter: &str, rate: u64, burst: u32) -> Rule {
        self.expression("dynset", |data| {
            // NFT_DYNSET_OP_UPDATE by the register.
            data.put_text(1, meter).put_be(3, 1).put_be(4, 1).nest(7, |inside| {
                inside.put_text(1, "limit").nest(2, |limit| Rule::limit(limit, rate, burst));
            });
        })
    }

    fn limit(data: &mut Messages, rate: u64, burst: u32) {
        data.put(1, &rate.to_be_bytes()).put(2, &1u64.to_be_bytes());
        data.put_be(3, burst).put_be(4, 0);
    }

    /// Tells user space of the packet.
    pub(super) fn log(self, group: u16, prefix: &str) -> Rule {
        self.expression("log", |data| {
            data.put(1, &group.to_be_bytes()).put_text(2, prefix).put_be(3, 64);
        })
    }
}
