//! One decoder, with its good inputs and a bounded number of damaged ones.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test; the lint only knows functions marked as tests")]

use super::damage::inputs;
use proptest::test_runner::{Config, TestError, TestRunner};

/// Runs the decoder of this name, on so many damaged inputs.
pub fn run(all: &[super::decoder::Decoder], name: &str, cases: u32) {
    let (_, valid, check) = all.iter().find(|(known, ..)| *known == name).unwrap();
    let valid = valid();
    assert!(!valid.is_empty());
    for (at, input) in valid.iter().enumerate() {
        assert!(check(input), "good input {at} of {name} is refused");
    }
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&inputs(valid), |input| {
        check(&input);
        Ok(())
    });
    if let Err(TestError::Fail(reason, input)) = outcome {
        panic!("{name}, with b\"{}\": {reason}", input.escape_ascii());
    }
    assert!(outcome.is_ok(), "{name}: {outcome:?}");
}
