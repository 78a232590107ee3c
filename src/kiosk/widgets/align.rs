//! Where a text stands in its row.

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Align {
    Left,
    Centre,
    Right,
}
