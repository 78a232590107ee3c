//! `GET /openapi.json` and `/docs`: what the contract says besides its routes, and the pages that
//! show it. The routes add themselves to it in the table.

use crate::api::paths;
use crate::api::problem::{Code, Problem};
use crate::domain::booking_number::BookingNumber;
use axum::Router;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{Modify, OpenApi, PartialSchema, ToSchema};
use utoipa_swagger_ui::SwaggerUi;

/// The document.
#[derive(OpenApi)]
#[openapi(
    info(description = concat!(
        "Between a kiosk and the booking service. ",
        "Times without an offset are Taiwan's civil time."
    )),
    components(schemas(Code, Problem)),
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

/// The document and the page to read it.
pub fn pages<S: Clone + Send + Sync + 'static>(document: utoipa::openapi::OpenApi) -> Router<S> {
    Router::<S>::from(SwaggerUi::new(paths::DOCS).url(paths::OPENAPI, document))
}
