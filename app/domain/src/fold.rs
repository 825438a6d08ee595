//! What all folds share: judged events, the scene they are looked at in, statements, corrections, and the view of what is concurrent.
//!
//! A fold depends on the set of events and on nothing else: any order, any repetition, the same result. Only the *view* takes `now`.

use crate::body::Body;
use crate::clock::Clock;
use crate::event::{Event, Mode};
use crate::id::{CheckWord, DeviceKey, EventId, NodeId, RegionId};
use crate::personnel::trust::Verdict;
use crate::unit::Millis;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// An event, and what this phone thinks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The event.
    pub event: Event,
    /// What is thought of it.
    pub verdict: Verdict,
}

/// What is looked at: one region, for real or in one drill. Folds take it as an argument, so that no drill leaks into the real picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scene {
    /// The region.
    pub region: RegionId,
    /// For real, or a drill.
    pub mode: Mode,
}

/// Something that somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement<T> {
    /// What was said.
    pub value: T,
    /// The event that said it.
    pub id: EventId,
    /// The node it is about.
    pub node: NodeId,
    /// Who said it.
    pub author: DeviceKey,
    /// When, by the author's clock.
    pub clock: Clock,
    /// What is thought of it; never [`Verdict::Broken`].
    pub verdict: Verdict,
}

impl<T> Statement<T> {
    /// `value`, as said by `judged`.
    pub fn new(judged: &Judged, value: T) -> Self {
        let core = &judged.event.core;
        let (id, verdict) = (judged.event.id, judged.verdict);
        Self { value, id, node: core.node.clone(), author: core.author, clock: core.clock, verdict }
    }

    /// When, by the author's clock.
    pub fn at(&self) -> Millis {
        self.clock.millis()
    }

    /// Whether somebody vouches for it.
    pub fn is_verified(&self) -> bool {
        self.verdict == Verdict::Verified
    }

    /// Whether its clock is further ahead of `now` than can be true.
    pub fn is_ahead(&self, now: Millis) -> bool {
        !self.clock.is_sane(now)
    }
}

/// The events of this scene by identifier, so by clock. Broken ones are left out. Where the same event came twice, the better verdict
/// counts: a forged copy with a wrong signature has the same identifier and must not hide the true one.
pub fn known<'a>(events: impl IntoIterator<Item = &'a Judged>, scene: Scene) -> BTreeMap<EventId, &'a Judged> {
    let mut known: BTreeMap<EventId, &Judged> = BTreeMap::new();
    for judged in events {
        let core = &judged.event.core;
        if core.region == scene.region && core.mode == scene.mode && judged.verdict != Verdict::Broken {
            let entry = known.entry(judged.event.id).or_insert(judged);
            if judged.verdict < entry.verdict {
                *entry = judged;
            }
        }
    }
    known
}

/// What is left of `statements` about one thing once those are gone that another of them replaces by check word. One that fewer vouch for
/// replaces nothing: a stranger who has seen a manager's status does not make it disappear. Ordered by clock, then identifier.
pub fn unreplaced<T>(mut statements: Vec<Statement<T>>, replaces: impl Fn(&T) -> &[CheckWord]) -> Vec<Statement<T>> {
    let mut replaced: BTreeMap<CheckWord, u8> = BTreeMap::new();
    for statement in &statements {
        let rank = statement.verdict.rank();
        for &word in replaces(&statement.value).iter().filter(|&&word| word != statement.id.check_word()) {
            replaced.entry(word).and_modify(|best| *best = rank.min(*best)).or_insert(rank);
        }
    }
    statements.retain(|statement| replaced.get(&statement.id.check_word()).is_none_or(|&by| by > statement.verdict.rank()));
    statements.sort_by_key(|statement| statement.id);
    statements
}

/// Something that was said and may have been corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread<T> {
    /// The event with which it began.
    pub root: EventId,
    /// When it began, by that author's clock.
    pub began: Clock,
    /// All events in it, by clock.
    pub members: BTreeSet<EventId>,
    /// What it says now: usually one statement, several where corrections are concurrent. By clock, then identifier; never empty.
    pub current: Vec<Statement<T>>,
}

