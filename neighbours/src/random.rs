//! Bytes that nobody can foresee, and ids made of them.

/// Bytes that nobody can foresee.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty())
        .expect("the kernel's generator is seeded long before a server runs");
    bytes
}

/// A version 4 UUID's bits.
pub(crate) fn uuid() -> u128 {
    u128::from_be_bytes(random()) & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62
}

/// A UUID as it is written.
pub(crate) fn spelled(uuid: u128) -> String {
    let hex = format!("{uuid:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
