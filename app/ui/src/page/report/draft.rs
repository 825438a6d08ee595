//! A report that is being written: what stands in the fields, and the report that it makes.

use civmesh_domain::id::EventId;
use civmesh_domain::information::report::{Danger, Need, NeedItem, PeopleCount, Report, Situation, Urgency};
use enumset::EnumSet;

/// What stands in the fields.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportDraft {
    pub urgency: Urgency,
    pub situation: Situation,
    /// Present, injured, missing, vulnerable, children: as typed.
    pub people: [String; 5],
    /// What is needed, and how much of it: as typed.
    pub needs: Vec<(NeedItem, String)>,
    pub dangers: EnumSet<Danger>,
    pub words: String,
    pub photo: Option<Vec<u8>>,
    pub corrects: Option<EventId>,
}

/// What is wrong with a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It says nothing.
    Empty,
    /// A number is not one.
    BadNumber,
}

impl Default for ReportDraft {
    fn default() -> Self {
        Self {
            urgency: Urgency::Routine,
            situation: Situation::default(),
            people: Default::default(),
            needs: Vec::new(),
            dangers: EnumSet::empty(),
            words: String::new(),
            photo: None,
            corrects: None,
        }
    }
}

impl ReportDraft {
    /// The draft with which the correction of `report` starts.
    pub fn of(id: EventId, report: &Report) -> Self {
        let people = report.people.unwrap_or_default();
        let typed = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
        Self {
            urgency: report.urgency,
            situation: report.situation.unwrap_or_default(),
            people: [people.present, people.injured, people.missing, people.vulnerable, people.children].map(typed),
            needs: report.needs.iter().map(|need| (need.item, typed(need.amount))).collect(),
            dangers: report.dangers,
            corrects: Some(id),
            ..Self::default()
        }
    }

    /// The report, or all that stands in its way.
    pub fn finish(&self) -> Result<Report, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut number = |typed: &str| match read_number(typed) {
            Ok(number) => number,
            Err(()) => {
                problems.push(Problem::BadNumber);
                None
            }
        };
        let [present, injured, missing, vulnerable, children] = self.people.each_ref().map(|typed| number(typed));
        let people = PeopleCount { present, injured, missing, vulnerable, children };
        let needs = self.needs.iter().map(|(item, typed)| Need { item: *item, amount: number(typed) }).collect();
        let report = Report {
            urgency: self.urgency,
            situation: (self.situation != Situation::default()).then_some(self.situation),
            people: (people != PeopleCount::default()).then_some(people),
            needs,
            dangers: self.dangers,
            corrects: self.corrects,
        };
        if problems.is_empty() && report.is_empty() && self.words.trim().is_empty() && self.photo.is_none() {
            problems.push(Problem::Empty);
        }
        problems.dedup();
        if problems.is_empty() { Ok(report) } else { Err(problems) }
    }
}

/// A whole number, full-width digits included; nothing typed is no number.
fn read_number(typed: &str) -> Result<Option<u32>, ()> {
    let plain: String = typed
        .trim()
        .chars()
        .map(|c| if ('０'..='９').contains(&c) { char::from(b'0' + (c as u32 - '０' as u32) as u8) } else { c })
        .collect();
    if plain.is_empty() { Ok(None) } else { plain.parse().map(Some).map_err(|_| ()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn an_empty_draft_is_no_report_and_words_alone_are_one() {
        assert_eq!(ReportDraft::default().finish(), Err(vec![Problem::Empty]));
        let words = ReportDraft { words: "北側圍牆裂了".to_owned(), ..ReportDraft::default() };
        assert!(words.finish().is_ok());
    }

    #[test]
    fn numbers_may_be_full_width_and_must_be_whole() {
        let typed = |present: &str| ReportDraft { people: [present, "", "", "", ""].map(str::to_owned), ..ReportDraft::default() }.finish();
        let present = |report: Report| report.people.and_then(|people| people.present);
        assert_eq!(typed(" １８０ ").map(present), Ok(Some(180)));
        assert_eq!(typed("0").map(present), Ok(Some(0)));
        assert_eq!(typed("about 20"), Err(vec![Problem::BadNumber]));
        assert_eq!(typed("-3"), Err(vec![Problem::BadNumber]));
    }

    #[test]
    fn a_correction_starts_from_what_was_said() {
        let first = ReportDraft { people: ["12", "", "1", "", ""].map(str::to_owned), ..ReportDraft::default() };
        let report = first.finish().unwrap();
        let again = ReportDraft::of(EventId([1; 32]), &report);
        assert_eq!(again.people, first.people);
        assert_eq!(again.finish().unwrap().corrects, Some(EventId([1; 32])));
    }
}
