//! Checklists for a spreadsheet (CSV, RFC 4180): a row for each item of each node.

use super::checklist::{Checked, Checklist};
use super::{Finding, PlaceChecked};
use crate::fold::Statement;
use crate::governance::Standing;
use crate::spatial::sheet::{MARK, field};
use crate::unit::Millis;
use std::fmt::Write;

/// A node as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeSheet<'a> {
    /// Its identifier.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// How far it has agreed.
    pub standing: Standing,
    /// Its items.
    pub checklist: &'a Checklist,
}

/// All items of these nodes. `day` writes a time as a day. An item at which nobody has looked has no finding.
pub fn csv<'a>(nodes: impl IntoIterator<Item = NodeSheet<'a>>, day: impl Fn(Millis) -> String) -> String {
    let mut text = format!("{MARK}id,name,standing,item,finding,checked,verified,check_again\r\n");
    for node in nodes {
        for checked in &node.checklist.items {
            let (id, name, standing, item) = (field(node.id), field(node.name), standing(node.standing), checked.item.name());
            let (finding, at, verified) = last(checked, &day);
            let again = yes_or_no(checked.again);
            // A string takes whatever it is given.
            let _written = write!(text, "{id},{name},{standing},{item},{finding},{at},{verified},{again}\r\n");
        }
    }
    text
}

fn last(checked: &Checked, day: impl Fn(Millis) -> String) -> (&'static str, String, &'static str) {
    let said =
        |last: &Statement<PlaceChecked>| (finding(last.value.finding), field(&day(last.checked_at())), yes_or_no(last.is_verified()));
    checked.last.as_ref().map(said).unwrap_or_default()
}

fn yes_or_no(fact: bool) -> &'static str {
    if fact { "yes" } else { "no" }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Proposed => "proposed",
        Standing::Agreed => "agreed",
        Standing::Certified => "certified",
    }
}

fn finding(finding: Finding) -> &'static str {
    match finding {
        Finding::Met => "met",
        Finding::Partly => "partly",
        Finding::NotMet => "not_met",
        Finding::NotApplicable => "not_applicable",
    }
}
