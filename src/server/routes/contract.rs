//! `GET /openapi.json` and `/docs`: the contract as a document, made from the types and the routes
//! themselves, and a page to read it. Nothing is decided here.

use super::{
    audit, bookings, changes, graphic, health, intentions, queries, round, sessions, sites,
};
use crate::api::paths;
use crate::domain::booking_number::BookingNumber;
use axum::Router;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{Modify, OpenApi, PartialSchema, ToSchema};
use utoipa_swagger_ui::SwaggerUi;

/// The document.
#[derive(OpenApi)]
#[openapi(
    info(description = "Between a kiosk and the booking service. Times without an offset are Taiwan's civil time."),
    paths(
        round::current, round::time, sites::seats, sites::of_district, sites::slots, sessions::open, sessions::own, sessions::close, bookings::book,
        changes::shift, changes::cancel, intentions::register, intentions::withdraw, graphic::draw, queries::latest,
        audit::audit, health::healthz, health::readyz, health::metrics
    ),
    modifiers(&Doors)
)]
pub struct Contract;

/// How one proves who one is.
struct Doors;

impl Modify for Doors {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let device = ApiKeyValue::with_description(paths::DEVICE_HEADER, "The kiosk's token");
        let bearer = |what| {
            SecurityScheme::Http(
                HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(what)).build(),
            )
        };
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("device", SecurityScheme::ApiKey(ApiKey::Header(device)));
        let certificate = Some("The kiosk's certificate, instead of its token".to_owned());
        components.add_security_scheme(
            "certificate",
            SecurityScheme::MutualTls {
                description: certificate,
                deprecated: None,
                extensions: None,
            },
        );
        components.add_security_scheme("session", bearer("The token of the person's session"));
        components.add_security_scheme(
            "administrator",
            bearer("The token that `vaxkiosk admin keys` wrote"),
        );
    }
}

/// Two numbers inside, ten digits on the wire.
impl PartialSchema for BookingNumber {
    fn schema() -> RefOr<Schema> {
        let digits = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]{10}$"));
        digits.examples(["0200014637"]).build().into()
    }
}
impl ToSchema for BookingNumber {}

/// The document and the page.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::<S>::from(SwaggerUi::new(paths::DOCS).url(paths::OPENAPI, Contract::openapi()))
}
