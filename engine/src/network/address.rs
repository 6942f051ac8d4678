//! Addresses of a subnet: none is handed out twice, and released ones are used again last.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::net::Ipv4Addr;
use core::ops::Range;

use crate::base::cidr::Cidr;
use crate::base::id::EniId;
use crate::base::limits::RESERVED_ADDRESSES;
use crate::record::cidr_reservation::ReservationType;

/// Why an address that was asked for is not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressError {
    /// It lies outside the subnet.
    Outside,
    /// It is one of the five that AWS keeps, or of a block that is reserved for prefixes.
    Reserved,
    /// An ENI holds it.
    Taken(EniId),
}

/// The addresses of one subnet.
///
/// Offsets count from the subnet's base. Fresh ones are given in rising order, then released ones
/// in the order of their release; every operation is logarithmic in the number held, but that of
/// reserving a block, or giving one back, which goes over its addresses. Those of a reserved block are
/// passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    cidr: Cidr,
    fresh: u64,
    held: BTreeMap<u64, EniId>,
    released: BTreeMap<u64, u64>,
    release_of: BTreeMap<u64, u64>,
    releases: u64,
    /// Reserved blocks: the first offset of each, the one after its last, and what it is for.
    reserved: BTreeMap<u64, (u64, ReservationType)>,
    /// How many offsets of reserved blocks could be held and are not.
    set_aside: u64,
}

/// The first offset that AWS does not keep: the base, the router, DNS and one for later use are.
const FIRST: u64 = 4;

impl Pool {
    /// The pool of an empty subnet with this block.
    pub fn new(cidr: Cidr) -> Pool {
        Pool {
            cidr,
            fresh: FIRST,
            held: BTreeMap::new(),
            released: BTreeMap::new(),
            release_of: BTreeMap::new(),
            releases: 0,
            reserved: BTreeMap::new(),
            set_aside: 0,
        }
    }

    /// How many addresses are free: `AvailableIpAddressCount`.
    pub fn free(&self) -> u32 {
        let usable = self.cidr.size().saturating_sub(u64::from(RESERVED_ADDRESSES));
        u32::try_from(usable - self.held.len() as u64 - self.set_aside).unwrap_or(u32::MAX)
    }

    /// Takes some free address for an ENI.
    pub fn take_any(&mut self, eni: EniId) -> Option<Ipv4Addr> {
        while self.fresh < self.cidr.size() - 1 {
            let offset = self.fresh;
            if let Some((end, _)) = self.reservation(offset) {
                self.fresh = end;
                continue;
            }
            self.fresh += 1;
            if !self.held.contains_key(&offset) {
                return Some(self.hold(offset, eni));
            }
        }
        let offset = *self.released.first_key_value()?.1;
        Some(self.hold(offset, eni))
    }

    /// The free address that would be taken next, but for some.
    pub fn next_free(&self, but: &BTreeSet<Ipv4Addr>) -> Option<Ipv4Addr> {
        let mut fresh = self.fresh;
        while fresh < self.cidr.size() - 1 {
            match self.reservation(fresh) {
                Some((end, _)) => fresh = end,
                None => {
                    let address = self.cidr.nth(fresh)?;
                    if !self.held.contains_key(&fresh) && !but.contains(&address) {
                        return Some(address);
                    }
                    fresh += 1;
                }
            }
        }
        let released = self.released.values().filter_map(|offset| self.cidr.nth(*offset));
        released.into_iter().find(|address| !but.contains(address))
    }

    /// Whether an address is of a block that is set aside.
    pub fn is_set_aside(&self, address: Ipv4Addr) -> bool {
        self.cidr.contains(address) && self.reservation(self.offset(address)).is_some()
    }

    /// Takes this address for an ENI.
    ///
    /// # Errors
    /// When it is outside the subnet, one of AWS's, or taken.
    pub fn take(&mut self, address: Ipv4Addr, eni: EniId) -> Result<(), AddressError> {
        self.may_take(address)?;
        self.hold(self.offset(address), eni);
        Ok(())
    }

    /// Whether this address can be taken.
    ///
    /// # Errors
    /// When it is outside the subnet, one of AWS's, or taken.
    pub fn may_take(&self, address: Ipv4Addr) -> Result<(), AddressError> {
        if !self.cidr.contains(address) {
            return Err(AddressError::Outside);
        }
        let offset = self.offset(address);
        if offset < FIRST || offset == self.cidr.size() - 1 {
            return Err(AddressError::Reserved);
        }
        match (self.held.get(&offset), self.reservation(offset)) {
            (Some(holder), _) => Err(AddressError::Taken(*holder)),
            (None, Some((_, ReservationType::Prefix))) => Err(AddressError::Reserved),
            (None, Some((_, ReservationType::Explicit)) | None) => Ok(()),
        }
    }

