//! Saving unsent records to a file and loading them again, here or on another phone.
