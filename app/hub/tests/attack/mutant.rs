//! The table is worth something only if every rule of the validation functions is missed when it is gone: each is taken out in turn, and at
//! least one row has to notice.

use crate::judge::{Functions, ask, functions, questions};

/// A line that is a rule: it refuses, or it lets somebody off.
fn is_rule(line: &str) -> bool {
    const RULES: &[&str] = &[
        "refuse(",
        "throw(",
        "return;",
        "fieldIs(",
        "fieldMatches(",
        "fieldsAre(",
        "sizeAtMost(",
        "accountIs(",
        "mayActFor(",
        "mayWriteKind(",
        "isOfThisNode(",
        "hasNotExpired(",
        "isOfThisSeat(",
        "identifierAgrees(",
        "fieldsAgreeWithCore(",
        "fieldSays(",
        "kindSays(",
        "eventFields(",
        ".fail(",
        "mayWrite(",
        "byRoleAndNode(",
        "ofKnownKind(",
    ];
    let line = line.trim();
    let is_code = !line.starts_with("//") && !line.starts_with("function ") && !line.starts_with('}') && !line.starts_with("var RULES");
    is_code && RULES.iter().any(|rule| line.contains(rule))
}

/// Parts of rules that stand in the middle of a line: what is there, and what is there instead.
const INSIDE: &[(&str, &str)] = &[
    ("return held < width && rest === 0 ? bytes : null;", "return bytes;"),
    ("RULES.retention[doc.kind]", "90"),
    ("RULES.retention[doc.kind]", "30"),
    ("names.indexOf(field) === -1", "false"),
    ("field !== '_revisions'", "true"),
    ("Object.prototype.hasOwnProperty.call(table, name)", "table[name] !== undefined"),
    ("user.roles.indexOf(role) !== -1", "true"),
    ("'^(' + pattern + ')$'", "pattern"),
    ("!has('coordinator') && !has('node:' + node)", "!has('node:' + node)"),
    ("if (!has('coordinator')) { accountIs(names[2]); }", "accountIs(names[2]);"),
    ("typeof doc[field] !== 'string' || ", ""),
    ("RULES.node !== null && ", ""),
];

/// A variant with the `nth` line that reads like this taken out, wherever there is one.
fn without(functions: &Functions, rule: &str, nth: usize) -> Functions {
    let strike = |text: &String| {
        let mut seen = 0;
        let lines = text.lines().map(|line| {
            let is_it = line.trim() == rule;
            seen += usize::from(is_it);
            if is_it && seen == nth + 1 { "" } else { line }
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    functions.iter().map(|(end, text)| (end.clone(), strike(text))).collect()
}

#[test]
fn every_rule_that_is_taken_out_is_missed() {
    let whole = functions();
    let mut mutants: Vec<(String, Functions)> = Vec::new();
    for text in whole.values() {
        let mut seen: Vec<&str> = Vec::new();
        for rule in text.lines().map(str::trim).filter(|line| is_rule(line)) {
            let nth = seen.iter().filter(|other| **other == rule).count();
            seen.push(rule);
            let name = format!("{rule} ({nth})");
            if !mutants.iter().any(|(other, _)| *other == name) {
                mutants.push((name, without(&whole, rule, nth)));
            }
        }
    }
    for (there, instead) in INSIDE {
        let changed = |text: &String| text.replace(there, instead);
        let mutant: Functions = whole.iter().map(|(end, text)| (end.clone(), changed(text))).collect();
        assert_ne!(mutant, whole, "there is no {there} any more");
        mutants.push((format!("{there} as {instead}"), mutant));
    }
    let questions = questions();
    let variants: Vec<Functions> = std::iter::once(whole).chain(mutants.iter().map(|(_, mutant)| mutant.clone())).collect();
    let answers = ask(&variants, &questions);
    let (whole, changed) = answers.split_first().unwrap();
    let survivors: Vec<&str> =
        mutants.iter().zip(changed).filter(|(_, answers)| *answers == whole).map(|((name, _), _)| name.as_str()).collect();
    println!("{} rules taken out, one at a time, and missed by {} questions", mutants.len(), questions.len());
    assert!(survivors.is_empty(), "nobody misses these rules:\n{}", survivors.join("\n"));
}
