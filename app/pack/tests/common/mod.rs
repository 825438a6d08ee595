//! What descriptions of regions for tests begin with.
#![allow(dead_code, reason = "each test needs a part of it")]
#![allow(clippy::unwrap_used, reason = "a test; the lint only knows functions marked as tests")]

pub mod draft;

/// A region of Taiwan, for an exercise.
pub const HEAD: &str = r#"
name = { zh = "測試", en = "Test" }
mode = "exercise"
drill = "TESTTEST"
version = 1
centre = { lat = 25.0, lon = 121.5 }
bounds = [118.0, 20.5, 123.0, 27.0]
authority = { seed = "0000000000000000000000000000000000000000000000000000" }
"#;

/// One of its layers; file, format and the rest follow.
pub const LAYER: &str = r#"
[[layer]]
name = { zh = "層", en = "Layer" }
licence = "CC0"
attribution = "nobody"
source = "here"
date = "2026"
"#;
