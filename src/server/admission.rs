//! Which connections stay open when there are too many. A connection is unproven until a request on
//! it has shown a device's token or certificate, or the administrator's token. Unproven ones have a
//! share of their own, and each address a part of that share: beyond it the oldest is cut off. So a
//! crowd of strangers never shuts out a kiosk, whose first request comes at once.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// Of how many connections one may be unproven.
const UNPROVEN_SHARE: usize = 4;
/// Of how many unproven connections one may come from a single address.
const ADDRESS_SHARE: usize = 4;

/// Lets connections in, and cuts off unproven ones that are too many.
#[derive(Debug)]
pub struct Admission {
    unproven_at_most: usize,
    address_at_most: usize,
    unproven: Mutex<Unproven>,
}

/// The unproven connections.
#[derive(Debug, Default)]
struct Unproven {
    /// By their number, which rises: the first is the oldest.
    all: BTreeMap<u64, (IpAddr, Arc<Notify>)>,
    of_address: HashMap<IpAddr, BTreeMap<u64, Arc<Notify>>>,
    last: u64,
}

impl Unproven {
    fn remove(&mut self, number: u64) -> Option<Arc<Notify>> {
        let (address, cut) = self.all.remove(&number)?;
        if let Some(numbers) = self.of_address.get_mut(&address) {
            numbers.remove(&number);
            if numbers.is_empty() {
                self.of_address.remove(&address);
            }
        }
        Some(cut)
    }
}

impl Admission {
    /// For a service with so many connections at once: a quarter of them may be unproven, and a
    /// quarter of those from one address, but at least eight.
    pub fn new(connections: usize) -> Arc<Self> {
        let unproven_at_most = (connections / UNPROVEN_SHARE).max(8);
        Arc::new(Self {
            unproven_at_most,
            address_at_most: (unproven_at_most / ADDRESS_SHARE).max(8),
            unproven: Mutex::default(),
        })
    }

    /// Lets a connection in. If its address has too many that are unproven, the oldest of them is
    /// cut off; if all together are too many, the oldest of all.
    pub fn admit(self: &Arc<Self>, address: IpAddr) -> Admitted {
        let cut = Arc::new(Notify::new());
        let mut unproven = self.unproven.lock().unwrap_or_else(PoisonError::into_inner);
        unproven.last += 1;
        let number = unproven.last;
        unproven.all.insert(number, (address, Arc::clone(&cut)));
        let same = unproven.of_address.entry(address).or_default();
        same.insert(number, Arc::clone(&cut));
        let too_many = (same.len() > self.address_at_most).then(|| same.first_key_value());
        let oldest = too_many.flatten().map(|(number, _)| *number);
        let too_many = unproven.all.len() > self.unproven_at_most;
        let oldest = oldest.or_else(|| {
            unproven.all.first_key_value().map(|(number, _)| *number).filter(|_| too_many)
        });
        if let Some(oldest) = oldest.and_then(|oldest| unproven.remove(oldest)) {
            oldest.notify_one();
        }
        Admitted { admission: Arc::clone(self), number, cut, proven: AtomicBool::new(false) }
    }

    /// How many connections are unproven.
    pub fn unproven(&self) -> usize {
        self.unproven.lock().unwrap_or_else(PoisonError::into_inner).all.len()
    }

    fn forget(&self, number: u64) {
        self.unproven.lock().unwrap_or_else(PoisonError::into_inner).remove(number);
    }
}

/// A connection that was let in.
#[derive(Debug)]
pub struct Admitted {
    admission: Arc<Admission>,
    number: u64,
    cut: Arc<Notify>,
    proven: AtomicBool,
}

impl Admitted {
    /// Waits until the connection is to be cut off.
    pub async fn cut_off(&self) {
        self.cut.notified().await;
    }

    /// A request on it has shown who sends it, so that it is not cut off any more.
    pub fn prove(&self) {
        if !self.proven.swap(true, Ordering::SeqCst) {
            self.admission.forget(self.number);
        }
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        if !self.proven.load(Ordering::SeqCst) {
            self.admission.forget(self.number);
        }
    }
}

/// In a request's extensions: the connection that it came on.
#[derive(Clone, Debug)]
pub struct OnConnection(pub Arc<Admitted>);

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn address(nth: u8) -> IpAddr {
        [192, 0, 2, nth].into()
    }

    async fn is_cut(admitted: &Admitted) -> bool {
        tokio::time::timeout(Duration::from_millis(1), admitted.cut_off()).await.is_ok()
    }

    #[tokio::test]
    async fn the_oldest_stranger_of_an_address_is_cut_off() {
        let admission = Admission::new(1000);
        let own: Vec<_> = (0..62).map(|_| admission.admit(address(1))).collect();
        let other = admission.admit(address(2));
        assert!(!is_cut(&own[0]).await);
        own[1].prove();
        let next = admission.admit(address(1));
        assert!(!is_cut(&own[0]).await, "one of them is no stranger");
        let last = admission.admit(address(1));
        assert!(is_cut(&own[0]).await);
        for there in own[1..].iter().chain([&other, &next, &last]) {
            assert!(!is_cut(there).await);
        }
    }

    #[tokio::test]
    async fn the_oldest_of_all_strangers_is_cut_off() {
        let admission = Admission::new(100);
        let all: Vec<_> = (0..25).map(|nth| admission.admit(address(nth))).collect();
        assert_eq!(admission.unproven(), 25);
        all[0].prove();
        let next = admission.admit(address(30));
        assert!(!is_cut(&all[1]).await);
        let last = admission.admit(address(31));
        assert!(!is_cut(&all[0]).await, "it is proven");
        assert!(is_cut(&all[1]).await);
        drop((all, next, last));
        assert_eq!(admission.unproven(), 0);
    }
}
