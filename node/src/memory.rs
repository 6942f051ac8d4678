//! Memory: large allocations on large pages, and cache lines ahead of their use.
//!
//! Tables of a million environments are looked at in no order. With pages of 4 KiB nearly every
//! look begins with a walk through the page tables; with pages of 2 MiB nearly none does
//! (<https://docs.kernel.org/admin-guide/mm/transhuge.html>).

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr;

/// Asks the processor for the cache line of an address, and does not wait for it.
#[inline]
pub fn fetch(address: *const u8) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch is a hint: of an address that is not mapped it does nothing.
    // JUSTIFICATION: the instruction is an intrinsic that takes a raw pointer.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}

/// Bytes from which an allocation is a mapping of its own.
const LARGE: usize = 4 << 20;
/// Bytes of a large page.
const PAGE: usize = 2 << 20;

/// The system's allocator, but for large allocations.
#[derive(Debug, Clone, Copy, Default)]
pub struct LargePages;

fn is_large(layout: Layout) -> bool {
    layout.size() >= LARGE && layout.align() <= PAGE
}

/// Bytes of the mapping for so many.
fn rounded(size: usize) -> Option<usize> {
    size.checked_next_multiple_of(PAGE)
}

/// Maps zeroed memory that begins at a large page; null when there is none.
fn map(size: usize) -> *mut u8 {
    let Some(whole) = rounded(size).and_then(|size| size.checked_add(PAGE)) else {
        return ptr::null_mut();
    };
    let (protection, flags) =
        (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    // SAFETY: an anonymous mapping at an address that the kernel chooses touches nothing else.
    // JUSTIFICATION: only the system call aligns and advises.
    unsafe {
        let base = libc::mmap(ptr::null_mut(), whole, protection, flags, -1, 0);
        if base == libc::MAP_FAILED {
            return ptr::null_mut();
        }
        let before = (base as usize).next_multiple_of(PAGE) - base as usize;
        let begin = base.byte_add(before);
        let length = whole - PAGE;
        if before > 0 {
            libc::munmap(base, before);
        }
        libc::munmap(begin.byte_add(length), PAGE - before);
        // Advice: where there are no large pages, small ones serve.
        libc::madvise(begin, length, libc::MADV_HUGEPAGE);
        begin.cast()
    }
}

/// Gives back to the kernel what is free of the system's allocator: of a flood of connections, whose
/// buffers lie among what lives longer, it would keep all until the process ends.
pub fn give_back() {
    #[cfg(target_env = "gnu")]
    // SAFETY: what anybody holds is not touched.
    // JUSTIFICATION: only the allocator knows which of its pages are free.
    unsafe {
        libc::malloc_trim(0);
    }
}

// SAFETY: small layouts are the system allocator's in every method, large ones are mappings of
// their own in every method, told apart by the layout alone; mappings are zeroed, at least as long
// and aligned as the layout, and unmapped once.
// JUSTIFICATION: an allocator is unsafe to implement.
//
// Never inlined: memory is had and given back in tens of thousands of places, and in each of them the
// question which layout it is would be a tenth of the binary.
unsafe impl GlobalAlloc for LargePages {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_large(layout) {
            return map(layout.size());
        }
        // SAFETY: the caller's promises are the system allocator's.
        unsafe { System.alloc(layout) }
    }

    #[inline(never)]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if is_large(layout) {
            return map(layout.size());
        }
        // SAFETY: the caller's promises are the system allocator's.
        unsafe { System.alloc_zeroed(layout) }
    }

    #[inline(never)]
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        if is_large(layout) {
            let size = rounded(layout.size()).expect("it was rounded when it was mapped");
            // SAFETY: `map` made exactly this mapping, and the caller gives it up.
            unsafe { libc::munmap(ptr.cast(), size) };
            return;
        }
        // SAFETY: `alloc` had it from the system allocator for the same layout.
        unsafe { System.dealloc(ptr, layout) }
    }

    #[inline(never)]
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller promises that the new size is valid for the alignment.
        let wanted = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        if !is_large(layout) && !is_large(wanted) {
            // SAFETY: the caller's promises are the system allocator's.
            return unsafe { System.realloc(ptr, layout, new_size) };
        }
        if is_large(layout) && is_large(wanted) && rounded(layout.size()) == rounded(new_size) {
            return ptr;
        }
        // SAFETY: both places are valid for the smaller size, and are not the same.
        unsafe {
            let moved = self.alloc(wanted);
            if !moved.is_null() {
                ptr::copy_nonoverlapping(ptr, moved, layout.size().min(new_size));
                self.dealloc(ptr, layout);
            }
            moved
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes of this process that are in memory.
    #[cfg(target_env = "gnu")]
    fn resident() -> usize {
        let told = std::fs::read_to_string("/proc/self/statm").expect("Linux tells");
        let pages: usize = told.split(' ').nth(1).expect("a count").parse().expect("a number");
        pages * 4096
    }

    #[cfg(target_env = "gnu")]
    #[test]
    fn what_is_free_is_given_back_though_something_among_it_lives() {
        let mut blocks: Vec<Option<Vec<u8>>> = (0..8_000).map(|_| Some(vec![7; 8 << 10])).collect();
        let before = resident();
        for (number, block) in blocks.iter_mut().enumerate() {
            if number % 100 != 0 {
                *block = None;
            }
        }
        give_back();
        let given = before.saturating_sub(resident());
        assert!(given > 40 << 20, "{given} bytes of 64 MB");
        assert!(blocks.iter().flatten().all(|block| block.iter().all(|byte| *byte == 7)));
    }

    #[test]
    fn memory_keeps_what_it_holds_as_it_grows_and_shrinks() {
        let layout = |size| Layout::from_size_align(size, 64).expect("a layout");
        let sizes = [100, LARGE - 1, LARGE, LARGE + 1, 3 * LARGE + 5, LARGE + 7, 1000, LARGE];
        // SAFETY: each layout is the one of the call before, and no byte beyond it is touched.
        // JUSTIFICATION: an allocator is unsafe to use.
        unsafe {
            let mut place = LargePages.alloc_zeroed(layout(sizes[0]));
            assert_eq!(*place.add(99), 0);
            *place.add(99) = 7;
            for pair in sizes.windows(2) {
                place = LargePages.realloc(place, layout(pair[0]), pair[1]);
                assert!(!place.is_null() && (place as usize).is_multiple_of(64));
                assert_eq!(*place.add(99), 7);
                *place.add(pair[1] - 1) = 7;
            }
            LargePages.dealloc(place, layout(LARGE));
            let zeroed = LargePages.alloc_zeroed(layout(2 * LARGE));
            assert!((zeroed as usize).is_multiple_of(PAGE));
            assert!((0..2 * LARGE).step_by(4096).all(|at| *zeroed.add(at) == 0));
            LargePages.dealloc(zeroed, layout(2 * LARGE));
        }
    }
}
