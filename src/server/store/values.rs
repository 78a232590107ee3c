//! Values of columns into types, and sets of rows into the JSON of a statement.

use super::error::StoreError;

/// A number from a column into its type.
pub(super) fn narrow<T: TryFrom<i64>>(value: i64) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Unreadable("a number out of its range"))
}

pub(super) fn instant(seconds: i64) -> Result<jiff::Timestamp, StoreError> {
    jiff::Timestamp::from_second(seconds).map_err(|_| StoreError::Unreadable("an instant"))
}

pub(super) fn civil<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Unreadable("a date or time"))
}

/// JSON for a statement that takes a set of rows in one parameter.
pub(super) fn rows<T: serde::Serialize>(rows: &T) -> Result<String, StoreError> {
    serde_json::to_string(rows).map_err(|_| StoreError::Unreadable("the rows of a set"))
}
