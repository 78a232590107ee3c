//! Where "back" leads from each screen. What comes next is in `flow`.

use super::Journey;
use super::effect::Effect;
use super::session::Purpose;
use crate::domain::region::CountyIndex;
use crate::kiosk::screens::Screen;
use crate::kiosk::screens::county::CountyPick;
use crate::kiosk::screens::district::DistrictPick;
use crate::kiosk::screens::farewell::Reason;
use crate::kiosk::screens::question::Question;
use crate::kiosk::screens::waiting::What;

impl Journey {
    pub(super) fn back(&mut self, effects: &mut Vec<Effect>) {
        let purpose = self.purpose();
        match &mut self.screen {
            Screen::Attract | Screen::Submitting(_) | Screen::Farewell(_) => {}
            Screen::Language => self.end(Reason::Left, effects),
            Screen::Ways => {
                if let Some(session) = &mut self.session {
                    session.way = None;
                }
                self.show(Screen::Card);
                self.after_card();
            }
            Screen::SystemCheck(_) | Screen::Found => self.leave_way(effects),
            Screen::Entry(_) => self.back_from_entry(effects),
            Screen::Privacy
                if self.session.as_ref().is_some_and(|session| session.way.is_some()) =>
            {
                self.leave_way(effects);
            }
            Screen::Card | Screen::Privacy | Screen::Service => self.show(Screen::Language),
            Screen::WhyNot(_) => {
                if self.session.as_ref().is_some_and(|session| session.token.is_some()) {
                    self.services(effects);
                } else {
                    self.end(Reason::Left, effects);
                }
            }
            Screen::Waiting(waiting) => {
                let what = waiting.what;
                let typed = self.session.as_ref().is_some_and(|session| session.way.is_some());
                match what {
                    What::Standing if typed => self.leave_way(effects),
                    What::Graphic { .. } | What::Found => self.leave_way(effects),
                    _ => self.back_from_waiting(what),
                }
            }
            Screen::PhoneOffer | Screen::Notice(_) | Screen::Intention { .. } => {
                self.services(effects)
            }
            Screen::Question(Question::CancelBooking) => self.show_booking(),
            Screen::Question(Question::WithdrawIntention) => {
                self.show(Screen::Intention { existing: true })
            }
            Screen::Brands(_) => {
                let district = self.session.as_ref().and_then(|session| session.district);
                let county = district.map_or(CountyIndex(0), |district| district.county);
                self.show(Screen::District(DistrictPick::new(county)));
            }
            Screen::Phone(phone) => {
                if !phone.back() {
                    let offered =
                        self.session.as_ref().is_some_and(|s| s.registered_mobile().is_some());
                    self.show(if offered { Screen::PhoneOffer } else { Screen::Service });
                }
            }
            Screen::County(_) if purpose == Purpose::Moving => self.show_booking(),
            Screen::County(_) => self.ask_mobile(),
            Screen::District(pick) => {
                let county = pick.county;
                self.show(Screen::County(CountyPick::at(county)));
            }
            Screen::Site(pick) => {
                let county = pick.district.county;
                self.show(Screen::District(DistrictPick::new(county)));
            }
            Screen::Slot(_) => self.back_to_sites(effects),
            Screen::Review if purpose == Purpose::Registering => self.ask_brands(),
            Screen::Review => {
                let site = self
                    .session
                    .as_ref()
                    .and_then(|session| session.site.as_ref())
                    .map(|site| site.id);
                if let Some(session) = &mut self.session {
                    session.slot = None;
                }
                if let Some(site) = site {
                    self.wait_for(What::Slots { site, taken: false }, effects);
                }
            }
            Screen::Receipt(receipt) => {
                if receipt.qr {
                    receipt.qr = false;
                } else {
                    self.services(effects);
                }
            }
        }
    }

    fn back_from_waiting(&mut self, what: What) {
        let district = self.session.as_ref().and_then(|session| session.district);
        self.show(match (what, district) {
            (What::Standing | What::Graphic { .. } | What::Found, _) => Screen::Privacy,
            (What::StandingAfterRefusal | What::StandingAgain | What::Seats, _) => Screen::Service,
            (What::Sites(_) | What::Slots { .. }, Some(district)) => {
                Screen::District(DistrictPick::new(district.county))
            }
            (What::Sites(_) | What::Slots { .. }, None) => Screen::Service,
        });
    }

    fn back_to_sites(&mut self, effects: &mut Vec<Effect>) {
        if let Some(district) = self.session.as_ref().and_then(|session| session.district) {
            self.wait_for(What::Sites(district.code), effects);
        }
    }
}