    /// Sets a block of the subnet aside, which overlaps no other that is: addresses that are held stay so.
    pub fn reserve(&mut self, block: Cidr, kind: ReservationType) {
        let offsets = self.offsets(block);
        self.reserved.insert(offsets.start, (offsets.end, kind));
        self.set_aside += self.usable(&offsets) - self.held.range(offsets.clone()).count() as u64;
        let gone: Vec<(u64, u64)> = self.release_of.range(offsets).map(|(a, b)| (*a, *b)).collect();
        for (offset, release) in gone {
            self.release_of.remove(&offset);
            self.released.remove(&release);
        }
    }

    /// Gives a block back that was set aside: its addresses are used last, in rising order.
    pub fn unreserve(&mut self, block: Cidr) {
        let offsets = self.offsets(block);
        self.reserved.remove(&offsets.start).expect("the block was reserved");
        self.set_aside -= self.usable(&offsets) - self.held.range(offsets.clone()).count() as u64;
        // What lies beyond is fresh still.
        let end = offsets.end.min(self.fresh).min(self.cidr.size() - 1);
        for offset in offsets.start.max(FIRST)..end {
            if !self.held.contains_key(&offset) {
                self.put_back(offset);
            }
        }
    }

    /// How many addresses nobody gets since they are of blocks that are set aside.
    pub fn set_aside(&self) -> u64 {
        self.set_aside
    }

    /// How many blocks are set aside.
    pub fn reservations(&self) -> usize {
        self.reserved.len()
    }

    /// The reserved block that an offset is of: the offset after its last, and what it is for.
    fn reservation(&self, offset: u64) -> Option<(u64, ReservationType)> {
        let (_, found) = self.reserved.range(..=offset).next_back()?;
        (offset < found.0).then_some(*found)
    }

    fn offsets(&self, block: Cidr) -> Range<u64> {
        let start = self.offset(block.base());
        start..start + block.size()
    }

    /// How many of some offsets are none that AWS keeps.
    fn usable(&self, offsets: &Range<u64>) -> u64 {
        offsets.end.min(self.cidr.size() - 1).saturating_sub(offsets.start.max(FIRST))
    }

    fn put_back(&mut self, offset: u64) {
        self.released.insert(self.releases, offset);
        self.release_of.insert(offset, self.releases);
        self.releases += 1;
    }

    /// Has another ENI hold an address that is held.
    pub fn hand_over(&mut self, address: Ipv4Addr, to: EniId) {
        let offset = self.offset(address);
        let before = self.held.insert(offset, to);
        assert!(before.is_some(), "handed {address} over, which nobody held");
    }

    /// Gives back an address that was taken from this pool.
    pub fn release(&mut self, address: Ipv4Addr) {
        let offset = self.offset(address);
        let holder = self.held.remove(&offset);
        assert!(holder.is_some(), "released {address}, which nobody held");
        match self.reservation(offset) {
            Some(_) => self.set_aside += 1,
            None => self.put_back(offset),
        }
    }

