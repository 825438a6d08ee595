//! A record in words: its title, what it says in short, and all that it says.

use crate::device::time;
use crate::locale::{check_in, common, correction, danger, domain, records as words, report as report_words, upkeep};
use crate::page::correction::say;
use crate::page::danger::say as danger_say;
use crate::page::run::line::mark_words;
use crate::state::AppState;
use crate::state::sops::with_sop;
use crate::words::Words;
use civmesh_domain::body::Body;
use civmesh_domain::event::Core;
use civmesh_domain::id::EventId;
use civmesh_domain::information::report::{Grade, Report, Situation};
use civmesh_domain::information::status::NodeStatus;
use civmesh_domain::personnel::check_in::{CheckIn, Subject};
use civmesh_domain::personnel::credential::{Grant, Revocation, Scope};
use civmesh_domain::sop::procedure::Step;
use civmesh_domain::sop::run::{Outcome, RunStarted, StepMarked};
use civmesh_domain::spatial::danger::AreaDeclared;
use civmesh_domain::spatial::node::Offer;
use civmesh_domain::spatial::upkeep::PlaceChecked;
use civmesh_domain::text::Language;
use enumset::EnumSet;
use leptos::prelude::*;

/// What a list of things is joined by.
pub fn separator(language: Language) -> &'static str {
    if language == Language::Zh { "、" } else { ", " }
}

fn dot(language: Language) -> &'static str {
    if language == Language::Zh { "・" } else { " · " }
}

/// What a kind of record is called.
pub fn kind_words(body: &Body) -> Words {
    match body {
        Body::CheckIn(_) => words::KIND_CHECK_IN,
        Body::CheckOut(_) => words::KIND_CHECK_OUT,
        Body::NodeStatus(_) => words::KIND_STATUS,
        Body::RunStarted(_) => words::KIND_RUN_STARTED,
        Body::StepMarked(_) => words::KIND_STEP,
        Body::RunEnded(_) => words::KIND_RUN_ENDED,
        Body::Report(_) => words::KIND_REPORT,
        Body::CredentialIssued(_) => words::KIND_CREDENTIAL,
        Body::DeviceRevoked(_) => words::KIND_REVOCATION,
        Body::ReadingKeyIssued(_) => words::KIND_READING_KEY,
        Body::PlaceCorrection(_) => correction::LIST_TITLE,
        Body::CorrectionSettled(_) => words::KIND_SETTLED,
        Body::AreaDeclared(_) => words::KIND_AREA,
        Body::AreaWithdrawn(_) => words::KIND_AREA_WITHDRAWN,
        Body::PlaceChecked(_) => upkeep::TITLE,
        Body::Unknown { .. } => words::KIND_UNKNOWN,
    }
}

/// The title: the kind, and the one word that tells it from its like.
pub fn title(app: AppState, body: &Body) -> String {
    let language = app.language.get();
    let more = match body {
        Body::CheckIn(entry) => Some(domain::duty(entry.duty).get(language).to_owned()),
        Body::NodeStatus(status) => Some(domain::node_state(status.state).get(language).to_owned()),
        Body::RunStarted(started) => with_sop(app, &started.sop, |sop| sop.title.get(language).to_owned()),
        Body::StepMarked(marked) => with_step(app, marked, |step| step.title.get(language).to_owned()),
        Body::RunEnded(ended) => Some(outcome(ended.outcome).get(language).to_owned()),
        Body::Report(report) => Some(domain::urgency(report.urgency).get(language).to_owned()),
        Body::CredentialIssued(issued) => issued.credential().ok().map(|credential| roles(language, &credential.grant)),
        Body::DeviceRevoked(revoked) => revoked.read().ok().map(|revocation| revocation.device.check_word().to_string()),
        Body::PlaceCorrection(correction) => Some(say::what(&correction.wrong).get(language).to_owned()),
        Body::CorrectionSettled(settled) => Some(say::settlement(settled.settlement).get(language).to_owned()),
        Body::AreaDeclared(declared) => Some(danger_say::title(language, declared)),
        Body::CheckOut(_) | Body::ReadingKeyIssued(_) | Body::AreaWithdrawn(_) | Body::Unknown { .. } => None,
        Body::PlaceChecked(checked) => Some(upkeep::item(checked.item).get(language).to_owned()),
    };
    let kind = kind_words(body).get(language);
    more.map_or_else(|| kind.to_owned(), |more| format!("{kind}{}{more}", dot(language)))
}

