//! What changes around the phones: links, places, clocks, sessions, rooms on the disk, versions, who is still trusted.

use crate::chance::Chance;
use crate::executor::Owner;
use crate::fault::Clocks;
use crate::phone::boot;
use crate::scene::{LATER_KIND, Node, Scene};
use civmesh_domain::unit::Millis;
use civmesh_sync::schedule::Trigger;
use std::rc::Rc;

const DAY: i64 = Millis::DAY as i64;

/// Goes on until the run calms down.
pub async fn change(scene: Rc<Scene>) {
    loop {
        scene.time.sleep(scene.chance.between(500, scene.temper.weather * 2)).await;
        if scene.calm.get() {
            return;
        }
        let (phone, hub) = (scene.chance.below(scene.phones.len() as u64) as usize, scene.chance.below(scene.hubs.len() as u64) as usize);
        match scene.chance.below(14) {
            0..=2 => toggle(&scene, Node::Phone(phone), Node::Hub(hub)),
            3 => {
                let other = scene.chance.below(scene.hubs.len() as u64) as usize;
                if other != hub {
                    toggle(&scene, Node::Hub(hub), Node::Hub(other));
                }
            }
            4 => roam(&scene, phone, hub),
            5 | 6 => jump_phone(&scene, phone),
            7 => jump_hub(&scene, hub),
            8 => {
                scene.faults.count("sessions ended");
                scene.note("hubs", format_args!("{} forgets its sessions", scene.hubs[hub].name));
                scene.hubs[hub].secret.set(scene.hubs[hub].secret.get() + 1);
            }
            9 => fill(&scene, phone),
            10 => update(&scene, hub),
            11 => lock(&scene, phone),
            12 => back_up_or_restore(&scene, hub),
            _ => revoke(&scene),
        }
    }
}

fn toggle(scene: &Scene, one: Node, other: Node) {
    let link = (one.min(other), one.max(other));
    let healed = scene.cut.borrow_mut().remove(&link);
    scene.note("links", format_args!("{link:?} {}", if healed { "is back" } else { "breaks" }));
    if !healed {
        scene.faults.count("partitions");
        scene.cut.borrow_mut().insert(link);
    } else if let Node::Phone(phone) = link.0 {
        scene.phones[phone].nudge(Trigger::Online);
    }
}

fn roam(scene: &Scene, phone: usize, hub: usize) {
    let phone = &scene.phones[phone];
    if phone.hub.replace(hub) != hub {
        scene.faults.count("moves to another hub");
        scene.note(&phone.name, format_args!("now meets hub {}", scene.hubs[hub].name));
        phone.nudge(Trigger::Online);
    }
}

/// No more than [`civmesh_domain::clock::TOLERANCE`], so that what is written now is not ahead of anybody.
fn minutes(chance: &Chance) -> i64 {
    chance.below(4 * Millis::MINUTE) as i64 - 2 * Millis::MINUTE as i64
}

fn jump_phone(scene: &Scene, phone: usize) {
    let to = match scene.temper.clocks {
        Clocks::Right => return,
        Clocks::Minutes | Clocks::HubsFar => minutes(&scene.chance),
        Clocks::PhonesFar => *scene.chance.pick(&[0, 0, 2 * DAY, -730 * DAY, 40 * DAY, 730 * DAY, -3_600_000]),
    };
    scene.phones[phone].skew.set(to);
    scene.faults.count("jumps of a phone's clock");
    scene.note(&scene.phones[phone].name, format_args!("its clock jumps to {to} ms off"));
}

fn jump_hub(scene: &Scene, hub: usize) {
    let to = match scene.temper.clocks {
        Clocks::Right => return,
        Clocks::Minutes | Clocks::PhonesFar => minutes(&scene.chance),
        Clocks::HubsFar => *scene.chance.pick(&[0, 0, DAY, -DAY, -1_100 * DAY]),
    };
    scene.hubs[hub].skew.set(to);
    scene.faults.count("jumps of a hub's clock");
    scene.note("hubs", format_args!("the clock of {} jumps to {to} ms off", scene.hubs[hub].name));
}

fn fill(scene: &Scene, phone: usize) {
    if scene.temper.store > 0 {
        let phone = &scene.phones[phone];
        phone.full.set(!phone.full.get());
        scene.note(&phone.name, format_args!("its store is {}", if phone.full.get() { "full" } else { "no longer full" }));
    }
}

fn lock(scene: &Scene, phone: usize) {
    let phone = &scene.phones[phone];
    phone.locked.set(!phone.locked.get());
    scene.faults.count("profiles locked or unlocked");
    scene.note(&phone.name, format_args!("is {}", if phone.locked.get() { "locked" } else { "unlocked" }));
}

/// A back-up is made, or the hub's disk breaks and the last one is put in its place: what came since is on the phones only. Whoever has lost
/// the seat meanwhile can't bring it again.
fn back_up_or_restore(scene: &Scene, hub: usize) {
    let site = &scene.hubs[hub];
    if scene.phones.iter().any(|phone| phone.revoked) {
        return;
    }
    let Some(backup) = site.backup.borrow_mut().take() else {
        site.backup.replace(Some(site.couch.back_up()));
        return scene.note("hubs", format_args!("a back-up is made of {}", site.name));
    };
    scene.faults.count("hubs restored");
    scene.note("hubs", format_args!("{} is restored", site.name));
    site.couch.restore(&backup);
    scene.restored.set(scene.restored.get() + 1);
    scene.checkpoints.borrow_mut().retain(|&(from, to, _), _| from != hub && to != hub);
}

/// The hub gets a version that knows every kind.
pub fn update(scene: &Scene, hub: usize) {
    let site = &scene.hubs[hub];
    let mut kinds = site.couch.kinds.borrow_mut();
    if !kinds.lacks.is_empty() || kinds.knows.is_empty() {
        scene.note("hubs", format_args!("{} is brought up to date", site.name));
        kinds.lacks.clear();
        kinds.knows.insert(LATER_KIND.0, LATER_KIND.1);
    }
}

/// A device's credential is taken away, and its seat at some of the hubs.
fn revoke(scene: &Scene) {
    let Some(phone) = scene.phones.iter().find(|phone| phone.revoked) else { return };
    let hub = &scene.hubs[scene.chance.below(scene.hubs.len() as u64) as usize];
    scene.note("hubs", format_args!("{} is revoked", phone.name));
    scene.faults.count("revocations");
    crate::region::revoke(&hub.couch, phone);
    if scene.chance.one_in(2) {
        scene.faults.count("seats disabled");
        let account = phone.seat.as_ref().map(|seat| seat.account.to_string()).unwrap_or_default();
        scene.hubs.iter().for_each(|site| drop(site.couch.accounts.borrow_mut().remove(&account)));
    }
}

/// The phone dies where it stands, and is switched on again some time later.
pub fn crash(scene: &Rc<Scene>, phone: usize) {
    scene.phones[phone].alive.set(false);
    scene.faults.count("crashes");
    scene.note(&scene.phones[phone].name, format_args!("dies"));
    let later = scene.clone();
    scene.time.spawn(Owner::World, async move {
        later.time.sleep(later.chance.between(100, 90_000)).await;
        if !later.calm.get() && !later.phones[phone].alive.get() {
            boot(&later, phone);
        }
    });
}
