//! Expressions of rules about connections and links: direction, what is noted of a connection, zones.

use super::nft::Rule;

/// `NFT_CT_*` of linux/netfilter/nf_tables.h.
const DIRECTION: u32 = 1;
const MARK: u32 = 3;
const ZONE: u32 = 17;
/// The register behind the one that is used for all else.
const BEHIND: u32 = 9;

impl Rule {
    /// The packet goes the way of the one that began the connection, or else the way of replies.
    pub(super) fn original(self, is_original: bool) -> Rule {
        let loaded = self.expression("ct", |data| {
            data.put_be(1, 1).put_be(2, DIRECTION);
        });
        loaded.compare(0, &[u8::from(!is_original)])
    }

    fn load_note(self) -> Rule {
        self.expression("ct", |data| {
            data.put_be(1, 1).put_be(2, MARK);
        })
    }

    /// All of these bits are noted of the connection.
    pub(super) fn noted(self, bits: u32) -> Rule {
        self.load_note().mask(bits.to_ne_bytes()).compare(0, &bits.to_ne_bytes())
    }

    /// Notes these bits of the connection.
    pub(super) fn note(self, bits: u32) -> Rule {
        let noted = self.load_note().expression("bitwise", |data| {
            data.put_be(1, 1).put_be(2, 1).put_be(3, 4);
            Rule::value(data, 4, &(!bits).to_ne_bytes());
            Rule::value(data, 5, &bits.to_ne_bytes());
        });
        noted.expression("ct", |data| {
            data.put_be(2, MARK).put_be(4, 1);
        })
    }

    /// Has the packet's connection looked for in a zone of its own, both ways or that of its beginning
    /// alone.
    pub(super) fn zone(self, zone: u16, is_of_original: bool) -> Rule {
        let loaded = self.expression("immediate", |data| {
            data.put_be(1, 1);
            Rule::value(data, 2, &zone.to_ne_bytes());
        });
        loaded.expression("ct", |data| {
            data.put_be(2, ZONE);
            if is_of_original {
                data.put(3, &[0]);
            }
            data.put_be(4, 1);
        })
    }

    fn load_link(self) -> Rule {
        self.expression("meta", |data| {
            // NFT_META_IIF.
            data.put_be(1, 1).put_be(2, 4);
        })
    }

    /// The link by which the packet came is in this set.
    pub(super) fn link_in_set(self, set: &str) -> Rule {
        self.load_link().expression("lookup", |data| {
            data.put_text(1, set).put_be(2, 1);
        })
    }

    /// The link by which the packet came is a key of this map.
    pub(super) fn link_in_map(self, map: &str) -> Rule {
        self.load_link().looked_up(map)
    }

    /// The same; its value is the packet's mark from here on.
    pub(super) fn mark_by_link(self, map: &str) -> Rule {
        self.link_in_map(map).set_mark_by_register()
    }

    /// Goes on by the verdict of the link by which the packet came in this map.
    pub(super) fn verdict_by_link(self, map: &str) -> Rule {
        self.load_link().verdict(map)
    }

    /// The link by which the packet came and its source are a pair of this set.
    pub(super) fn link_and_source(self, set: &str) -> Rule {
        let both = self.load_link().expression("payload", |data| {
            data.put_be(1, BEHIND).put_be(2, 1).put_be(3, 12).put_be(4, 4);
        });
        both.expression("lookup", |data| {
            data.put_text(1, set).put_be(2, 1);
        })
    }

    /// Goes on by the verdict of the lower half of the packet's mark in this map.
    pub(super) fn verdict_by_mark(self, map: &str) -> Rule {
        self.load_mark().verdict_by(map)
    }

    /// The lower half of the packet's mark has these bits where `mask` has ones.
    pub(super) fn lower_mark(self, mask: u16, bits: u16) -> Rule {
        self.load_mark()
            .mask(u32::from(mask).to_ne_bytes())
            .compare(0, &u32::from(bits).to_ne_bytes())
    }
}
