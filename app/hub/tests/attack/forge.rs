//! Documents that no honest phone makes.

use crate::common::phone::{device, seat_key, sign};
use crate::common::*;
use civmesh_domain::clock::Clock;
use civmesh_domain::event::{Core, Event, Mode};
use civmesh_domain::id::RegionId;
use civmesh_domain::text::{from_base64url, to_base64url};
use civmesh_domain::unit::Millis;
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

/// Where the sequence stands in a core that is for real and of no activation.
const SEQUENCE: usize = 16 + 1 + 1 + 32;

/// The forgery with this name, as `who` brings it.
pub fn forged(name: &str, who: &str) -> Value {
    match signed(name) {
        Some(event) => delivery_of(&event, who),
        None => unsigned(name, who),
    }
}

/// What passes the hub and is left to readers: `who` wrote what, and with whose key it is signed.
fn signed(name: &str) -> Option<Event> {
    let by = |account: &str, kind: &str, node: &str| Core { author: device(&seat_key(account)), ..core(kind, node, number(name)) };
    let drill = Mode::Drill("ABCDEFGH".parse().unwrap());
    let signature_of = |core: &Core| *sign(core, &seat_key("man")).signature();
    let event = |core: &Core, signature| Event::from_parts(core.to_bytes().unwrap(), signature).unwrap();
    let stranger = SigningKey::from_bytes(&[99; 32]);
    Some(match name {
        "author" => sign(&by("man", "report", "s001"), &seat_key("vol")),
        "stranger" => sign(&Core { author: device(&stranger), ..by("vol", "report", "s001") }, &stranger),
        "spoilt-copy" => {
            let core = by("man", "report", "s001");
            let mut signature = signature_of(&core);
            signature[0] ^= 1;
            event(&core, signature)
        }
        "beyond-role" => sign(&by("vol", "node_status", "s001"), &seat_key("vol")),
        "area-beyond-role" => sign(&by("man", "area_declared", "s001"), &seat_key("man")),
        "withdrawal-beyond-role" => sign(&by("vol", "area_withdrawn", "s001"), &seat_key("vol")),
        "checked-beyond-role" => sign(&by("vol", "place_checked", "s001"), &seat_key("vol")),
        "checked-beyond-node" => sign(&by("man", "place_checked", "c001"), &seat_key("man")),
        "beyond-node" => sign(&by("man", "node_status", "c001"), &seat_key("man")),
        "before-credential" => {
            let core = by("vol", "report", "s001");
            sign(&Core { clock: Clock::new(Millis(core.clock.millis().0 - 400 * Millis::DAY), 0), ..core }, &seat_key("vol"))
        }
        "drill" => sign(&Core { mode: drill, ..by("man", "node_status", "s001") }, &seat_key("man")),
        "real-of-drill" => {
            let real = by("man", "report", "s001");
            event(&real, signature_of(&Core { mode: drill, ..real.clone() }))
        }
        _ => return None,
    })
}

/// So that every forgery is a record of its own.
fn number(name: &str) -> u32 {
    100 + name.bytes().map(u32::from).sum::<u32>()
}

fn unsigned(name: &str, who: &str) -> Value {
    let honest = event(who, "report", "s001", 1);
    let bytes = from_base64url(honest["core"].as_str().unwrap()).unwrap();
    let last = bytes.len() - 1;
    // The same fields beside another core; its hash is not the identifier's, which no hub can know.
    let with_core = |core: &[u8]| with(honest.clone(), json!({ "core": to_base64url(core) }));
    let at_sequence = |instead: &[u8]| with_core(&[&bytes[..SEQUENCE], instead, &bytes[SEQUENCE + 1..]].concat());
    let at_end = |instead: &[u8]| with_core(&[&bytes[..last], instead].concat());
    let stray = |text: &Value| {
        let text = text.as_str().unwrap();
        format!("{}1", &text[..text.len() - 1])
    };
    match name {
        "padded" => at_sequence(&[0x81, 0x00]),
        "too-many-bits" => at_sequence(&[&[0x81], [0x80; 8].as_slice(), &[0x7e]].concat()),
        "trailing" => at_end(&[0, 0]),
        "cut" => at_end(&[]),
        "long-count" => at_end(&[5]),
        "longer-count" => at_end(&[0x80, 0x80, 0x04]),
        "third-mode" => {
            let mut core = bytes.clone();
            core[16] = 2;
            with_core(&core)
        }
        "core-stray-bits" => {
            // The sequence of the second takes a byte more: one of the two has letters whose bits are not all used.
            let uneven = |honest: &Value| !from_base64url(honest["core"].as_str().unwrap()).unwrap().len().is_multiple_of(3);
            let honest = [1, 200].map(|number| event(who, "report", "s001", number)).into_iter().find(uneven).unwrap();
            let core = honest["core"].as_str().unwrap();
            let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            let next = letters.find(&core[core.len() - 1..]).unwrap() + 1;
            let core = format!("{}{}", &core[..core.len() - 1], &letters[next..=next]);
            with(honest, json!({ "core": core }))
        }
        "same-clock" => {
            let other = core("step_marked", "s001", 1);
            let other = delivery(who, &other);
            with(honest, json!({ "_id": other["_id"], "_rev": other["_rev"] }))
        }
        "region" => delivery(who, &Core { region: RegionId([8; 16]), ..core("report", "s001", 1) }),
        "area-of-another-region" => delivery(who, &Core { region: RegionId([8; 16]), ..core("area_declared", "s001", 1) }),
        "region-in-bytes" => {
            let other = delivery(who, &Core { region: RegionId([8; 16]), ..core("report", "s001", 1) });
            with(honest, json!({ "core": other["core"] }))
        }
        "node-capitals" => {
            let at = bytes.windows(4).position(|four| four == b"s001").unwrap();
            let mut core = bytes.clone();
            core[at] = b'S';
            with(with_core(&core), json!({ "node": "S001" }))
        }
        "id-clock" => with(honest.clone(), json!({ "_id": honest["_id"].as_str().unwrap().replacen(":0", ":1", 1) })),
        "id-stray-bits" => with(honest.clone(), json!({ "_id": stray(&honest["_id"]) })),
        "part-stray-bits" => {
            let part = part(who, "s001", 1);
            let event = stray(&part["event"]);
            with(part, json!({ "_id": format!("part:{who}:{event}:0"), "event": event }))
        }
        "head-of-report" => {
            let report = event(who, "report", "s001", 1);
            with(report, json!({ "_id": format!("head:s001:{who}"), "type": "head", "_rev": null }))
        }
        "head-of-another-node" => with(head(who, "c001"), json!({ "_id": format!("head:s001:{who}") })),
        "agreed-report" => {
            let id = honest["_id"].as_str().unwrap().rsplit(':').next().unwrap();
            let beside = agreed("s001", 1);
            let beside = json!({ "correction": beside["correction"], "correction_sig": beside["correction_sig"] });
            with(with(honest.clone(), beside), json!({ "_id": format!("registry:s001:{id}"), "type": "registry" }))
        }
        "agreed-elsewhere" => {
            let agreed = agreed("c001", 1);
            let id = agreed["_id"].as_str().unwrap().replace("c001", "s001");
            with(agreed, json!({ "_id": id }))
        }
        "agreed-to-another" => with(agreed("s001", 2), json!({ "correction": agreed("s001", 3)["correction"] })),
        _ => panic!("nobody forges {name}"),
    }
}
