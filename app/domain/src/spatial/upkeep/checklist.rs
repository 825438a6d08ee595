//! The eight items of one node as they are seen at one time: what counts of what was said, how old it is, and which nodes come first.

use super::{Finding, Findings, Item, PlaceChecked};
use crate::fold::{Statement, view};
use crate::unit::Millis;
use std::cmp::{Ordering, Reverse};

/// What was looked at longer ago than this is to be looked at again, in milliseconds: a year. The project's own figure.
pub const CHECK_AGAIN: u64 = 365 * Millis::DAY;

/// One item of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The item.
    pub item: Item,
    /// What counts: of what is verified the last, else of the rest; `None` where nobody has looked yet.
    pub last: Option<Statement<PlaceChecked>>,
    /// It is to be looked at again: too long ago, or by a clock that can't be right.
    pub again: bool,
}

impl Checked {
    fn of(item: Item, said: &[Statement<PlaceChecked>], now: Millis) -> Self {
        let Some(first) = view(said, now).map(|view| view.first) else { return Self { item, last: None, again: false } };
        let again = first.ahead || first.statement.checked_at().age(now) > CHECK_AGAIN;
        Self { item, last: Some(first.statement.clone()), again }
    }

    /// What was found, if somebody vouches for it.
    pub fn verified(&self) -> Option<Finding> {
        self.last.as_ref().filter(|last| last.is_verified()).map(|last| last.value.finding)
    }
}

/// The checklist of one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// Its items, all eight, in the order of the white paper.
    pub items: Vec<Checked>,
}

impl Checklist {
    /// The checklist as `found` has it at `now`; `None` where nothing was said of the node.
    pub fn of(found: Option<&Findings>, now: Millis) -> Self {
        let said = |item: &Item| found.and_then(|found| found.get(item)).map(Vec::as_slice).unwrap_or_default();
        Self { items: Item::ALL.iter().map(|item| Checked::of(*item, said(item), now)).collect() }
    }

    fn count(&self, wanted: impl Fn(&Checked) -> bool) -> usize {
        self.items.iter().filter(|checked| wanted(checked)).count()
    }

    /// How many items are met. Only what somebody vouches for counts.
    pub fn met(&self) -> usize {
        self.count(|checked| checked.verified() == Some(Finding::Met))
    }

    /// How many items the place needs: all but those that do not apply to it.
    pub fn needed(&self) -> usize {
        self.count(|checked| checked.verified() != Some(Finding::NotApplicable))
    }

    /// The items that are needed and not met, or of which nobody vouches that they are.
    pub fn unmet(&self) -> impl Iterator<Item = &Checked> {
        self.items.iter().filter(|checked| !matches!(checked.verified(), Some(Finding::Met | Finding::NotApplicable)))
    }

    /// How many items are to be looked at again.
    pub fn again(&self) -> usize {
        self.count(|checked| checked.again)
    }

    /// How many items nobody vouches for, though something was said of them.
    pub fn unverified(&self) -> usize {
        self.count(|checked| checked.last.as_ref().is_some_and(|last| !last.is_verified()))
    }

    /// Whether anything was said.
    pub fn is_begun(&self) -> bool {
        self.items.iter().any(|checked| checked.last.is_some())
    }

    /// When anything was last looked at.
    pub fn newest(&self) -> Option<Millis> {
        self.times().max()
    }

    fn times(&self) -> impl Iterator<Item = Millis> {
        self.items.iter().filter_map(|checked| checked.last.as_ref()).map(Statement::checked_at)
    }

    /// The worst first: by how much is unmet, then by what was looked at the longest time ago, never being the longest.
    pub fn worse(&self, other: &Self) -> Ordering {
        let key = |list: &Self| (Reverse(list.unmet().count()), list.times().min());
        key(self).cmp(&key(other))
    }
}
