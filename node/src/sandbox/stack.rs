//! Memory that cloned processes use while they share the fork server's.

use std::ffi::CString;
use std::io;

use super::child::Image;
use super::protocol::Program;

/// Stacks of a sandbox's two processes.
pub(super) struct Stack(*mut u8);

impl Stack {
    /// Bytes for each of the two.
    pub(super) const SIZE: usize = 64 * 1024;

    pub(super) fn new() -> io::Result<Stack> {
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: a new anonymous mapping.
        // JUSTIFICATION: a cloned process needs a stack that no allocator owns.
        let at =
            unsafe { libc::mmap(std::ptr::null_mut(), 2 * Self::SIZE, protection, flags, -1, 0) };
        if at == libc::MAP_FAILED { Err(io::Error::last_os_error()) } else { Ok(Stack(at.cast())) }
    }

    /// The half of the main process.
    pub(super) fn main(&self) -> *mut u8 {
        self.0
    }

    /// The half of the first process.
    pub(super) fn first(&self) -> *mut u8 {
        // SAFETY: within the mapping.
        // JUSTIFICATION: halves of one mapping.
        unsafe { self.0.add(Self::SIZE) }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours and no process runs on it any more.
        // JUSTIFICATION: see `new`.
        unsafe { libc::munmap(self.0.cast(), 2 * Self::SIZE) };
    }
}

/// An image with the texts that it points to.
pub(super) struct ImageTexts {
    image: Image,
    _texts: Vec<CString>,
    _pointers: Vec<Vec<*const libc::c_char>>,
}

impl ImageTexts {
    pub(super) fn new(program: &Program) -> io::Result<Box<ImageTexts>> {
        let text = |text: &String| CString::new(text.as_str()).map_err(io::Error::other);
        let path = text(&program.path)?;
        let mut texts = vec![];
        let mut pointers = vec![];
        for list in [&program.arguments, &program.variables] {
            let list = list.iter().map(text).collect::<io::Result<Vec<_>>>()?;
            let mut row: Vec<_> = list.iter().map(|text| text.as_ptr()).collect();
            row.push(std::ptr::null());
            texts.extend(list);
            pointers.push(row);
        }
        let image = Image {
            path: path.as_ptr(),
            arguments: pointers[0].as_ptr(),
            variables: pointers[1].as_ptr(),
        };
        texts.push(path);
        Ok(Box::new(ImageTexts { image, _texts: texts, _pointers: pointers }))
    }

    pub(super) fn image(&self) -> &Image {
        &self.image
    }

    pub(super) fn pointer(&self) -> *mut Image {
        (&raw const self.image).cast_mut()
    }
}
