//! The key pair of the training. Its secret half is in this repository for everyone to read: a
//! receipt signed with it proves nothing, is shown as TRAINING wherever it is checked, and no real
//! service may ever sign with it.

/// The secret of the training. Its bytes say so as text.
pub const DEMO_ONLY_SECRET: &[u8; 32] = b"TRAINING ONLY - NOT A REAL KEY !";
