//! What people do. Each command checks its input, signs one event and writes one transaction; then the view follows.

pub mod author;
pub mod badge;
pub mod check_in;
pub mod check_place;
pub mod correct_place;
pub mod declare_area;
pub mod dismiss;
pub mod invite;
pub mod join;
pub mod mark_step;
pub mod report;
pub mod run;
pub mod save_file;
pub mod set_status;

/// What became of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// There is no store or no region to write for.
    NotReady,
    /// The device is full.
    Full,
    /// It could not be written.
    NotWritten,
    /// It takes the PIN.
    Locked,
}

impl Failed {
    /// What to tell the person.
    pub fn words(self) -> crate::words::Words {
        use crate::locale::common;
        match self {
            Self::Full => common::SAVE_FULL,
            Self::Locked => common::SAVE_LOCKED,
            Self::NotReady | Self::NotWritten => common::SAVE_FAILED,
        }
    }
}

impl From<civmesh_store::StoreError> for Failed {
    fn from(error: civmesh_store::StoreError) -> Self {
        if error.is_storage_full() { Self::Full } else { Self::NotWritten }
    }
}
