//! The MD5 of bodies and attributes, which clients hold against what they sent.

use std::collections::BTreeMap;

use md5::{Digest, Md5};

use super::content::{Attribute, Content};

/// Of a body.
pub(super) fn of_body(body: &str) -> String {
    hex(&Md5::digest(body.as_bytes()))
}

/// Of attributes: names, types and values in the order of names, each with its length; none where
/// there are none.
pub(super) fn of_attributes(attributes: &BTreeMap<String, Attribute>) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let mut digest = Md5::new();
    let part = |digest: &mut Md5, bytes: &[u8]| {
        digest.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        digest.update(bytes);
    };
    for (name, attribute) in attributes {
        part(&mut digest, name.as_bytes());
        part(&mut digest, attribute.kind.as_bytes());
        digest.update([if attribute.is_binary() { 2 } else { 1 }]);
        part(&mut digest, &attribute.bytes());
    }
    Some(hex(&digest.finalize()))
}

/// The MD5s of a message that is sent.
pub(crate) struct Digests {
    pub(crate) body: String,
    pub(crate) attributes: Option<String>,
    pub(crate) system: Option<String>,
}

impl Digests {
    pub(crate) fn of(content: &Content) -> Digests {
        let header = content.trace.clone().map(|value| {
            let attribute = Attribute { kind: "String".to_owned(), value };
            BTreeMap::from([("AWSTraceHeader".to_owned(), attribute)])
        });
        Digests {
            body: of_body(&content.body),
            attributes: of_attributes(&content.attributes),
            system: header.and_then(|header| of_attributes(&header)),
        }
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_that_aws_documents() {
        assert_eq!(of_body("This is a test message"), "fafb00f5732ab283681e124bf8747ed1");
        let attribute = Attribute { kind: "String".into(), value: "test_attr_value".into() };
        let attributes = BTreeMap::from([("test_attr_name".to_owned(), attribute)]);
        let digest = of_attributes(&attributes).expect("one");
        // 0000000e test_attr_name, 00000006 String, 01, 0000000f test_attr_value.
        let mut spelled = b"\0\0\0\x0etest_attr_name\0\0\0\x06String\x01\0\0\0\x0f".to_vec();
        spelled.extend(b"test_attr_value");
        assert_eq!(digest, hex(&Md5::digest(spelled)));
        assert_eq!(of_attributes(&BTreeMap::new()), None);
    }
}
