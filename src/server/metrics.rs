//! What the service counts, for Prometheus. Labels are names of ours, never a person's or a
//! device's.

use super::engine::{Answer, Done, EngineError};
use super::store::messages::Outcome;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::time::Duration;

/// The routes as they are counted.
const ROUTES: [&str; 9] =
    ["round", "seats", "sites", "slots", "sessions", "bookings", "admin", "health", "other"];
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct RouteAndClass {
    route: &'static str,
    status: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Route {
    route: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct OutcomeLabel {
    outcome: &'static str,
}

/// A route's counters, found once.
#[derive(Debug)]
struct OfRoute {
    answers: [Counter; CLASSES.len()],
    seconds: Histogram,
}

/// Everything that is counted.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    routes: [OfRoute; ROUTES.len()],
    outcomes: [Counter; OUTCOMES.len()],
    batches: Histogram,
    sets_refused: Counter,
    watch_failures: Counter,
    messages: [Counter; 3],
    waiting: Gauge,
    connections: Gauge,
}

const OUTCOMES: [&str; 5] = ["booked", "refused", "key-reused", "again", "failed"];

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("vaxkiosk");
        let answers = Family::<RouteAndClass, Counter>::default();
        let seconds = Family::<Route, Histogram>::new_with_constructor(|| {
            Histogram::new(exponential_buckets(0.0005, 2.0, 15))
        });
        let outcomes = Family::<OutcomeLabel, Counter>::default();
        let batches = Histogram::new(exponential_buckets(1.0, 2.0, 11));
        registry.register("answers", "Answers by route and class of status", answers.clone());
        registry.register(
            "answer_seconds",
            "Time from a request's head to its answer",
            seconds.clone(),
        );
        registry.register("asks", "Asks that the writer settled, by outcome", outcomes.clone());
        registry.register("batch_size", "Writes in one transaction", batches.clone());
        let (sets_refused, watch_failures) = (Counter::default(), Counter::default());
        registry.register(
            "sets_refused",
            "Sets of writes that a constraint refused as a whole",
            sets_refused.clone(),
        );
        registry.register(
            "watch_failures",
            "Times the database could not be asked for changes",
            watch_failures.clone(),
        );
        let messages = Family::<OutcomeLabel, Counter>::default();
        registry.register(
            "text_messages",
            "Attempts to send a text message, by outcome",
            messages.clone(),
        );
        let (waiting, connections) = (Gauge::default(), Gauge::default());
        registry.register("waiting_writes", "Writes that wait for the writer", waiting.clone());
        registry.register("connections", "Open connections", connections.clone());
        let of_route = |route: &&'static str| OfRoute {
            answers: CLASSES
                .map(|status| answers.get_or_create(&RouteAndClass { route, status }).clone()),
            seconds: seconds.get_or_create(&Route { route }).clone(),
        };
        Self {
            routes: ROUTES.each_ref().map(of_route),
            outcomes: OUTCOMES
                .map(|outcome| outcomes.get_or_create(&OutcomeLabel { outcome }).clone()),
            registry,
            batches,
            sets_refused,
            watch_failures,
            messages: ["sent", "later", "never"]
                .map(|outcome| messages.get_or_create(&OutcomeLabel { outcome }).clone()),
            waiting,
            connections,
        }
    }
}

/// The route as it is counted, by its path; a number of a site or a district is no label.
fn route(path: &str) -> usize {
    let name =
        match path.strip_prefix("/v1/").map(|rest| rest.split('/').next().unwrap_or_default()) {
            Some("districts") => "sites",
            Some("sites") => "slots",
            Some(name) => name,
            None if path.starts_with("/healthz") || path.starts_with("/readyz") => "health",
            None => "other",
        };
    ROUTES.iter().position(|route| *route == name).unwrap_or(ROUTES.len() - 1)
}

impl Metrics {
    pub fn answered(&self, path: &str, status: u16, took: Duration) {
        let of_route = &self.routes[route(path)];
        let class = usize::from(status / 100).clamp(1, CLASSES.len()) - 1;
        of_route.answers[class].inc();
        of_route.seconds.observe(took.as_secs_f64());
    }

    pub fn batch(&self, size: usize) {
        self.batches.observe(size as f64);
    }

    pub fn set_refused(&self) {
        self.sets_refused.inc();
    }

    pub fn watch_failed(&self) {
        self.watch_failures.inc();
    }

    pub fn settled(&self, outcomes: &[Option<Answer>]) {
        for outcome in outcomes {
            let name = match outcome {
                Some(Ok(Done::Booking(_) | Done::Intention(_))) => 0,
                Some(Ok(Done::Nothing)) => continue,
                Some(Err(EngineError::Refused(_))) => 1,
                Some(Err(EngineError::KeyReused | EngineError::Senseless)) => 2,
                None => 3,
                Some(Err(EngineError::Busy | EngineError::Unavailable)) => 4,
            };
            self.outcomes[name].inc();
        }
    }

    pub fn message(&self, outcome: &Outcome) {
        self.messages[match outcome {
            Outcome::Sent(_) => 0,
            Outcome::Later(_) => 1,
            Outcome::Never => 2,
        }]
        .inc();
    }

    pub fn connected(&self) {
        self.connections.inc();
    }

    pub fn disconnected(&self) {
        self.connections.dec();
    }

    /// As text, in the OpenMetrics format.
    pub fn text(&self, waiting: usize) -> String {
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_counted_by_its_kind_and_no_number_is_a_label() {
        let metrics = Metrics::default();
        for (path, name) in [
            ("/v1/round", "round"),
            ("/v1/districts/6300300/sites", "sites"),
            ("/v1/sites/17/slots", "slots"),
            ("/v1/sessions/own", "sessions"),
            ("/v1/bookings", "bookings"),
            ("/readyz", "health"),
            ("/anything/A123456789", "other"),
            ("/v1/A123456789", "other"),
        ] {
            assert_eq!(ROUTES[route(path)], name, "{path}");
            metrics.answered(path, 200, Duration::from_millis(3));
        }
        let text = metrics.text(7);
        assert!(
            text.contains("vaxkiosk_answers_total{route=\"other\",status=\"2xx\"} 2"),
            "{text}"
        );
        assert!(text.contains("vaxkiosk_waiting_writes 7"));
        assert!(!text.contains("A123456789") && !text.contains("6300300"));
    }
}
