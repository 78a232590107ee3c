//! `GET /v1/round`: the round that is on, or next.

use super::asking::AskingDevice;
use super::failure::Failure;
use crate::domain::round::Round;
use crate::server::Service;
use axum::{Json, extract::State};
use std::sync::Arc;

pub async fn current(_: AskingDevice, State(service): State<Arc<Service>>) -> Result<Json<Round>, Failure> {
    Ok(Json(service.store.current_round().await?))
}
