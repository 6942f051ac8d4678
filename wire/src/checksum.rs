//! Checksums of bodies, as S3 and its clients hold them against each other.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// A way to sum a body up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// CRC-32, as Ethernet has it.
    Crc32,
    /// CRC-32C, as iSCSI has it.
    Crc32c,
    /// CRC-64, as NVMe has it.
    Crc64Nvme,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Algorithm; 5] = [
        Algorithm::Crc32,
        Algorithm::Crc32c,
        Algorithm::Crc64Nvme,
        Algorithm::Sha1,
        Algorithm::Sha256,
    ];

    /// Its name, such as `CRC64NVME`.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Crc32 => "CRC32",
            Algorithm::Crc32c => "CRC32C",
            Algorithm::Crc64Nvme => "CRC64NVME",
            Algorithm::Sha1 => "SHA1",
            Algorithm::Sha256 => "SHA256",
        }
    }

    /// The algorithm of a name.
    pub fn named(name: &str) -> Option<Algorithm> {
        Algorithm::ALL.into_iter().find(|each| each.name().eq_ignore_ascii_case(name))
    }

    /// The header or trailer that carries such a checksum.
    pub fn header(self) -> &'static str {
        match self {
            Algorithm::Crc32 => "x-amz-checksum-crc32",
            Algorithm::Crc32c => "x-amz-checksum-crc32c",
            Algorithm::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Algorithm::Sha1 => "x-amz-checksum-sha1",
            Algorithm::Sha256 => "x-amz-checksum-sha256",
        }
    }

    /// The algorithm whose checksums a header or trailer of this name carries.
    pub fn of_header(name: &str) -> Option<Algorithm> {
        Algorithm::ALL.into_iter().find(|each| each.header().eq_ignore_ascii_case(name))
    }

    /// Whether the checksum of a whole follows from those of its parts.
    pub fn is_crc(self) -> bool {
        self.crc().is_some()
    }

    fn crc(self) -> Option<&'static Crc> {
        match self {
            Algorithm::Crc32 => Some(&CRC32),
            Algorithm::Crc32c => Some(&CRC32C),
            Algorithm::Crc64Nvme => Some(&CRC64NVME),
            Algorithm::Sha1 | Algorithm::Sha256 => None,
        }
    }

    /// The checksum of one text of bytes behind another, of those of the two and the length of the
    /// second, all in base64; none where it does not follow from them.
    pub fn combined(self, first: &str, second: &str, length: u64) -> Option<String> {
        let crc = self.crc()?;
        let value = |text: &str| {
            let bytes = STANDARD.decode(text).ok().filter(|it| it.len() == crc.bytes)?;
            Some(bytes.iter().fold(0, |value: u64, byte| value << 8 | u64::from(*byte)))
        };
        let shifted = crc.shifted(value(first)?, length);
        Some(crc.spelled(shifted ^ value(second)?))
    }
}

/// A checksum that is being made.
#[derive(Clone)]
pub struct Checksum(State);

impl std::fmt::Debug for Checksum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checksum").finish_non_exhaustive()
    }
}

#[derive(Clone)]
enum State {
    Crc(&'static Crc, u64),
    Sha1(sha1_smol::Sha1),
    Sha256(Sha256),
}

impl Checksum {
    /// Of nothing yet.
    pub fn new(algorithm: Algorithm) -> Checksum {
        Checksum(match (algorithm, algorithm.crc()) {
            (_, Some(crc)) => State::Crc(crc, crc.mask()),
            (Algorithm::Sha1, _) => State::Sha1(sha1_smol::Sha1::new()),
            _ => State::Sha256(Sha256::new()),
        })
    }

    /// Of these bytes, in base64.
    pub fn of(algorithm: Algorithm, bytes: &[u8]) -> String {
        let mut checksum = Checksum::new(algorithm);
        checksum.update(bytes);
        checksum.finish()
    }

    /// Takes further bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            State::Crc(crc, value) => *value = crc.updated(*value, bytes),
            State::Sha1(sha1) => sha1.update(bytes),
            State::Sha256(sha256) => sha256.update(bytes),
        }
    }

    /// In base64, as headers have it.
    pub fn finish(self) -> String {
        match self.0 {
            State::Crc(crc, value) => crc.spelled(value ^ crc.mask()),
            State::Sha1(sha1) => STANDARD.encode(sha1.digest().bytes()),
            State::Sha256(sha256) => STANDARD.encode(sha256.finalize()),
        }
    }
}

