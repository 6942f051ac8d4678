//! Chunks: the entries of all slots of a wheel, in one allocation.

use alloc::vec::Vec;

/// Entries of a chunk.
pub(super) const CHUNK: usize = 16;

/// A number of entries, as a list of chunks of which only the last may have room.
#[derive(Debug, Clone, Default)]
pub(super) struct Slot {
    pub(super) length: u32,
    /// The first and the last chunk, if there is any entry.
    pub(super) first: u32,
    last: u32,
}

/// The entries of all slots, in chunks: one that is emptied is filled next, while it is near the
/// processor.
#[derive(Debug, Clone)]
pub(super) struct Chunks<E> {
    entries: Vec<E>,
    /// The chunk after each.
    after: Vec<u32>,
    free: Vec<u32>,
}

impl<E> Default for Chunks<E> {
    fn default() -> Self {
        Chunks { entries: Vec::new(), after: Vec::new(), free: Vec::new() }
    }
}

impl<E: Copy> Chunks<E> {
    #[inline]
    pub(super) fn push(&mut self, slot: &mut Slot, entry: E) {
        let within = slot.length as usize % CHUNK;
        if within == 0 {
            self.lengthen(slot, entry);
        }
        self.entries[slot.last as usize * CHUNK + within] = entry;
        slot.length += 1;
    }

    /// Gives a slot another chunk.
    #[inline(never)]
    fn lengthen(&mut self, slot: &mut Slot, filling: E) {
        let chunk = self.free.pop().unwrap_or_else(|| {
            self.entries.resize(self.entries.len() + CHUNK, filling);
            self.after.push(0);
            self.after.len() as u32 - 1
        });
        match slot.length {
            0 => slot.first = chunk,
            _ => self.after[slot.last as usize] = chunk,
        }
        slot.last = chunk;
    }

    /// The first entry of a slot that has any.
    pub(super) fn first(&self, slot: &Slot) -> &E {
        &self.entries[slot.first as usize * CHUNK]
    }

    /// The entries of a slot's first chunk.
    fn few(&self, slot: &Slot) -> &[E] {
        let begin = slot.first as usize * CHUNK;
        &self.entries[begin..begin + CHUNK.min(slot.length as usize)]
    }

    /// Shows the entries of a slot, a few at a time.
    pub(super) fn each(&self, slot: &Slot, mut with: impl FnMut(&[E])) {
        let mut rest = slot.clone();
        while rest.length > 0 {
            let few = self.few(&rest);
            with(few);
            rest.length -= few.len() as u32;
            rest.first = self.after[rest.first as usize];
        }
    }

    /// Takes the entries of a slot, a few at a time.
    pub(super) fn drain(&mut self, mut slot: Slot, mut with: impl FnMut(&[E])) {
        while slot.length > 0 {
            let few = self.few(&slot);
            with(few);
            slot.length -= few.len() as u32;
            self.free.push(slot.first);
            slot.first = self.after[slot.first as usize];
        }
    }

    /// Takes the first few entries of a slot that has any.
    pub(super) fn take_few(&mut self, slot: &mut Slot, into: &mut Vec<E>) {
        let few = self.few(slot);
        into.extend_from_slice(few);
        slot.length -= few.len() as u32;
        self.free.push(slot.first);
        slot.first = self.after[slot.first as usize];
    }
}
