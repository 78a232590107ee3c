//! Whether something of a person is left on the kiosk: on its screen or in its state.

use crate::stage::Stage;
use vaxkiosk::devices::simulated::people::PracticeCard;

/// Beginnings of phone numbers of those who use the kiosk in a test, of sessions and of receipts.
const SECRETS: [&str; 5] = ["secret-of-a-session", "VAX1:", "0912345", "0912 ***", "02000146"];

/// What is left of somebody: a name, a number, masked or not, a session, a receipt.
pub fn left_of_anybody(stage: &Stage) -> Option<String> {
    let seen = format!("{}{:?}", stage.text(), stage.cabinet.journey);
    let faces = PracticeCard::ALL.into_iter().filter_map(|card| card.face().ok());
    let of_people = faces.flat_map(|face| {
        let whole = [face.id.expose(), face.name.expose(), face.number.expose()];
        let masked = [face.id.masked(), face.name.masked()];
        whole.map(str::to_owned).into_iter().chain(masked).collect::<Vec<_>>()
    });
    of_people.chain(SECRETS.map(str::to_owned)).find(|secret| seen.contains(secret))
}