/// The CRC-32 of these bytes, as a number.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    // Its register has 32 bits.
    (CRC32.updated(CRC32.mask(), bytes) ^ CRC32.mask()) as u32
}

/// A reflected CRC of up to 64 bits, whose register begins and ends inverted.
#[derive(Debug)]
struct Crc {
    polynomial: u64,
    bytes: usize,
    /// For each of the eight bytes that are taken in at a time.
    tables: [[u64; 256]; 8],
}

static CRC32: Crc = Crc::new(0xedb8_8320, 4);
static CRC32C: Crc = Crc::new(0x82f6_3b78, 4);
static CRC64NVME: Crc = Crc::new(0x9a6c_9329_ac4b_c9b5, 8);

impl Crc {
    const fn new(polynomial: u64, bytes: usize) -> Crc {
        let mut tables = [[0; 256]; 8];
        let mut byte = 0;
        while byte < 256 {
            let mut value = byte as u64;
            let mut bit = 0;
            while bit < 8 {
                value = value >> 1 ^ if value & 1 == 1 { polynomial } else { 0 };
                bit += 1;
            }
            tables[0][byte] = value;
            byte += 1;
        }
        let mut table = 1;
        while table < 8 {
            let mut byte = 0;
            while byte < 256 {
                let before = tables[table - 1][byte];
                tables[table][byte] = before >> 8 ^ tables[0][(before & 0xff) as usize];
                byte += 1;
            }
            table += 1;
        }
        Crc { polynomial, bytes, tables }
    }

    fn mask(&self) -> u64 {
        u64::MAX >> (64 - 8 * self.bytes)
    }

    fn updated(&self, value: u64, bytes: &[u8]) -> u64 {
        let (eights, rest) = bytes.as_chunks::<8>();
        let value = eights.iter().fold(value, |value, eight| {
            let mixed = (value ^ u64::from_le_bytes(*eight)).to_le_bytes();
            let of = |(at, byte): (usize, &u8)| self.tables[7 - at][usize::from(*byte)];
            mixed.iter().enumerate().map(of).fold(0, |sum, each| sum ^ each)
        });
        rest.iter().fold(value, |value, byte| {
            value >> 8 ^ self.tables[0][usize::from(value.to_le_bytes()[0] ^ byte)]
        })
    }

    fn spelled(&self, value: u64) -> String {
        STANDARD.encode(&value.to_be_bytes()[8 - self.bytes..])
    }

    /// What becomes of a checksum by so many bytes of zeros behind what it is of.
    fn shifted(&self, value: u64, length: u64) -> u64 {
        // x⁸, then its squares, each for a bit of the length.
        let mut power = 1 << (8 * self.bytes - 1 - 8);
        let mut value = value;
        let mut left = length;
        while left > 0 {
            if left & 1 == 1 {
                value = self.product(value, power);
            }
            power = self.product(power, power);
            left >>= 1;
        }
        value
    }

    /// The product of two polynomials, whose highest bits are those of the lowest powers.
    fn product(&self, mut a: u64, b: u64) -> u64 {
        let mut sum = 0;
        for power in (0..8 * self.bytes).rev() {
            if b >> power & 1 == 1 {
                sum ^= a;
            }
            a = a >> 1 ^ if a & 1 == 1 { self.polynomial } else { 0 };
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_the_published_ones() {
        for (algorithm, sum) in [
            (Algorithm::Crc32, "y/Q5Jg=="),
            (Algorithm::Crc32c, "4waSgw=="),
            (Algorithm::Crc64Nvme, "rosUhgp5mIg="),
            (Algorithm::Sha1, "98O8HYCOBHMq32eZZczDTKeuNEE="),
            (Algorithm::Sha256, "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
        ] {
            assert_eq!(Checksum::of(algorithm, b"123456789"), sum, "{algorithm:?}");
        }
    }

    #[test]
    fn the_checksum_of_a_whole_follows_from_those_of_its_parts() {
        let bytes: Vec<u8> = (0..100_003_u32).map(|at| (at * 7 + at / 251) as u8).collect();
        for algorithm in Algorithm::ALL.into_iter().filter(|each| each.is_crc()) {
            for at in [0, 1, 8, 4_097, 100_003] {
                let (first, second) = bytes.split_at(at);
                let sums = [first, second].map(|part| Checksum::of(algorithm, part));
                let combined = algorithm.combined(&sums[0], &sums[1], second.len() as u64);
                assert_eq!(combined, Some(Checksum::of(algorithm, &bytes)), "{algorithm:?} {at}");
            }
        }
        assert_eq!(Algorithm::Sha256.combined("", "", 1), None);
    }
}
