//! What the documents and the timers tell an operator to type is what the program takes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say so")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files that name commands of the program, and how often at least.
fn documents() -> Vec<(PathBuf, usize)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut documents = vec![(root.join("docs/deploy/README.md"), 10), (root.join("docs/authority.md"), 4), (root.join("README.md"), 2)];
    for name in ["expire", "backup", "replicate"] {
        documents.push((root.join(format!("docs/deploy/systemd/civmesh-{name}.service")), 1));
    }
    documents
}

/// The commands in a text, each with its options.
fn commands(text: &str) -> Vec<(Vec<String>, BTreeSet<String>)> {
    let text = text.replace("civmesh-hub --", "civmesh-hub");
    let mut commands = Vec::new();
    for (at, _) in text.match_indices("civmesh-hub ") {
        let line = text[at + 12..].lines().next().unwrap_or_default();
        // A command ends where its code does, and where a comment begins.
        let line = line.split(['`', '#', ')', ';']).next().unwrap_or_default();
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_word = |word: &&&str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let name: Vec<String> = match words.first() {
            Some(&"authority") => words.iter().take(2).filter(is_word).map(|&word| word.to_owned()).collect(),
            first => first.iter().filter(|word| is_word(word)).map(|&&word| word.to_owned()).collect(),
        };
        let options = words.iter().filter(|word| word.starts_with("--")).map(|word| word.trim_end_matches(',').to_owned()).collect();
        if !name.is_empty() {
            commands.push((name, options));
        }
    }
    commands
}

#[test]
fn every_command_in_the_documents_is_one_with_these_options() {
    let mut helps: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for (path, least) in documents() {
        let found = commands(&std::fs::read_to_string(&path).unwrap());
        assert!(found.len() >= least, "{} commands in {}", found.len(), path.display());
        for (name, options) in found {
            let help = helps.entry(name.clone()).or_insert_with(|| {
                let output = Command::new(env!("CARGO_BIN_EXE_civmesh-hub")).args(&name).arg("--help").output().unwrap();
                assert!(output.status.success(), "{}: there is no {name:?}", path.display());
                String::from_utf8(output.stdout).unwrap()
            });
            for option in options {
                assert!(
                    help.contains(&format!("{option} ")) || help.contains(&format!("{option}\n")),
                    "{}: {name:?} {option}",
                    path.display()
                );
            }
        }
    }
}
