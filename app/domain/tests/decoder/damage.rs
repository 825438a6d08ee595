//! Good inputs, damaged: bits, lengths, pieces moved, and for JSON also fields that are missing, swapped or of another kind.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::Union;
use serde_json::Value;

/// Numbers that stand for a length where they are put: the largest of 32 and 64 bits as varints, as they are, and one past a limit.
const HUGE: [&[u8]; 6] = [
    &[0xff, 0xff, 0xff, 0xff, 0x0f],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    &[0xff, 0xff, 0xff, 0xff],
    &[0x80, 0x80, 0x04],
    &[0xff, 0xff, 0x03],
    &[0x81, 0x00],
];

#[derive(Clone, Debug)]
enum Change {
    Flip(Index, u8),
    Set(Index, u8),
    Truncate(Index),
    Extend(Vec<u8>),
    Insert(Index, Vec<u8>),
    Cut(Index, u8),
    Repeat(Index, u8, u8),
    Splice(Index, Index, Vec<u8>),
}

impl Change {
    fn apply(self, bytes: &mut Vec<u8>) {
        let length = bytes.len();
        let stretch = |at: Index, long: u8| at.index(length + 1)..(at.index(length + 1) + usize::from(long)).min(length);
        match self {
            Self::Flip(at, bit) if length > 0 => bytes[at.index(length)] ^= 1 << (bit % 8),
            Self::Set(at, byte) if length > 0 => bytes[at.index(length)] = byte,
            Self::Flip(..) | Self::Set(..) => {}
            Self::Truncate(at) => bytes.truncate(at.index(length + 1)),
            Self::Extend(more) => bytes.extend(more),
            Self::Insert(at, more) => drop(bytes.splice(at.index(length + 1)..at.index(length + 1), more)),
            Self::Cut(at, long) => drop(bytes.drain(stretch(at, long))),
            Self::Repeat(at, long, times) => {
                let piece = bytes[stretch(at, long)].repeat(usize::from(times % 64));
                bytes.splice(at.index(length + 1)..at.index(length + 1), piece);
            }
            Self::Splice(at, from, other) => {
                let tail = other[from.index(other.len() + 1)..].to_vec();
                bytes.truncate(at.index(length + 1));
                bytes.extend(tail);
            }
        }
    }
}

fn change(valid: Vec<Vec<u8>>) -> impl Strategy<Value = Change> {
    let at = || any::<Index>();
    let few = || vec(any::<u8>(), 0..24);
    prop_oneof![
        4 => (at(), any::<u8>()).prop_map(|(at, bit)| Change::Flip(at, bit)),
        4 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => at().prop_map(Change::Truncate),
        2 => few().prop_map(Change::Extend),
        2 => (at(), few()).prop_map(|(at, more)| Change::Insert(at, more)),
        3 => (at(), select(&HUGE[..])).prop_map(|(at, huge)| Change::Insert(at, huge.to_vec())),
        2 => (at(), any::<u8>()).prop_map(|(at, long)| Change::Cut(at, long)),
        1 => (at(), any::<u8>(), any::<u8>()).prop_map(|(at, long, times)| Change::Repeat(at, long, times)),
        2 => (at(), at(), select(valid)).prop_map(|(at, from, other)| Change::Splice(at, from, other)),
    ]
}

/// Any bytes, and good inputs with a few changes: to their bytes and, where they are JSON, to their fields.
pub fn inputs(valid: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let changed = (select(valid.clone()), vec(change(valid.clone()), 0..4)).prop_map(|(mut bytes, changes)| {
        changes.into_iter().for_each(|change| change.apply(&mut bytes));
        bytes
    });
    let mut kinds = vec![(1, vec(any::<u8>(), 0..400).boxed()), (6, changed.boxed())];
    let documents: Vec<Value> = valid.iter().filter_map(|bytes| serde_json::from_slice(bytes).ok()).filter(Value::is_object).collect();
    if !documents.is_empty() {
        let refitted = (select(documents), vec(refit(), 1..4)).prop_map(|(mut document, changes)| {
            changes.into_iter().for_each(|change| change.apply(&mut document));
            document.to_string().into_bytes()
        });
        kinds.push((6, refitted.boxed()));
    }
    Union::new_weighted(kinds)
}

/// A change to one place of a document.
#[derive(Clone, Debug)]
enum Refit {
    Put(Index, Value),
    Remove(Index),
    Swap(Index, Index),
    Add(Index, String, Value),
    Nest(Index, u8),
}

fn refit() -> impl Strategy<Value = Refit> {
    let value = || {
        let numbers = [i64::MIN, -1, 0, 1, 255, 256, u32::MAX.into(), i64::MAX];
        prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            select(numbers.to_vec()).prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "\\PC{0,40}".prop_map(Value::from),
            "[A-Za-z0-9_-]{0,90}".prop_map(Value::from),
            vec(Just(Value::Null), 0..3).prop_map(Value::from),
            Just(Value::Object(Default::default())),
        ]
    };
    let at = || any::<Index>();
    prop_oneof![
        4 => (at(), value()).prop_map(|(at, value)| Refit::Put(at, value)),
        3 => at().prop_map(Refit::Remove),
        3 => (at(), at()).prop_map(|(one, other)| Refit::Swap(one, other)),
        1 => (at(), "\\PC{0,8}", value()).prop_map(|(at, name, value)| Refit::Add(at, name, value)),
        1 => (at(), any::<u8>()).prop_map(|(at, depth)| Refit::Nest(at, depth)),
    ]
}

impl Refit {
    fn apply(self, document: &mut Value) {
        let mut places = Vec::new();
        list(document, String::new(), &mut places);
        let place = |at: Index| places[at.index(places.len())].clone();
        match self {
            Self::Put(at, value) => put(document, &place(at), value),
            Self::Remove(at) => remove(document, &place(at)),
            Self::Swap(one, other) => {
                let (one, other) = (place(one), place(other));
                let values = (document.pointer(&one).cloned(), document.pointer(&other).cloned());
                if let (Some(first), Some(second)) = values {
                    put(document, &one, second);
                    put(document, &other, first);
                }
            }
            Self::Add(at, name, value) => {
                if let Some(fields) = document.pointer_mut(&place(at)).and_then(Value::as_object_mut) {
                    fields.insert(name, value);
                }
            }
            Self::Nest(at, depth) => {
                let inner = document.pointer(&place(at)).cloned().unwrap_or_default();
                let nested = (0..depth).fold(inner, |value, _| Value::Array(vec![value]));
                put(document, &place(at), nested);
            }
        }
    }
}

/// All places of a document, as JSON pointers.
fn list(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| list(value, format!("{place}/{}", name.replace('~', "~0").replace('/', "~1")), places));
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| list(value, format!("{place}/{at}"), places)),
        _ => {}
    }
    places.push(place);
}

fn put(document: &mut Value, place: &str, value: Value) {
    if let Some(found) = document.pointer_mut(place) {
        *found = value;
    }
}

fn remove(document: &mut Value, place: &str) {
    let Some((parent, name)) = place.rsplit_once('/') else { return };
    match document.pointer_mut(parent) {
        Some(Value::Object(fields)) => drop(fields.remove(name)),
        Some(Value::Array(items)) => drop(name.parse().ok().filter(|&at: &usize| at < items.len()).map(|at| items.remove(at))),
        _ => {}
    }
}
