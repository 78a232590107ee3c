//! The store over a fresh database, with the town in it.

use crate::databases::{Fresh, Kind};
use crate::town::{self, open};
use vaxkiosk::server::service::seal;
use vaxkiosk::server::store::Store;

pub async fn store_at(random: &Fresh) -> Store {
    Store::open(&random.address, seal(&town::secrets(), &town::env(open()))).await.unwrap()
}

pub async fn town_at(kind: Kind, people: u32, seats: u32) -> (Fresh, Store) {
    let random = kind.fresh();
    let store = store_at(&random).await;
    town::settle(&store, people, seats).await;
    (random, store)
}
