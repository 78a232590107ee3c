//! Who did something, as the audit trail names them.

use super::ids::{DeviceId, StaffId};

/// Who did it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Actor {
    Device(DeviceId),
    /// Logged-in staff, and at which device.
    Staff {
        staff: StaffId,
        device: DeviceId,
    },
    /// Whoever gives `vaxkiosk admin` commands, or has the administrator's token.
    Administrator,
    /// The service by itself.
    Service,
}

impl Actor {
    /// As it is stored: `device 17`, `staff 5 at device 17`, `administrator`, `service`.
    pub fn text(self) -> String {
        match self {
            Actor::Device(device) => format!("device {}", device.0),
            Actor::Staff { staff, device } => format!("staff {} at device {}", staff.0, device.0),
            Actor::Administrator => "administrator".into(),
            Actor::Service => "service".into(),
        }
    }
}