    /// Who holds which address, in rising order.
    pub fn holders(&self) -> impl Iterator<Item = (Ipv4Addr, EniId)> + '_ {
        self.held.iter().filter_map(|(offset, eni)| Some((self.cidr.nth(*offset)?, *eni)))
    }

    fn offset(&self, address: Ipv4Addr) -> u64 {
        u64::from(u32::from(address) - u32::from(self.cidr.base()))
    }

    fn hold(&mut self, offset: u64, eni: EniId) -> Ipv4Addr {
        if let Some(release) = self.release_of.remove(&offset) {
            self.released.remove(&release);
        }
        let before = self.held.insert(offset, eni);
        assert!(before.is_none(), "offset {offset} of {} was handed out twice", self.cidr);
        if self.reservation(offset).is_some() {
            self.set_aside -= 1;
        }
        self.cidr.nth(offset).expect("an offset below the size lies in the block")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Random;

    fn pool(prefix: u8) -> Pool {
        Pool::new(Cidr::containing(Ipv4Addr::new(10, 0, 1, 0), prefix).unwrap())
    }

    #[test]
    fn a_28_holds_eleven_and_keeps_five() {
        let mut pool = pool(28);
        assert_eq!(pool.free(), 11);
        let given: Vec<_> = (0..11).map(|n| pool.take_any(EniId(n)).unwrap()).collect();
        assert_eq!(given[0], Ipv4Addr::new(10, 0, 1, 4));
        assert_eq!(given[10], Ipv4Addr::new(10, 0, 1, 14));
        assert_eq!((pool.take_any(EniId(99)), pool.free()), (None, 0));
    }

    #[test]
    fn released_ones_are_used_last_and_in_order() {
        let mut pool = pool(28);
        let first = pool.take_any(EniId(1)).unwrap();
        let second = pool.take_any(EniId(2)).unwrap();
        pool.release(second);
        pool.release(first);
        for n in 0..9 {
            assert!(![first, second].contains(&pool.take_any(EniId(10 + n)).unwrap()));
        }
        assert_eq!(pool.take_any(EniId(3)), Some(second));
        assert_eq!(pool.take_any(EniId(4)), Some(first));
    }

    #[test]
    fn addresses_asked_for_are_checked() {
        let mut pool = pool(28);
        let at = |last| Ipv4Addr::new(10, 0, 1, last);
        for kept in [0, 1, 2, 3, 15] {
            assert_eq!(pool.take(at(kept), EniId(1)), Err(AddressError::Reserved));
        }
        assert_eq!(pool.take(at(16), EniId(1)), Err(AddressError::Outside));
        assert_eq!(pool.take(at(4), EniId(1)), Ok(()));
        assert_eq!(pool.take(at(4), EniId(2)), Err(AddressError::Taken(EniId(1))));
        assert_eq!(pool.take_any(EniId(2)), Some(at(5)));
    }

    #[test]
    fn what_is_reserved_is_passed_over_and_used_last_when_given_back() {
        let mut pool = pool(28);
        let at = |last| Ipv4Addr::new(10, 0, 1, last);
        let block = |text: &str| text.parse().unwrap();
        assert_eq!(pool.take_any(EniId(1)), Some(at(4)));
        pool.take(at(9), EniId(2)).unwrap();
        pool.reserve(block("10.0.1.4/30"), ReservationType::Prefix);
        pool.reserve(block("10.0.1.8/30"), ReservationType::Explicit);
        assert_eq!((pool.free(), pool.reservations()), (3, 2));
        assert_eq!(pool.take(at(9), EniId(3)), Err(AddressError::Taken(EniId(2))));
        assert_eq!(pool.take(at(5), EniId(3)), Err(AddressError::Reserved));
        assert_eq!(pool.take(at(10), EniId(3)), Ok(()));
        assert_eq!(pool.free(), 3, "an address of a reserved block was none of the free ones");
        pool.release(at(4));
        for last in [12, 13, 14] {
            assert_eq!(pool.take_any(EniId(4)), Some(at(last)));
        }
        assert_eq!((pool.take_any(EniId(5)), pool.free()), (None, 0));
        pool.unreserve(block("10.0.1.4/30"));
        assert_eq!(pool.free(), 4);
        pool.unreserve(block("10.0.1.8/30"));
        assert_eq!(pool.free(), 6);
        for last in [4, 5, 6, 7, 8, 11] {
            assert_eq!(pool.take_any(EniId(5)), Some(at(last)));
        }
        assert_eq!((pool.take_any(EniId(5)), pool.free()), (None, 0));
        // Of a block that AWS's own addresses are of, those alone are set aside that could be held.
        let mut whole = Pool::new(block("10.0.1.0/28"));
        whole.reserve(block("10.0.1.0/28"), ReservationType::Explicit);
        assert_eq!((whole.free(), whole.take_any(EniId(1))), (0, None));
        whole.unreserve(block("10.0.1.0/28"));
        assert_eq!((whole.free(), whole.take_any(EniId(1))), (11, Some(at(4))));
    }

    #[test]
    fn no_sequence_hands_an_address_out_twice() {
        let mut random = Random::new(7);
        let mut pool = pool(27);
        let mut held: Vec<Ipv4Addr> = Vec::new();
        let mut aside: Vec<Cidr> = Vec::new();
        let is_aside = |aside: &[Cidr], it: Ipv4Addr| aside.iter().any(|block| block.contains(it));
        for step in 0..20_000 {
            match random.draw() % 8 {
                0..3 => {
                    let taken = pool.take_any(EniId(step));
                    assert!(taken.is_none_or(|address| !is_aside(&aside, address)));
                    held.extend(taken);
                }
                3..5 => {
                    let address = Ipv4Addr::new(10, 0, 1, (random.draw() % 34) as u8);
                    if pool.take(address, EniId(step)).is_ok() {
                        held.push(address);
                    }
                }
                5 if step % 3 == 0 => {
                    let base = Ipv4Addr::new(10, 0, 1, (random.draw() % 32) as u8);
                    let block = Cidr::containing(base, 28 + (random.draw() % 5) as u8).unwrap();
                    if !aside.iter().any(|other| other.overlaps(block)) {
                        pool.reserve(block, ReservationType::Explicit);
                        aside.push(block);
                    } else {
                        let gone = (random.draw() % aside.len() as u64) as usize;
                        pool.unreserve(aside.swap_remove(gone));
                    }
                }
                _ if held.is_empty() => {}
                _ => pool.release(held.swap_remove((random.draw() % held.len() as u64) as usize)),
            }
            let mut unique = held.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), held.len());
            let usable = (4..31).map(|last| Ipv4Addr::new(10, 0, 1, last));
            let free = usable.filter(|it| !held.contains(it) && !is_aside(&aside, *it));
            assert_eq!(pool.free() as usize, free.count());
        }
    }
}
