//! How checksums stand in inputs and outputs: each algorithm has a member of its own.

/// Tells a checksum of some algorithm, by its name, in an output.
macro_rules! tell_sum {
    ($output:expr, $algorithm:expr, $value:expr) => {
        match $algorithm {
            "CRC32" => $output.checksum_crc32 = Some($value.to_owned()),
            "CRC32C" => $output.checksum_crc32_c = Some($value.to_owned()),
            "CRC64NVME" => $output.checksum_crc64_nvme = Some($value.to_owned()),
            "SHA1" => $output.checksum_sha1 = Some($value.to_owned()),
            "SHA256" => $output.checksum_sha256 = Some($value.to_owned()),
            _ => {}
        }
    };
}
pub(super) use tell_sum;
