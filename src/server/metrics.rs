//! The service's metrics, for Prometheus. No label names a person or a device, and a route is
//! labelled by its pattern: otherwise each site and district would be a label of its own.

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::fmt::Write;
use std::time::Duration;

/// The outcome of a write.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WriteOutcome {
    /// Done, whatever it was; the label says `booked`.
    Done,
    Refused,
    KeyReused,
    /// Put back, to be settled with the next set.
    Again,
    Failed,
}

/// The outcome of an attempt to send a text message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MessageOutcome {
    Sent,
    Later,
    Never,
}

/// The class of an answer's status.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum StatusClass {
    Informational,
    Success,
    Redirection,
    ClientError,
    ServerError,
}

impl StatusClass {
    fn of(status: u16) -> Self {
        match status / 100 {
            0 | 1 => StatusClass::Informational,
            2 => StatusClass::Success,
            3 => StatusClass::Redirection,
            4 => StatusClass::ClientError,
            _ => StatusClass::ServerError,
        }
    }
}

/// Gives each variant its label. The library's derive would write the variant's own name, and
/// dashboards know these texts.
macro_rules! label {
    ($kind:ty: $($variant:ident => $text:literal),+) => {
        impl EncodeLabelValue for $kind {
            fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), std::fmt::Error> {
                encoder.write_str(match self {
                    $(Self::$variant => $text,)+
                })
            }
        }
    };
}
label!(WriteOutcome: Done => "booked", Refused => "refused", KeyReused => "key-reused",
    Again => "again", Failed => "failed");
