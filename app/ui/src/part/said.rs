//! What an event says, in one line of words.

use crate::locale::{domain, report as words};
use crate::words::Words;
use civmesh_domain::information::report::{Grade, Report};
use civmesh_domain::text::Language;

/// A report in one line: dangers, people, needs, situation.
pub fn report(language: Language, report: &Report) -> String {
    let separator = if language == Language::Zh { "、" } else { ", " };
    let mut said: Vec<String> = report.dangers.iter().map(|danger| domain::danger(danger).get(language).to_owned()).collect();
    if let Some(people) = report.people {
        let counts = [
            (words::PRESENT, people.present),
            (words::INJURED, people.injured),
            (words::MISSING, people.missing),
            (words::VULNERABLE, people.vulnerable),
            (words::CHILDREN, people.children),
        ];
        said.extend(counts.into_iter().filter_map(|(label, count)| count.map(|count| format!("{} {count}", label.get(language)))));
    }
    for need in &report.needs {
        let (item, unit) = domain::need(need.item);
        let amount = need.amount.map(|amount| format!(" {amount} {}", unit.get(language))).unwrap_or_default();
        said.push(format!("{} {}{amount}", words::NEEDS.get(language), item.get(language)));
    }
    if let Some(situation) = report.situation {
        let services: [(Words, Grade); 7] = [
            (words::OVERALL, situation.overall),
            (words::POWER, situation.power),
            (words::WATER, situation.water),
            (words::SANITATION, situation.sanitation),
            (words::MEDICAL, situation.medical),
            (words::COMMUNICATIONS, situation.communications),
            (words::TRANSPORT, situation.transport),
        ];
        let known = services.into_iter().filter(|(_, grade)| *grade != Grade::Unknown);
        said.extend(known.map(|(label, grade)| format!("{} {}", label.get(language), domain::grade(grade).get(language))));
    }
    said.join(separator)
}
