//! Blocks of an extract, one after the other, each looked at before the library that decodes them takes memory for it: of two bytes it
//! makes two hundred, and some kilobytes can be unpacked to many megabytes.

use flate2::read::ZlibDecoder;
use osmpbf::BlobReader;
use std::io::Read;

/// The longest header of a block, as the format has it.
const LONGEST_HEADER: u64 = 64 * 1024;
/// The longest block, packed or not, as the format has it.
const LONGEST_BLOCK: u64 = 32 * 1024 * 1024 - 1;
/// So many fields any block may have: writers put 8,000 elements into one, which is some 100,000.
const FEW_FIELDS: usize = 250_000;
/// What has more, has at most so many for each byte that it is packed into.
const FIELDS_PER_BYTE: usize = 16;

const ENDS_EARLY: &str = "it ends too early: it was not copied or downloaded whole";
const WRONG: &str = "a block can't be decoded";

/// The blocks of an extract.
pub struct Blocks<R> {
    reader: R,
    /// How many bytes were read.
    pub at: u64,
}

impl<R: Read> Blocks<R> {
    /// Begins.
    pub fn new(reader: R) -> Self {
        Self { reader, at: 0 }
    }

    /// The next block of elements, unpacked, in a file of its own for the library; `None` at the end.
    ///
    /// # Errors
    /// What is no block, or one that would take more memory than any writer's.
    pub fn next(&mut self) -> Result<Option<BlobReader<std::io::Cursor<Vec<u8>>>>, String> {
        loop {
            let prefix = self.read(4)?;
            let Ok(length) = <[u8; 4]>::try_from(prefix.as_slice()).map(u32::from_be_bytes) else {
                return if prefix.is_empty() { Ok(None) } else { Err(ENDS_EARLY.to_owned()) };
            };
            if u64::from(length) >= LONGEST_HEADER {
                return Err(format!("the header of a block has {length} bytes"));
            }
            let header = self.whole(length.into())?;
            let (mut kind, mut length) = (&[][..], 0);
            for field in Fields(&header) {
                match field? {
                    (1, Value::Bytes(bytes)) => kind = bytes,
                    (3, Value::Number(number)) => length = number,
                    _ => {}
                }
            }
            if length > LONGEST_BLOCK {
                return Err(format!("a block has {length} bytes"));
            }
            let packed = self.whole(length)?;
            if kind == b"OSMData" {
                let block = unpacked(&packed)?;
                check(&block, FEW_FIELDS + FIELDS_PER_BYTE * packed.len())?;
                return Ok(Some(BlobReader::new(std::io::Cursor::new(file_of(&block)))));
            }
        }
    }

    fn whole(&mut self, length: u64) -> Result<Vec<u8>, String> {
        let bytes = self.read(length)?;
        if bytes.len() as u64 == length { Ok(bytes) } else { Err(ENDS_EARLY.to_owned()) }
    }

    fn read(&mut self, length: u64) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        self.reader.by_ref().take(length).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        self.at += bytes.len() as u64;
        Ok(bytes)
    }
}

/// The content of a block, as it is or out of zlib.
fn unpacked(packed: &[u8]) -> Result<Vec<u8>, String> {
    let mut content = None;
    for field in Fields(packed) {
        match field? {
            (1, Value::Bytes(bytes)) => content = Some(bytes.to_vec()),
            (3, Value::Bytes(bytes)) => {
                let mut plain = Vec::new();
                let length = ZlibDecoder::new(bytes).take(LONGEST_BLOCK + 1).read_to_end(&mut plain).map_err(|error| error.to_string())?;
                if length as u64 > LONGEST_BLOCK {
                    return Err(format!("a block is unpacked to more than {LONGEST_BLOCK} bytes"));
                }
                content = Some(plain);
            }
            _ => {}
        }
    }
    content.ok_or_else(|| "a block is compressed with something other than zlib".to_owned())
}

/// A file of one block that is not packed.
fn file_of(block: &[u8]) -> Vec<u8> {
    let number = |bytes: &mut Vec<u8>, mut number: usize| {
        while number > 127 {
            bytes.push(number as u8 | 128);
            number >>= 7;
        }
        bytes.push(number as u8);
    };
    let mut length = vec![0x0a];
    number(&mut length, block.len());
    let mut header = b"\x0a\x07OSMData\x18".to_vec();
    number(&mut header, length.len() + block.len());
    [&(header.len() as u32).to_be_bytes(), header.as_slice(), &length, block].concat()
}

/// What a message of a block is: each is decoded into memory of its own, and so is every field of it that is not known.
#[derive(Clone, Copy)]
enum Message {
    Block,
    Strings,
    Group,
    Element,
    Dense,
    Info,
}

impl Message {
    /// The message that a field of this one holds.
    fn inside(self, field: u64) -> Option<Self> {
        Some(match (self, field) {
            (Self::Block, 1) => Self::Strings,
            (Self::Block, 2) => Self::Group,
            (Self::Group, 1 | 3 | 4) => Self::Element,
            (Self::Group, 2) => Self::Dense,
            (Self::Element, 4) | (Self::Dense, 5) => Self::Info,
            _ => return None,
        })
    }
}

/// Refuses a block of too many fields.
fn check(block: &[u8], most: usize) -> Result<(), String> {
    let mut count = 0;
    let mut left = vec![(Message::Block, block)];
    while let Some((message, bytes)) = left.pop() {
        for field in Fields(bytes) {
            count += 1;
            if count > most {
                return Err(format!("a block has more than {most} fields, which no writer would put into so few bytes"));
            }
            let (number, value) = field?;
            if let (Some(inside), Value::Bytes(bytes)) = (message.inside(number), value) {
                left.push((inside, bytes));
            }
        }
    }
    Ok(())
}

/// The value of a field.
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Four or eight bytes, which the format has nowhere.
    Fixed,
}

/// The fields of a message: their numbers and values.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for at in 0..10 {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 127) << (7 * at);
            if *byte < 128 {
                return Some(value);
            }
        }
        None
    }

    fn bytes(&mut self, length: u64) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(bytes)
    }

    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let tag = self.number()?;
        let value = match tag & 7 {
            0 => Value::Number(self.number()?),
            1 => self.bytes(8).map(|_| Value::Fixed)?,
            2 => {
                let length = self.number()?;
                Value::Bytes(self.bytes(length)?)
            }
            5 => self.bytes(4).map(|_| Value::Fixed)?,
            _ => return None,
        };
        Some((tag >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field.ok_or_else(|| WRONG.to_owned()))
    }
}