label!(MessageOutcome: Sent => "sent", Later => "later", Never => "never");
label!(StatusClass: Informational => "1xx", Success => "2xx", Redirection => "3xx",
    ClientError => "4xx", ServerError => "5xx");

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct AnswerLabels {
    route: String,
    status: StatusClass,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct WriteLabels {
    outcome: WriteOutcome,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct MessageLabels {
    outcome: MessageOutcome,
}

/// The label of a request that matched no route.
const NO_ROUTE: &str = "other";

/// Every metric of the service.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    answers: Family<AnswerLabels, Counter>,
    seconds: Family<RouteLabels, Histogram, fn() -> Histogram>,
    writes: Family<WriteLabels, Counter>,
    batches: Histogram,
    sets_refused: Counter,
    watch_failures: Counter,
    messages: Family<MessageLabels, Counter>,
    waiting: Gauge,
    connections: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let seconds: fn() -> Histogram = || Histogram::new(exponential_buckets(0.0005, 2.0, 15));
        let mut metrics = Self {
            registry: Registry::with_prefix("vaxkiosk"),
            answers: Family::default(),
            seconds: Family::new_with_constructor(seconds),
            writes: Family::default(),
            batches: Histogram::new(exponential_buckets(1.0, 2.0, 11)),
            sets_refused: Counter::default(),
            watch_failures: Counter::default(),
            messages: Family::default(),
            waiting: Gauge::default(),
            connections: Gauge::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let Self { registry, answers, seconds, writes, batches, .. } = self;
        registry.register("answers", "Answers by route and class of status", answers.clone());
        registry.register(
            "answer_seconds",
            "Time from a request's head to its answer",
            seconds.clone(),
        );
        registry.register("writes", "Writes that were settled, by outcome", writes.clone());
        registry.register("batch_size", "Writes in one transaction", batches.clone());
        registry.register(
            "sets_refused",
            "Sets of writes that a constraint refused as a whole",
            self.sets_refused.clone(),
        );
        registry.register(
            "watch_failures",
            "Times the database could not be asked for changes",
            self.watch_failures.clone(),
        );
        registry.register(
            "text_messages",
            "Attempts to send a text message, by outcome",
            self.messages.clone(),
        );
        registry.register(
            "waiting_writes",
            "Writes that wait for the writer",
            self.waiting.clone(),
        );
        registry.register("connections", "Open connections", self.connections.clone());
    }

    /// Counts an answered request. `route` is the pattern that it matched, if any.
    pub fn answered(&self, route: Option<&str>, status: u16, took: Duration) {
        let route = route.unwrap_or(NO_ROUTE).to_owned();
        self.seconds
            .get_or_create(&RouteLabels { route: route.clone() })
            .observe(took.as_secs_f64());
        self.answers.get_or_create(&AnswerLabels { route, status: StatusClass::of(status) }).inc();
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

    pub fn wrote(&self, outcome: WriteOutcome) {
        self.writes.get_or_create(&WriteLabels { outcome }).inc();
    }

    pub fn message(&self, outcome: MessageOutcome) {
        self.messages.get_or_create(&MessageLabels { outcome }).inc();
    }

    pub fn connected(&self) {
        self.connections.inc();
    }

    pub fn disconnected(&self) {
        self.connections.dec();
    }

    /// All metrics as text, in the OpenMetrics format. `waiting` is the length of the writer's
    /// queue now.
    pub fn text(&self, waiting: usize) -> String {
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// The same metrics in Prometheus's text format 0.0.4, for readers that know no OpenMetrics. There
/// a counter's type and help stand under the name of its sample, which ends in `_total`, and the
/// text has no end mark.
pub fn in_text_format(openmetrics: &str) -> String {
    let mut text = String::with_capacity(openmetrics.len() + 256);
    let mut help = "";
    for line in openmetrics.lines() {
        let counter = line.strip_prefix("# TYPE ").and_then(|rest| rest.strip_suffix(" counter"));
        match (counter, line) {
            _ if line.starts_with("# HELP ") => help = line,
            (Some(name), _) => {
                let meaning = help.trim_start_matches("# HELP ").trim_start_matches(name);
                // Writing to a string cannot fail.
                let _ = writeln!(text, "# HELP {name}_total{meaning}\n# TYPE {name}_total counter");
            }
            (None, _) if line.starts_with("# TYPE ") => {
                let _ = writeln!(text, "{help}\n{line}");
            }
            (None, _) if line.starts_with("# ") => {}
            (None, sample) => {
                let _ = writeln!(text, "{sample}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_counted_by_its_routes_pattern_and_the_class_of_its_status() {
        let metrics = Metrics::default();
        for (route, status) in [
            (Some("/v1/sites/{site}/slots"), 200),
            (Some("/v1/sites/{site}/slots"), 304),
            (None, 404),
        ] {
            metrics.answered(route, status, Duration::from_millis(3));
        }
        metrics.wrote(WriteOutcome::Done);
        metrics.message(MessageOutcome::Later);
        let text = metrics.text(7);
        for line in [
            "vaxkiosk_answers_total{route=\"/v1/sites/{site}/slots\",status=\"2xx\"} 1",
            "vaxkiosk_answers_total{route=\"/v1/sites/{site}/slots\",status=\"3xx\"} 1",
            "vaxkiosk_answers_total{route=\"other\",status=\"4xx\"} 1",
            "vaxkiosk_writes_total{outcome=\"booked\"} 1",
            "vaxkiosk_text_messages_total{outcome=\"later\"} 1",
            "vaxkiosk_waiting_writes 7",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }

    #[test]
    fn the_text_format_has_a_counters_help_under_its_samples_name() {
        let metrics = Metrics::default();
        metrics.wrote(WriteOutcome::Done);
        metrics.batch(3);
        let text = in_text_format(&metrics.text(0));
        for part in [
            "# HELP vaxkiosk_writes_total Writes that were settled, by outcome.\n\
             # TYPE vaxkiosk_writes_total counter\n\
             vaxkiosk_writes_total{outcome=\"booked\"} 1\n",
            "# HELP vaxkiosk_batch_size Writes in one transaction.\n\
             # TYPE vaxkiosk_batch_size histogram\n\
             vaxkiosk_batch_size_sum 3.0\n",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        assert!(!text.contains("# EOF"), "{text}");
    }
}
