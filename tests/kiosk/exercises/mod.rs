//! The exercises that ship, each passed by a script and failed by another: the real cabinet, the
//! demo's own service over the loopback, and facts that are read from its database.

mod counters;
mod going_on;
mod judging;
mod mistakes;
mod rig;
mod schema;
mod shops;
mod sites;

use rig::{Do, Rig};
use vaxkiosk::training::debrief::Debriefing;
use vaxkiosk::training::fact::Fact;

/// Plays a script and checks that nothing was missed.
fn passes(id: &str, script: &[Do]) -> Debriefing {
    let (debriefing, played) = Rig::play(id, script);
    let missed: Vec<&Fact> = debriefing.verdict.missed().map(|reason| &reason.fact).collect();
    assert!(missed.is_empty() && debriefing.verdict.passed, "{id} misses {missed:?}\n{played}");
    assert!(debriefing.verdict.score > 59, "{:?}", debriefing.verdict.points);
    println!("{id}: {} points, {} presses", debriefing.verdict.score, debriefing.presses);
    debriefing
}

/// Plays a script and checks that exactly these were missed, in the order of the file.
fn fails(id: &str, script: &[Do], wanted: &[Fact]) {
    let (debriefing, played) = Rig::play(id, script);
    let missed: Vec<Fact> = debriefing.verdict.missed().map(|reason| reason.fact.clone()).collect();
    assert_eq!(missed, wanted, "{id}\n{played}");
    assert!(!debriefing.verdict.passed && debriefing.verdict.score <= 59);
}