fn outcome(outcome: Outcome) -> Words {
    match outcome {
        Outcome::Completed => crate::locale::run::END_COMPLETED,
        Outcome::Cancelled => crate::locale::run::END_CANCELLED,
    }
}

/// How the run with this identifier started, if it is here.
fn run_started(app: AppState, run: EventId) -> Option<RunStarted> {
    app.judged.with(|judged| {
        judged.iter().find(|judged| judged.event.id == run).and_then(|judged| match &judged.event.core.body {
            Body::RunStarted(started) => Some(started.clone()),
            _ => None,
        })
    })
}

fn with_step<T>(app: AppState, marked: &StepMarked, look: impl FnOnce(&Step) -> T) -> Option<T> {
    let started = run_started(app, marked.run)?;
    with_sop(app, &started.sop, |sop| sop.step(&marked.step).map(look)).flatten()
}

/// What it says in short, for a list.
pub fn summary(app: AppState, body: &Body) -> Option<String> {
    let language = app.language.get();
    match body {
        Body::StepMarked(marked) => Some(
            with_step(app, marked, |step| mark_words(language, Some(step), marked.mark))
                .unwrap_or_else(|| mark_words(language, None, marked.mark)),
        ),
        Body::PlaceChecked(checked) => Some(upkeep::finding(checked.finding).get(language).to_owned()),
        Body::Report(report) => {
            let facts = report_facts(language, report);
            let facts: Vec<String> = facts.into_iter().map(|(label, value)| format!("{} {value}", label.get(language))).collect();
            (!facts.is_empty()).then(|| facts.join(separator(language)))
        }
        _ => None,
    }
}

/// All that it says, as labels and values.
pub fn contents(app: AppState, core: &Core) -> Vec<(Words, String)> {
    let language = app.language.get();
    match &core.body {
        Body::CheckIn(entry) => check_in_facts(language, entry),
        Body::CheckOut(out) => vec![(words::OF_CHECK_IN, out.check_in.check_word().to_string())],
        Body::NodeStatus(status) => status_facts(language, status),
        Body::RunStarted(started) => started_facts(app, language, started),
        Body::StepMarked(marked) => step_facts(app, language, marked),
        Body::RunEnded(ended) => {
            vec![(words::OUTCOME, outcome(ended.outcome).get(language).to_owned()), (words::OF_RUN, run_title(app, language, ended.run))]
        }
        Body::Report(report) => {
            let urgency = (report_words::URGENCY, domain::urgency(report.urgency).get(language).to_owned());
            std::iter::once(urgency).chain(report_facts(language, report)).chain(corrects(report.corrects)).collect()
        }
        Body::CredentialIssued(issued) => issued.credential().map(|credential| grant_facts(app, &credential.grant)).unwrap_or_default(),
        Body::DeviceRevoked(revoked) => revoked.read().map(|revocation| revocation_facts(language, &revocation)).unwrap_or_default(),
        Body::ReadingKeyIssued(issued) => vec![(words::KEY_FOR, words::phones(language, issued.wrapped.len()))],
        Body::PlaceCorrection(correction) => vec![(words::WRONG, say::whole(app, &correction.wrong))],
        Body::CorrectionSettled(settled) => vec![
            (words::OUTCOME, say::settlement(settled.settlement).get(language).to_owned()),
            (words::OF_CORRECTION, settled.correction.check_word().to_string()),
        ],
        Body::AreaDeclared(declared) => area_facts(app, declared),
        Body::AreaWithdrawn(withdrawn) => vec![(danger::OF_AREA, withdrawn.area.check_word().to_string())],
        Body::PlaceChecked(checked) => checked_facts(language, core, checked),
        Body::Unknown { number, .. } => vec![(words::KIND_UNKNOWN, words::needs_newer(language, *number))],
    }
}

