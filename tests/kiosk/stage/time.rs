//! Time on the stage: it goes by second by second, as the loop ticks.

use super::Stage;
use std::time::Duration;
use vaxkiosk::kiosk::model::event::Event;

impl Stage {
    pub fn wait(&mut self, seconds: u64) {
        (0..seconds).for_each(|_| {
            self.wait_unseen(1);
            self.draw();
        });
    }

    /// As [`wait`](Self::wait), but the frames are not drawn.
    pub fn wait_unseen(&mut self, seconds: u64) {
        (0..seconds).for_each(|_| {
            self.uptime += Duration::from_secs(1);
            self.event_quietly(Event::Tick);
        });
    }
}
