//! How much memory reading something takes: in proportion to what is there, whatever lengths it announces.

/// What may be taken for the smallest input, in bytes. `serde` believes an announced length up to one megabyte for each list it is in.
const FLOOR: u64 = 4 * 1024 * 1024;

/// Reads an input of `length` bytes; fails if more than `factor` bytes are in use at once for each of them.
pub fn bounded<T>(length: usize, factor: u64, read: impl FnOnce() -> T) -> T {
    let mut result = None;
    let taken = allocation_counter::measure(|| result = Some(read())).bytes_max;
    let most = FLOOR + factor * length as u64;
    assert!(taken <= most, "{taken} bytes were taken for an input of {length}; {most} would be many");
    result.unwrap()
}