/// Puts corrections with what they correct. A correction counts if it is about the same node and no fewer vouch for it than for what it
/// corrects; otherwise, or while the corrected event is not known here, it stands alone. `read` picks the body and what it corrects.
pub fn threads<T: Clone>(known: &BTreeMap<EventId, &Judged>, read: impl Fn(&Body) -> Option<(&T, Option<EventId>)>) -> Vec<Thread<T>> {
    let said: BTreeMap<EventId, (&Judged, &T, Option<EventId>)> = known
        .iter()
        .filter_map(|(&id, &judged)| read(&judged.event.core.body).map(|(value, corrects)| (id, (judged, value, corrects))))
        .collect();
    let target = |id: &EventId| {
        let &(judged, _, corrects) = said.get(id)?;
        let (other, _, _) = said.get(&corrects?)?;
        let counts = other.event.core.node == judged.event.core.node && judged.verdict.rank() <= other.verdict.rank();
        counts.then_some(other.event.id)
    };
    let mut groups: BTreeMap<EventId, BTreeSet<EventId>> = BTreeMap::new();
    for &id in said.keys() {
        // Identifiers contain a hash of what they correct, so this can't go in a circle; the bound costs nothing.
        let root = std::iter::successors(Some(id), target).take(said.len()).last().unwrap_or(id);
        groups.entry(root).or_default().insert(id);
    }
    let corrected: BTreeSet<EventId> = said.keys().filter_map(target).collect();
    let thread = |(root, members): (EventId, BTreeSet<EventId>)| {
        let current = members.iter().filter(|id| !corrected.contains(id)).filter_map(|id| said.get(id));
        let current = current.map(|&(judged, value, _)| Statement::new(judged, value.clone())).collect();
        Thread { root, began: root.clock(), members, current }
    };
    groups.into_iter().map(thread).collect()
}

/// A statement as seen at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen<'a, T> {
    /// The statement.
    pub statement: &'a Statement<T>,
    /// Its clock is further ahead than can be true: its age is not known.
    pub ahead: bool,
}

/// Concurrent statements as seen at one time: one in front, and the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View<'a, T> {
    /// What is shown.
    pub first: Seen<'a, T>,
    /// What is said beside it.
    pub others: Vec<Seen<'a, T>>,
}

/// Orders concurrent statements for `now`: verified ones first, then those with a sane clock, then the newest. A verified one with a
/// wrong clock stays before an unverified one with a right clock, because else a stranger could outdo a manager whose phone is wrong.
pub fn view<T>(statements: &[Statement<T>], now: Millis) -> Option<View<'_, T>> {
    let mut seen: Vec<_> = statements.iter().map(|statement| Seen { statement, ahead: statement.is_ahead(now) }).collect();
    seen.sort_by_key(|seen| (!seen.statement.is_verified(), seen.ahead, Reverse(seen.statement.id)));
    let mut seen = seen.into_iter();
    seen.next().map(|first| View { first, others: seen.collect() })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::event::Core;
    use crate::event::tests::core;
    use crate::personnel::trust::Doubt;
    use proptest::prelude::*;

    pub(crate) const SCENE: Scene = Scene { region: RegionId([1; 16]), mode: Mode::Real };
    pub(crate) const UNVERIFIED: Verdict = Verdict::Unverified(Doubt::NoCredential);

    /// An event by the phone with this number, at this time, with this verdict. Folds believe the verdict, so it is not signed: that is slow.
    pub(crate) fn judged(phone: u8, at: u64, verdict: Verdict, body: Body) -> Judged {
        let core = Core { author: DeviceKey([phone; 32]), ..core(1, at, at, body) };
        Judged { event: Event::from_parts(core.to_bytes().unwrap(), [0; 64]).unwrap(), verdict }
    }

    pub(crate) fn verified(seed: u8, at: u64, body: Body) -> Judged {
        judged(seed, at, Verdict::Verified, body)
    }

    /// Any order of `events`, with any of them repeated.
    pub(crate) fn shuffled(events: Vec<Judged>) -> impl Strategy<Value = Vec<Judged>> {
        let again = proptest::sample::subsequence(events.clone(), 0..=events.len());
        again.prop_map(move |again| [events.clone(), again].concat()).prop_shuffle()
    }
}
