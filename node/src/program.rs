//! The program's own pages: what a start went through is given back, since little of it runs again.
//!
//! A page of a program counts as its memory from when it was first touched, and the kernel maps its
//! neighbours with it. A start touches most of a large program; what serves afterwards is a small part.

use std::ffi::c_void;
use std::io;

use crate::sandbox::sys::check;

/// Gives back the pages of the program and its libraries that are as their files have them. They
/// stay in the kernel's page cache, from where each comes back when it is next touched.
///
/// # Errors
/// When the kernel refuses; the pages stay then.
pub fn give_back() -> io::Result<()> {
    let mut outcome = Ok(());
    // SAFETY: the callback gets this place back, during the call alone.
    // JUSTIFICATION: only the dynamic linker knows which segments are never written to: others that
    // are read-only now hold addresses that it wrote there, and would be lost.
    unsafe { libc::dl_iterate_phdr(Some(of_object), (&raw mut outcome).cast()) };
    outcome
}

/// Gives back the segments of one object that may not be written to.
unsafe extern "C" fn of_object(
    object: *mut libc::dl_phdr_info,
    _size: usize,
    outcome: *mut c_void,
) -> libc::c_int {
    // SAFETY: the linker describes an object that is loaded, and hands on the caller's own place.
    // JUSTIFICATION: that is how it tells.
    let (segments, base, outcome) = unsafe {
        let object = &*object;
        let segments = std::slice::from_raw_parts(object.dlpi_phdr, object.dlpi_phnum.into());
        (segments, object.dlpi_addr as usize, &mut *outcome.cast::<io::Result<()>>())
    };
    for segment in segments {
        if segment.p_type == libc::PT_LOAD && segment.p_flags & libc::PF_W == 0 {
            let begin = base + segment.p_vaddr as usize;
            if let Err(error) = give_back_pages(begin, begin + segment.p_memsz as usize) {
                *outcome = Err(error);
            }
        }
    }
    0
}

/// Gives back the pages that lie wholly in this range of a segment that is never written to.
fn give_back_pages(begin: usize, end: usize) -> io::Result<()> {
    // SAFETY: an integer.
    // JUSTIFICATION: std does not tell the size of a page.
    let page = check(unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as i32)? as usize;
    let (begin, end) = (begin.next_multiple_of(page), end / page * page);
    if begin >= end {
        return Ok(());
    }
    // SAFETY: what is private to this process there is nothing but the mapping of a file: a page
    // that is touched after this has the same bytes as before.
    // JUSTIFICATION: std has no madvise.
    let advised = unsafe { libc::madvise(begin as *mut c_void, end - begin, libc::MADV_DONTNEED) };
    check(advised).map(drop)
}
