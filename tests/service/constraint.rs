//! The error of a database whose constraint refuses what is written, for stores that are fakes.

use sqlx::error::{DatabaseError, ErrorKind};
use std::error::Error;

#[derive(Debug, thiserror::Error)]
#[error("a constraint")]
pub struct Constraint;

impl DatabaseError for Constraint {
    fn message(&self) -> &str {
        "a constraint"
    }
    fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self
    }
    fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
        self
    }
    fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
        self
    }
    fn kind(&self) -> ErrorKind {
        ErrorKind::UniqueViolation
    }
}
