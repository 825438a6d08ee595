//! The table of attacks, read.

use std::fmt;

/// One attack.
#[derive(Clone)]
pub struct Row {
    pub who: &'static str,
    pub tries: &'static str,
    pub with: &'static str,
    pub stopped: Stopped,
    pub answer: &'static str,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.who, self.tries, self.with)
    }
}

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Both fronts.
    Gate,
    /// The embedded front alone.
    OwnGate,
    /// The hub itself, by who may open a database.
    Hub,
    /// A validation function.
    Function,
    /// Nobody but the reader.
    Reader,
}

/// All of them.
pub fn rows() -> Vec<Row> {
    include_str!("attack.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(row).collect()
}

fn row(line: &'static str) -> Row {
    let cells: Vec<&str> = line.split(" | ").map(str::trim).collect();
    let [who, tries, with, stopped, answer] = cells[..] else { panic!("not five cells: {line}") };
    let stopped = match stopped {
        "gate" => Stopped::Gate,
        "own gate" => Stopped::OwnGate,
        "hub" => Stopped::Hub,
        "function" => Stopped::Function,
        "reader" => Stopped::Reader,
        other => panic!("{other} stops nobody: {line}"),
    };
    Row { who, tries, with, stopped, answer }
}
