//! `GET /v1/round`: the round that is on, or next.

use super::asking::AskingDevice;
use super::conditional::{Has, answer};
use super::failure::Failure;
use crate::api::problem::Code;
use crate::server::Service;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

pub async fn current(_: AskingDevice, State(service): State<Arc<Service>>, has: Has) -> Result<Response, Failure> {
    let showing = service.board.showing().ok_or(Code::Unavailable)?;
    Ok(answer(has, showing.round_body()))
}
