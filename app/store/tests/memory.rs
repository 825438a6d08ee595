//! The suite on the twin in memory, and the faults that it can be told to have.
#![cfg(not(target_arch = "wasm32"))]

use civmesh_store::conformance::{fixture::*, run_all};
use civmesh_store::memory::MemoryStore;
use civmesh_store::{Store, StoreError};
use futures::executor::block_on;

#[test]
fn the_twin_in_memory_keeps_every_promise() {
    let passed = block_on(run_all(async |_| MemoryStore::new()));
    assert!(passed.len() > 30, "{passed:?}");
}

#[test]
fn a_fault_comes_when_told_and_changes_nothing() {
    block_on(async {
        let store = MemoryStore::new();
        let tab = store.clone();
        let event = event(1, 1, 5);
        store.fail_after(1, StoreError::Full);
        assert_eq!(store.outbox().await, Ok(Vec::new()));
        assert_eq!(tab.write(written(&event, Vec::new())).await, Err(StoreError::Full));
        assert_eq!(store.event(event.id).await, Ok(None));
        tab.write(written(&event, Vec::new())).await.unwrap();
        assert_eq!(store.outbox().await.unwrap().len(), 1);
    });
}