fn area_facts(app: AppState, declared: &AreaDeclared) -> Vec<(Words, String)> {
    let language = app.language.get();
    let title = (!declared.title.is_empty()).then(|| (danger::LABEL, declared.title.clone()));
    let first = declared.continues.map(|first| (danger::OF_FILE_FROM, first.check_word().to_string()));
    let facts = [
        (danger::WHAT, danger_say::condition(language, declared.condition)),
        (danger::UNTIL, danger_say::until(language, declared.until, app.now.get())),
        (danger::OUTLINES, declared.outlines.len().to_string()),
    ];
    title.into_iter().chain(facts).chain(first).collect()
}

fn checked_facts(language: Language, core: &Core, checked: &PlaceChecked) -> Vec<(Words, String)> {
    vec![
        (upkeep::ITEM, upkeep::item(checked.item).get(language).to_owned()),
        (upkeep::FINDING, upkeep::finding(checked.finding).get(language).to_owned()),
        (upkeep::CHECKED, time::day(checked.before(core.clock.millis()))),
    ]
}

fn corrects(of: Option<EventId>) -> Option<(Words, String)> {
    of.map(|id| (words::CORRECTS, id.check_word().to_string()))
}

fn check_in_facts(language: Language, entry: &CheckIn) -> Vec<(Words, String)> {
    let subject = match entry.subject {
        Subject::Myself => check_in::MYSELF,
        Subject::WalkUp => check_in::WALK_UP,
    };
    let skills: Vec<&str> = entry.skills.iter().map(|skill| domain::skill(skill).get(language)).collect();
    let mut facts =
        vec![(words::SUBJECT, subject.get(language).to_owned()), (words::DUTY, domain::duty(entry.duty).get(language).to_owned())];
    if !skills.is_empty() {
        facts.push((words::SKILLS, skills.join(separator(language))));
    }
    facts.extend(corrects(entry.corrects));
    facts
}

/// The roles of a grant, in words.
pub fn roles(language: Language, grant: &Grant) -> String {
    grant.roles.iter().map(|role| domain::role(role).get(language)).collect::<Vec<_>>().join(separator(language))
}

/// The nodes of a grant, in words.
pub fn nodes(app: AppState, scope: &Scope) -> String {
    let language = app.language.get();
    match scope {
        Scope::All => crate::locale::seat::ALL_NODES.get(language).to_owned(),
        Scope::Nodes(nodes) => nodes.iter().map(|node| app.node_name(node)).collect::<Vec<_>>().join(separator(language)),
    }
}

/// What a credential says, as labels and values.
pub fn grant_facts(app: AppState, grant: &Grant) -> Vec<(Words, String)> {
    let language = app.language.get();
    let skills: Vec<&str> = grant.skills.iter().map(|skill| domain::skill(skill).get(language)).collect();
    let mut facts = vec![
        (words::HOLDER, grant.device.check_word().to_string()),
        (words::ROLES, roles(language, grant)),
        (words::FOR_NODES, nodes(app, &grant.scope)),
        (words::VALID_UNTIL, time::day_and_time(grant.until, app.now.get())),
    ];
    if !skills.is_empty() {
        facts.insert(2, (words::SKILLS, skills.join(separator(language))));
    }
    facts
}

fn revocation_facts(language: Language, revocation: &Revocation) -> Vec<(Words, String)> {
    vec![
        (words::HOLDER, revocation.device.check_word().to_string()),
        (words::STILL_ACCEPTED, words::accepted(language, revocation.accepted.len())),
    ]
}

