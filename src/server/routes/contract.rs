//! `GET /openapi.json` and `/docs`: the parts of the OpenAPI document that belong to no route, and
//! the pages that show it. The routes are added in `routes/mod.rs`.

use super::problem_pages;
use crate::api::paths;
use crate::api::problem::{Code, Problem};
use crate::domain::booking_number::BookingNumber;
use axum::Router;
use axum::middleware::map_response;
use axum::routing::get;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{Modify, OpenApi, PartialSchema, ToSchema};
use utoipa_swagger_ui::SwaggerUi;

/// The OpenAPI document without its routes.
#[derive(OpenApi)]
#[openapi(
    info(description = concat!(
        "Between a kiosk and the booking service. ",
        "Times without an offset are Taiwan's civil time."
    )),
    components(schemas(Code, Problem)),
    servers((url = "/", description = "The service that has given this document")),
    tags(
        (name = "reads", description = "The round, its sites, slots and free seats, for everybody"),
        (name = "people", description = "A person's session, bookings and registration"),
        (name = "publication", description = "Free slots in FHIR, for programs of others"),
        (name = "staff", description = "Staff at counters and sites: log-in and rights"),
        (name = "attendance", description = "The day at a vaccination site, for its desks"),
        (name = "administration", description = "For whoever runs the service"),
        (name = "operation", description = "Whether it runs, whether it can work, and its metrics")
    ),
    modifiers(&SecuritySchemes)
)]
pub struct Contract;

/// How kiosks, people and the administrator authenticate.
struct SecuritySchemes;

impl Modify for SecuritySchemes {
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
        let staff = "The token of a staff session";
        let staff = ApiKeyValue::with_description(paths::STAFF_HEADER, staff);
        components.add_security_scheme("staff", SecurityScheme::ApiKey(ApiKey::Header(staff)));
        components.add_security_scheme("session", bearer("The token of the person's session"));
        components.add_security_scheme(
            "administrator",
            bearer("The token that `vaxkiosk admin keys` wrote"),
        );
    }
}

/// The round from 01 to 99, and eight digits.
const BOOKING_NUMBER: &str = "^(0[1-9]|[1-9][0-9])[0-9]{8}$";

/// A booking number is ten digits on the wire, whatever it is made of inside.
impl PartialSchema for BookingNumber {
    fn schema() -> RefOr<Schema> {
        let digits = ObjectBuilder::new().schema_type(Type::String).pattern(Some(BOOKING_NUMBER));
        digits.examples(["0200014637"]).build().into()
    }
}
impl ToSchema for BookingNumber {}

/// Serves the document, and the page that shows it.
pub fn pages<S: Clone + Send + Sync + 'static>(document: utoipa::openapi::OpenApi) -> Router<S> {
    Router::<S>::from(SwaggerUi::new(paths::DOCS).url(paths::OPENAPI, document))
        .route("/problems/{code}", get(problem_pages::page))
        .layer(map_response(problem_pages::guarded))
}
