//! Addresses of a subnet: none is handed out twice, and released ones are used again last.

use alloc::collections::BTreeMap;
use core::net::Ipv4Addr;

use crate::base::cidr::Cidr;
use crate::base::id::EniId;
use crate::base::limits::RESERVED_ADDRESSES;

/// Why an address that was asked for is not to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressError {
    /// It lies outside the subnet.
    Outside,
    /// It is one of the five that AWS keeps.
    Reserved,
    /// An ENI holds it.
    Taken(EniId),
}

/// The addresses of one subnet.
///
/// Offsets count from the subnet's base. Fresh ones are given in rising order, then released ones
/// in the order of their release; every operation is logarithmic in the number held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    cidr: Cidr,
    fresh: u64,
    held: BTreeMap<u64, EniId>,
    released: BTreeMap<u64, u64>,
    release_of: BTreeMap<u64, u64>,
    releases: u64,
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
        }
    }

    /// How many addresses are free: `AvailableIpAddressCount`.
    pub fn free(&self) -> u32 {
        let usable = self.cidr.size().saturating_sub(u64::from(RESERVED_ADDRESSES));
        u32::try_from(usable - self.held.len() as u64).unwrap_or(u32::MAX)
    }

    /// Takes some free address for an ENI.
    pub fn take_any(&mut self, eni: EniId) -> Option<Ipv4Addr> {
        while self.fresh < self.cidr.size() - 1 {
            let offset = self.fresh;
            self.fresh += 1;
            if !self.held.contains_key(&offset) {
                return Some(self.hold(offset, eni));
            }
        }
        let offset = *self.released.first_key_value()?.1;
        Some(self.hold(offset, eni))
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
        self.held.get(&offset).map_or(Ok(()), |holder| Err(AddressError::Taken(*holder)))
    }

    /// Gives back an address that was taken from this pool.
    pub fn release(&mut self, address: Ipv4Addr) {
        let offset = self.offset(address);
        let holder = self.held.remove(&offset);
        assert!(holder.is_some(), "released {address}, which nobody held");
        self.released.insert(self.releases, offset);
        self.release_of.insert(offset, self.releases);
        self.releases += 1;
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
        self.cidr.nth(offset).expect("an offset below the size lies in the block")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Random;
    use alloc::vec::Vec;

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
    fn no_sequence_hands_an_address_out_twice() {
        let mut random = Random::new(7);
        let mut pool = pool(27);
        let mut held: Vec<Ipv4Addr> = Vec::new();
        for step in 0..20_000 {
            match random.draw() % 3 {
                0 => held.extend(pool.take_any(EniId(step))),
                1 => {
                    let address = Ipv4Addr::new(10, 0, 1, (random.draw() % 34) as u8);
                    if pool.take(address, EniId(step)).is_ok() {
                        held.push(address);
                    }
                }
                _ if held.is_empty() => {}
                _ => pool.release(held.swap_remove((random.draw() % held.len() as u64) as usize)),
            }
            let mut unique = held.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), held.len());
            assert_eq!(pool.free() as usize, 27 - held.len());
        }
    }
}
