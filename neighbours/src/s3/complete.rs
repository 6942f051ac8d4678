//! What an object is that was uploaded in parts: its entity tag and its checksum follow from theirs.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use wire::ApiError;
use wire::checksum::{Algorithm, Checksum};
use wire::s3::error;
use wire::s3::input::CompletedPart;

use super::refusal::malformed_xml;
use super::upload::{Part, Upload};
use super::version::Sum;

/// Bytes that every part but the last has at least.
const SMALLEST: u64 = 5 << 20;

/// The parts that an upload is completed with.
///
/// # Errors
/// As S3 says it.
pub(super) fn choose(
    listed: &[CompletedPart],
    mut there: BTreeMap<i32, Part>,
) -> Result<Vec<Part>, ApiError> {
    if listed.is_empty() {
        return Err(malformed_xml());
    }
    let numbers: Vec<i32> = listed.iter().filter_map(|part| part.part_number).collect();
    if numbers.len() != listed.len() {
        return Err(malformed_xml());
    }
    if !numbers.windows(2).all(|two| two[0] < two[1]) {
        let message = "The list of parts was not in ascending order. Parts must be ordered by part \
                       number.";
        return Err(error("InvalidPartOrder", message));
    }
    let mut chosen = Vec::new();
    for (number, given) in numbers.iter().zip(listed) {
        let etag = given.e_tag.as_deref().unwrap_or_default().trim_matches('"');
        let found = there.remove(number).filter(|part| part.md5 == etag && agrees(given, part));
        chosen.push(found.ok_or_else(|| {
            let message = "One or more of the specified parts could not be found.  The part may not \
                           have been uploaded, or the specified entity tag may not match the part's \
                           entity tag.";
            error("InvalidPart", message)
                .with("PartNumber", number.to_string())
                .with("ETag", etag)
        })?);
    }
    let all_but_last = chosen.split_last().map_or(&[][..], |(_, rest)| rest);
    if let Some(small) = all_but_last.iter().find(|part| part.size < SMALLEST) {
        let message = "Your proposed upload is smaller than the minimum allowed size";
        return Err(error("EntityTooSmall", message)
            .with("ETag", small.md5.as_str())
            .with("MinSizeAllowed", SMALLEST.to_string())
            .with("ProposedSize", small.size.to_string())
            .with("PartNumber", small.number.to_string()));
    }
    Ok(chosen)
}

/// Whether the checksums that a request gives of a part are its own, as far as they are known.
fn agrees(given: &CompletedPart, part: &Part) -> bool {
    let CompletedPart {
        checksum_crc32,
        checksum_crc32_c,
        checksum_crc64_nvme,
        checksum_sha1,
        checksum_sha256,
        ..
    } = given;
    let all =
        [checksum_crc32, checksum_crc32_c, checksum_crc64_nvme, checksum_sha1, checksum_sha256];
    Algorithm::ALL.iter().zip(all).all(|(algorithm, given)| {
        let known = part.checksums.get(algorithm.name());
        given.as_ref().is_none_or(|given| known.is_none_or(|known| known == given))
    })
}

/// The entity tag of all parts together.
pub(super) fn etag(parts: &[Part]) -> String {
    let mut md5 = Md5::new();
    for part in parts {
        let digits = part.md5.as_bytes().chunks(2);
        let bytes: Vec<u8> = digits
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        md5.update(bytes);
    }
    let digits: String = md5.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{digits}-{}", parts.len())
}

/// The checksum of all parts together; none where the parts have none in common.
///
/// # Errors
/// When a part lacks the one that the upload is to have.
pub(super) fn sum(upload: &Upload, parts: &[Part]) -> Result<Option<Sum>, ApiError> {
    let algorithm = upload.algorithm.unwrap_or(Algorithm::Crc64Nvme);
    let mut each = Vec::new();
    for part in parts {
        match part.checksums.get(algorithm.name()) {
            Some(value) => each.push((value.as_str(), part.size)),
            None if upload.algorithm.is_none() => return Ok(None),
            None => {
                let message = format!(
                    "The upload was created using a {} checksum. The complete request must include \
                     the checksum for each part. It was missing for part {} in the request.",
                    algorithm.name().to_ascii_lowercase(),
                    part.number
                );
                return Err(error("InvalidRequest", message));
            }
        }
    }
    let is_whole = upload.algorithm.is_none() || upload.kind.as_deref() == Some("FULL_OBJECT");
    let value = if is_whole {
        let mut rest = each.iter();
        let Some((first, _)) = rest.next() else { return Ok(None) };
        let combined = rest.try_fold((*first).to_owned(), |whole, (part, size)| {
            algorithm.combined(&whole, part, *size)
        });
        let Some(combined) = combined else { return Ok(None) };
        combined
    } else {
        let bytes: Vec<u8> =
            each.iter().filter_map(|(value, _)| STANDARD.decode(value).ok()).flatten().collect();
        format!("{}-{}", Checksum::of(algorithm, &bytes), parts.len())
    };
    let kind = if is_whole { "FULL_OBJECT" } else { "COMPOSITE" };
    Ok(Some(Sum { algorithm: algorithm.name().to_owned(), value, kind: kind.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(number: i32, size: u64, md5: &str) -> Part {
        let (blob, checksums) = (String::new(), BTreeMap::new());
        Part { number, blob, size, md5: md5.to_owned(), modified: 0, checksums }
    }

    fn given(number: i32, etag: &str) -> CompletedPart {
        let (part_number, e_tag) = (Some(number), Some(format!("\"{etag}\"")));
        CompletedPart { part_number, e_tag, ..CompletedPart::default() }
    }

    #[test]
    fn parts_are_those_that_were_uploaded_in_their_order() {
        let there = || [part(1, SMALLEST, "aa"), part(2, 1, "bb"), part(3, 1, "cc")];
        let chosen = |listed: &[CompletedPart]| {
            choose(listed, there().into_iter().map(|part| (part.number, part)).collect())
        };
        let numbers = |parts: Vec<Part>| parts.iter().map(|part| part.number).collect::<Vec<_>>();
        let good = chosen(&[given(1, "aa"), given(2, "bb")]).expect("good");
        assert_eq!(numbers(good), [1, 2]);
        for (bad, code) in [
            (&[][..], "MalformedXML"),
            (&[given(2, "bb"), given(1, "aa")][..], "InvalidPartOrder"),
            (&[given(1, "bb")][..], "InvalidPart"),
            (&[given(4, "dd")][..], "InvalidPart"),
            (&[given(2, "bb"), given(3, "cc")][..], "EntityTooSmall"),
        ] {
            assert_eq!(chosen(bad).expect_err(code).code, code);
        }
    }
}