fn status_facts(language: Language, status: &NodeStatus) -> Vec<(Words, String)> {
    let offers = |offers: EnumSet<Offer>| {
        let names: Vec<&str> = offers.iter().map(|offer| domain::offer(offer).get(language)).collect();
        (!names.is_empty()).then(|| names.join(separator(language)))
    };
    let state = (words::STATE, domain::node_state(status.state).get(language).to_owned());
    let yes = offers(status.offers.yes - status.offers.no).map(|names| (words::OFFERS_YES, names));
    let no = offers(status.offers.no).map(|names| (words::OFFERS_NO, names));
    [Some(state), yes, no].into_iter().flatten().collect()
}

fn started_facts(app: AppState, language: Language, started: &RunStarted) -> Vec<(Words, String)> {
    let unknown = || common::UNKNOWN.get(language).to_owned();
    let title = with_sop(app, &started.sop, |sop| sop.title.get(language).to_owned()).unwrap_or_else(|| started.sop.to_string());
    let trigger = match started.trigger {
        None => crate::locale::checklist::ORDERED.get(language).to_owned(),
        Some(at) => {
            let text = with_sop(app, &started.sop, |sop| sop.triggers.get(usize::from(at)).map(|text| text.get(language).to_owned()));
            text.flatten().unwrap_or_else(unknown)
        }
    };
    vec![(words::PROCEDURE, title), (words::VERSION, started.version.to_string()), (words::TRIGGER, trigger)]
}

fn run_title(app: AppState, language: Language, run: EventId) -> String {
    let title = run_started(app, run).and_then(|started| with_sop(app, &started.sop, |sop| sop.title.get(language).to_owned()));
    title.unwrap_or_else(|| run.check_word().to_string())
}

fn step_facts(app: AppState, language: Language, marked: &StepMarked) -> Vec<(Words, String)> {
    let step = with_step(app, marked, |step| step.title.get(language).to_owned()).unwrap_or_else(|| marked.step.to_string());
    let mark = summary(app, &Body::StepMarked(marked.clone())).unwrap_or_default();
    vec![(words::STEP, step), (words::MARK, mark), (words::OF_RUN, run_title(app, language, marked.run))]
}

fn report_facts(language: Language, report: &Report) -> Vec<(Words, String)> {
    let mut facts = Vec::new();
    if let Some(situation) = &report.situation {
        let known = grades(situation).into_iter().filter(|(_, grade)| *grade != Grade::Unknown);
        facts.extend(known.map(|(label, grade)| (label, domain::grade(grade).get(language).to_owned())));
    }
    if let Some(people) = report.people {
        let counts = [
            (report_words::PRESENT, people.present),
            (report_words::INJURED, people.injured),
            (report_words::MISSING, people.missing),
            (report_words::VULNERABLE, people.vulnerable),
            (report_words::CHILDREN, people.children),
        ];
        facts.extend(counts.into_iter().filter_map(|(label, count)| Some((label, common::people(language, count?)))));
    }
    let needs: Vec<String> = report
        .needs
        .iter()
        .map(|need| {
            let (name, unit) = domain::need(need.item);
            let amount = need.amount.map(|amount| format!(" {amount} {}", unit.get(language))).unwrap_or_default();
            format!("{}{amount}", name.get(language))
        })
        .collect();
    let dangers: Vec<&str> = report.dangers.iter().map(|danger| domain::danger(danger).get(language)).collect();
    facts.extend((!needs.is_empty()).then(|| (report_words::NEEDS, needs.join(separator(language)))));
    facts.extend((!dangers.is_empty()).then(|| (report_words::DANGERS, dangers.join(separator(language)))));
    facts
}

fn grades(situation: &Situation) -> [(Words, Grade); 7] {
    [
        (report_words::OVERALL, situation.overall),
        (report_words::POWER, situation.power),
        (report_words::WATER, situation.water),
        (report_words::SANITATION, situation.sanitation),
        (report_words::MEDICAL, situation.medical),
        (report_words::COMMUNICATIONS, situation.communications),
        (report_words::TRANSPORT, situation.transport),
    ]
}

/// Where and when, for a list.
pub fn node_and_age(app: AppState, core: &Core) -> String {
    let language = app.language.get();
    format!("{}{}{}", app.node_name(&core.node), dot(language), time::age(language, core.clock.millis(), app.now.get()))
}
