//! How Kafka's protocol spells numbers, texts and lists, in the versions before it became flexible.

use super::error::KafkaError;

/// A request that is being written.
#[derive(Debug, Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn i8(&mut self, value: i8) {
        self.0.extend(value.to_be_bytes());
    }

    pub(super) fn i16(&mut self, value: i16) {
        self.0.extend(value.to_be_bytes());
    }

    pub(super) fn i32(&mut self, value: i32) {
        self.0.extend(value.to_be_bytes());
    }

    pub(super) fn i64(&mut self, value: i64) {
        self.0.extend(value.to_be_bytes());
    }

    /// A text; what is longer than one may be is cut, and then refused by whoever reads it.
    pub(super) fn text(&mut self, text: &str) {
        let length = text.len().min(i16::MAX as usize);
        self.i16(length as i16);
        self.0.extend(&text.as_bytes()[..length]);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.0.extend(bytes);
    }

    /// The length of a list that follows.
    pub(super) fn length(&mut self, length: usize) {
        self.i32(i32::try_from(length).unwrap_or(i32::MAX));
    }
}

/// An answer that is being read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], KafkaError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(KafkaError::Answer)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], KafkaError> {
        self.take(N).map(|taken| taken.try_into().expect("so many were taken"))
    }

    pub(super) fn i8(&mut self) -> Result<i8, KafkaError> {
        self.array().map(i8::from_be_bytes)
    }

    pub(super) fn i16(&mut self) -> Result<i16, KafkaError> {
        self.array().map(i16::from_be_bytes)
    }

    pub(super) fn i32(&mut self) -> Result<i32, KafkaError> {
        self.array().map(i32::from_be_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, KafkaError> {
        self.array().map(u32::from_be_bytes)
    }

    pub(super) fn i64(&mut self) -> Result<i64, KafkaError> {
        self.array().map(i64::from_be_bytes)
    }

    /// A text; an absent one is empty.
    pub(super) fn text(&mut self) -> Result<String, KafkaError> {
        let length = usize::try_from(self.i16()?).unwrap_or(0);
        let text = std::str::from_utf8(self.take(length)?).map_err(|_| KafkaError::Answer)?;
        Ok(text.to_owned())
    }

    /// Bytes; absent ones are none.
    pub(super) fn bytes(&mut self) -> Result<&'a [u8], KafkaError> {
        let length = usize::try_from(self.i32()?).unwrap_or(0);
        self.take(length)
    }

    /// A list, each member of which is read by a function; an absent one is empty.
    pub(super) fn list<T>(
        &mut self,
        mut member: impl FnMut(&mut Reader<'a>) -> Result<T, KafkaError>,
    ) -> Result<Vec<T>, KafkaError> {
        let length = usize::try_from(self.i32()?).unwrap_or(0);
        // Each member takes a byte at least: no answer makes room for more than it brings.
        let mut members = Vec::with_capacity(length.min(self.0.len()).min(1024));
        for _ in 0..length {
            members.push(member(self)?);
        }
        Ok(members)
    }

    /// A number of which small ones take few bytes.
    pub(super) fn varlong(&mut self) -> Result<i64, KafkaError> {
        let mut raw = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.array::<1>()?[0];
            raw |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok((raw >> 1) as i64 ^ -((raw & 1) as i64));
            }
        }
        Err(KafkaError::Answer)
    }

    pub(super) fn varint(&mut self) -> Result<i32, KafkaError> {
        i32::try_from(self.varlong()?).map_err(|_| KafkaError::Answer)
    }

    /// Bytes whose length is such a number; none where it is negative.
    pub(super) fn varbytes(&mut self) -> Result<Option<&'a [u8]>, KafkaError> {
        match usize::try_from(self.varint()?) {
            Ok(length) => self.take(length).map(Some),
            Err(_) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_length_are_read() {
        let read = |bytes: &[u8]| Reader(bytes).varlong().ok();
        assert_eq!((read(&[0]), read(&[1]), read(&[2])), (Some(0), Some(-1), Some(1)));
        assert_eq!(read(&[0xac, 0x02]), Some(150));
        let mut least = [0xff; 10];
        least[9] = 1;
        assert_eq!(read(&least), Some(i64::MIN));
        assert_eq!((read(&[0x80]), read(&[0x80; 11])), (None, None));
    }

    #[test]
    fn what_is_cut_short_is_no_answer() {
        let mut writer = Writer::default();
        writer.text("topic");
        writer.bytes(b"data");
        for end in 0..writer.0.len() {
            let mut reader = Reader(&writer.0[..end]);
            let read = reader.text().and_then(|_| reader.bytes().map(drop));
            assert!(matches!(read, Err(KafkaError::Answer)), "{end}");
        }
        let mut reader = Reader(&writer.0);
        assert_eq!(reader.text().ok().as_deref(), Some("topic"));
        assert_eq!(reader.bytes().ok(), Some(&b"data"[..]));
    }
}
