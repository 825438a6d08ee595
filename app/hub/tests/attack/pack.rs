//! Packs by somebody else, and what a stolen key still signs.

use crate::common::*;
use crate::reader;
use civmesh_domain::event::Mode;
use civmesh_domain::id::DeviceKey;
use civmesh_domain::text::Text;
use civmesh_domain::unit::{Millis, Place};
use civmesh_pack::{Draft, Endorsement, Layer, Pack, PackError};
use ed25519_dalek::SigningKey;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn device(seed: u8) -> DeviceKey {
    DeviceKey(key(seed).verifying_key().to_bytes())
}

/// A pack of the region that the key with the seed 1 founded and in which it named the key with the seed 2, signed by the one with `seed`.
fn sealed(seed: u8, endorsement: Option<Endorsement>) -> Result<Vec<u8>, PackError> {
    let layer =
        Layer { name: Text::new("a", "a"), licence: String::new(), attribution: String::new(), source: String::new(), date: "2026".into() };
    let draft = Draft {
        name: Text::new("島", "Island"),
        mode: Mode::Real,
        centre: Place::from_degrees(24.0, 121.0).unwrap(),
        built: Millis(now().0),
        version: 1,
        successor: (seed == 1).then(|| device(2)),
        endorsement,
        layers: vec![layer],
        nodes: vec![],
        sops: vec![],
        places: vec![],
        ground: Default::default(),
    };
    draft.seal(&key(seed)).map(|(file, _)| file)
}

/// What a phone that has the founder's pack makes of another.
fn taken(file: Result<Vec<u8>, PackError>) -> String {
    let known = Pack::read(&sealed(1, None).unwrap()).unwrap().manifest;
    let read = file.and_then(|file| Pack::read(&file)).and_then(|pack| pack.manifest.accepts(&known));
    match read {
        Ok(()) => "taken".to_owned(),
        Err(PackError::ForeignAuthority) => "foreign".to_owned(),
        Err(PackError::RegionMismatch) => "mismatch".to_owned(),
        Err(PackError::WrongSignature | PackError::Damaged(_)) => "damaged".to_owned(),
        Err(other) => other.to_string(),
    }
}

/// What is tried.
pub fn attempt(name: &str) -> String {
    match name {
        // Endorsed by the founder once, and not the one whom the founder's pack names.
        "pack-by-another-authority" => taken(sealed(3, Some(Endorsement::sign(&key(1), &device(3))))),
        "pack-with-another-key" => taken(sealed(3, Some(Endorsement::sign(&key(1), &device(2))))),
        "pack-changed" => taken(sealed(1, None).map(|mut file| {
            let middle = file.len() / 2;
            file[middle] ^= 1;
            file
        })),
        "pack-honest" => taken(sealed(2, Some(Endorsement::sign(&key(1), &device(2))))),
        "authority-stolen" => {
            let disowned = Endorsement { disowned: true, ..Endorsement::sign(&key(1), &device(2)) };
            let manifest = Pack::read(&sealed(2, Some(disowned)).unwrap()).unwrap().manifest;
            reader::judged_by(manifest.region, manifest.authorities(), &key(1))
        }
        _ => panic!("nobody tries {name}"),
    }
}
