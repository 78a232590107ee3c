//! One answer that many ask for: made when somebody asks after a change, and handed out as it is
//! until the next. What it says is the catalog's matter.

use crate::server::hexadecimal::hexadecimal;
use axum::body::Bytes;
use axum::http::HeaderValue;
use jiff::civil::DateTime;
use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// An answer ready to be sent, with its ETag (RFC 9110, 8.8.3). The tag comes from the
/// content, so that servers side by side give the same one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body {
    pub bytes: Bytes,
    pub etag: HeaderValue,
}

impl Body {
    /// The JSON of a value.
    pub fn of(value: &impl Serialize) -> Self {
        // These are our own types, without maps that have keys other than strings, so they always
        // become JSON.
        Self::of_bytes(serde_json::to_vec(value).expect("the contract's types become JSON"))
    }

    /// An answer that is written already.
    pub fn of_bytes(bytes: Vec<u8>) -> Self {
        let hash = crate::server::keys::fingerprint(&bytes);
        let tag = format!("\"{}\"", hexadecimal(&hash[..8]));
        Self { bytes: bytes.into(), etag: HeaderValue::from_str(&tag).expect("hexadecimal digits") }
    }
}

/// The answer as it was last made, and how often what it tells has changed.
#[derive(Debug, Default)]
pub struct CachedBody {
    changes: AtomicU64,
    made: Mutex<Option<Made>>,
}

#[derive(Debug)]
struct Made {
    /// How many changes there were before it was made.
    changes: u64,
    /// When it is no longer true although nothing was changed.
    until: Option<DateTime>,
    body: Body,
}

impl CachedBody {
    /// What it tells has changed.
    pub fn invalidate(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// The answer as things are now. A change that comes while it is made makes the next one new.
    pub fn body<T: Serialize>(&self, value: impl FnOnce() -> T) -> Body {
        self.body_at(DateTime::MIN, || (value(), None))
    }

    /// As [`CachedBody::body`], for an answer that time changes too: `value` also says when what it
    /// tells is no longer true.
    pub fn body_at<T: Serialize>(
        &self,
        now: DateTime,
        value: impl FnOnce() -> (T, Option<DateTime>),
    ) -> Body {
        let changes = self.changes.load(Ordering::SeqCst);
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = &*made
            && made.changes >= changes
            && made.until.is_none_or(|until| now < until)
        {
            return made.body.clone();
        }
        let (value, until) = value();
        let body = Body::of(&value);
        *made = Some(Made { changes, until, body: body.clone() });
        body
    }
}
