//! Tells the tests whether the folder of real data beside the project is there: without it those that need it count as ignored.

fn main() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/README.md");
    println!("cargo::rustc-check-cfg=cfg(shared_data)");
    println!("cargo::rerun-if-changed={}", data.display());
    if data.exists() {
        println!("cargo::rustc-cfg=shared_data");
    }
}
