//! One decoder, on inputs that coverage leads to. The properties are those of the bounded tests: a failure here is a failure there.
//!
//! `DECODER` says which; without it the names are printed. `CORPUS` is a folder that is given the good inputs to start from.
#![no_main]

#[path = "../../../app/domain/tests/decoder/mod.rs"]
mod domain;

#[path = "../../../app/pack/tests/common/mod.rs"]
mod common;

#[path = "../../../app/pack/tests/decoder/mod.rs"]
mod pack;

use libfuzzer_sys::{Corpus, fuzz_target};
use std::path::Path;
use std::sync::OnceLock;

type Check = fn(&[u8]) -> bool;
static CHECK: OnceLock<Check> = OnceLock::new();

fn begin() {
    let all = || domain::ALL.iter().chain(pack::ALL);
    let Ok(wanted) = std::env::var("DECODER") else {
        all().for_each(|(name, ..)| println!("{name}"));
        std::process::exit(0);
    };
    let (_, valid, check) = all().find(|(name, ..)| *name == wanted).unwrap_or_else(|| panic!("there is no decoder {wanted}"));
    CHECK.set(*check).expect("called once");
    if let Some(corpus) = std::env::var_os("CORPUS") {
        for (at, input) in valid().iter().enumerate() {
            std::fs::write(Path::new(&corpus).join(format!("good-{at}")), input).expect("the corpus is a folder");
        }
    }
}

fuzz_target!(init: begin(), |bytes: &[u8]| -> Corpus {
    if let Some(check) = CHECK.get() {
        check(bytes);
    }
    Corpus::Keep
});
