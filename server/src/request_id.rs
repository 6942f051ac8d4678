//! Ids of requests, and of what is made as they are.

use std::cell::RefCell;

use engine::id::RequestId;

thread_local! {
    /// Random bytes for the next ids, drawn for many at once.
    static DRAWN: RefCell<Vec<[u8; 16]>> = const { RefCell::new(Vec::new()) };
}

/// A version 4 UUID.
pub(crate) fn request_id() -> String {
    let bytes = DRAWN.with_borrow_mut(|drawn| {
        drawn.pop().unwrap_or_else(|| {
            let mut fresh = [[0; 16]; 64];
            rustix::rand::getrandom(
                fresh.as_flattened_mut(),
                rustix::rand::GetRandomFlags::empty(),
            )
            .expect("the kernel's generator is seeded long before a server runs");
            let [first, rest @ ..] = fresh;
            drawn.extend(rest);
            first
        })
    });
    let bits = u128::from_be_bytes(bytes);
    let uuid = bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    RequestId(uuid).to_string()
}
