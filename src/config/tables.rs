//! The tables of a programme as CSV: sites, slots and roster. They are read row by row, and each
//! mistake is named with its line and what would be right. Nothing is written here.

use super::password_hash;
use crate::domain::card::{Card, CardNumber};
use crate::domain::identity::IdNumber;
use crate::domain::person::{BirthDate, Category, Name};
use crate::domain::region::{DistrictCode, district};
use crate::domain::round::Brand;
use crate::domain::site::{Site, SiteId};
use crate::i18n::messages as say;
use crate::i18n::messages::Message;
use csv::{ReaderBuilder, StringRecord, StringRecordsIntoIter, Trim};
use jiff::civil::{Date, DateTime, date};
use std::io::Read;
use std::ops::RangeInclusive;

/// What is wrong with a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// The row is not UTF-8, or a quote in it does not end.
    Unreadable,
    /// Other columns than these.
    Columns(&'static [&'static str]),
    Id,
    Card,
    Name,
    Born,
    Category,
    Password,
    Twice,
    Number,
    District,
    Brand,
    Empty,
    Site,
    Time,
    Order,
    /// A text with control characters or a web address, or longer than [`TEXT_AT_MOST`].
    Text,
    Capacity,
    /// Fewer seats than are taken already.
    BelowTaken,
    /// A slot that begins before the round opens, or more than a year after.
    OutsideRound,
    /// A slot that overlaps another of its site.
    Overlap,
    /// A site of another round.
    SiteElsewhere,
    /// Another brand for a site where people have booked.
    BrandBooked,
}

/// Characters of a name or an address at most.
const TEXT_AT_MOST: usize = 100;
/// Characters of a wrong cell that are shown.
const SHOWN_AT_MOST: usize = 40;
/// Seats of a slot at most.
const CAPACITY_AT_MOST: u32 = 10_000;
/// Nobody who is alive was born before.
const BORN_FROM: Date = date(1900, 1, 1);
/// Nor will anybody be who was born on or after this day, before the roster is another program's.
const BORN_BEFORE: Date = date(2100, 1, 1);

/// A row that cannot be imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowMistake {
    /// The line in the file, from 1; the header is line 1.
    pub line: u64,
    /// `None` if it is not one cell that is wrong.
    pub cell: Option<WrongCell>,
    pub wrong: Wrong,
}

/// The cell of a row that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrongCell {
    pub column: &'static str,
    /// What stands in it, as far as it can be shown; `None` if it is of a person.
    pub found: Option<String>,
}

impl RowMistake {
    /// Of a row as a whole.
    pub fn of_row(line: u64, wrong: Wrong) -> Self {
        Self { line, cell: None, wrong }
    }
}

impl Wrong {
    /// What would be right, said by `say`.
    pub fn tell(self, say: impl FnOnce(&dyn Message) -> String) -> String {
        let message: &dyn Message = match self {
            Wrong::Unreadable => &say::RowUnreadable,
            Wrong::Columns(columns) => &say::RowColumns { columns: columns.join(",").into() },
            Wrong::Id => &say::RowId,
            Wrong::Card => &say::RowCard,
            Wrong::Name => &say::RowName,
            Wrong::Born => &say::RowBorn,
            Wrong::Category => &say::RowCategory,
            Wrong::Password => &say::RowPassword,
            Wrong::Twice => &say::RowTwice,
            Wrong::Number => &say::RowNumber,
            Wrong::District => &say::RowDistrict,
            Wrong::Brand => &say::RowBrand,
            Wrong::Empty => &say::RowEmpty,
            Wrong::Site => &say::RowSite,
            Wrong::Time => &say::RowTime,
            Wrong::Order => &say::RowOrder,
            Wrong::Text => &say::RowText,
            Wrong::Capacity => &say::RowCapacity,
            Wrong::BelowTaken => &say::RowBelowTaken,
            Wrong::OutsideRound => &say::RowOutsideRound,
            Wrong::Overlap => &say::RowOverlap,
            Wrong::SiteElsewhere => &say::RowSiteElsewhere,
            Wrong::BrandBooked => &say::RowBrandBooked,
        };
        say(message)
    }
}

/// A person on the roster.
#[derive(Debug)]
pub struct RosterRow {
    pub card: Card,
    pub category: Option<Category>,
    /// The hash of the registered password, an Argon2id PHC string; `None` if the person has none.
    pub password_hash: Option<String>,
}

/// A slot to be added to a site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SlotRow {
    pub site: SiteId,
    pub starts: DateTime,
    pub ends: DateTime,
    pub capacity: u32,
}

/// A kind of row, with the header of its table.
pub trait Row: Sized {
    /// Its header, as it must stand in the first line.
    const COLUMNS: &'static [&'static str];

    /// Whether what stands in it is of people.
    const IS_PERSONAL: bool;

    /// Reads a row, which has as many cells as there are columns, and names the first thing that is
    /// wrong, with its column from 0.
    fn read(cells: &StringRecord) -> Result<Self, (usize, Wrong)>;
}

/// Whether this character steers a terminal, or changes the direction of what follows (Unicode UAX
/// #9).
fn steers(c: char) -> bool {
    const TURNING: [RangeInclusive<char>; 3] =
        ['\u{200E}'..='\u{200F}', '\u{202A}'..='\u{202E}', '\u{2066}'..='\u{2069}'];
    c.is_control() || TURNING.iter().any(|range| range.contains(&c))
}

/// A text that a screen and a message can show, and not too long. A message with an address of the
/// web in it looks like fraud, and telephones make it a link.
fn decent(text: &str) -> Result<&str, Wrong> {
    let has_link = text.contains("://");
    if text.contains(steers) || has_link || text.chars().count() > TEXT_AT_MOST {
        return Err(Wrong::Text);
    }
    Ok(text)
}

impl Row for RosterRow {
    const COLUMNS: &'static [&'static str] =
        &["id", "card", "name", "born", "category", "password_hash"];
    const IS_PERSONAL: bool = true;

    fn read(cells: &StringRecord) -> Result<Self, (usize, Wrong)> {
        let cell = |at: usize| cells.get(at).unwrap_or_default();
        let filled = |at: usize| Some(cell(at)).filter(|text| !text.is_empty());
        let password = filled(5);
        if password.is_some_and(|hash| !password_hash::is_usable(hash)) {
            return Err((5, Wrong::Password));
        }
        let name = filled(2).ok_or((2, Wrong::Name))?;
        let born = cell(3).parse().ok().filter(|born| (BORN_FROM..BORN_BEFORE).contains(born));
        Ok(Self {
            card: Card {
                id: IdNumber::parse(cell(0)).map_err(|_| (0, Wrong::Id))?,
                number: CardNumber::parse(cell(1)).map_err(|_| (1, Wrong::Card))?,
                name: Name::new(decent(name).map_err(|wrong| (2, wrong))?),
                born: BirthDate(born.ok_or((3, Wrong::Born))?),
            },
            category: filled(4)
                .map(|text| text.parse().map(Category).map_err(|_| (4, Wrong::Category)))
                .transpose()?,
            password_hash: password.map(str::to_owned),
        })
    }
}

impl Row for Site {
    const COLUMNS: &'static [&'static str] =
        &["number", "district", "name_zh", "name_en", "address_zh", "address_en", "brand"];
    const IS_PERSONAL: bool = false;

    fn read(cells: &StringRecord) -> Result<Self, (usize, Wrong)> {
        let cell = |at: usize| cells.get(at).unwrap_or_default();
        let text = |at: usize| {
            let text = Some(cell(at)).filter(|text| !text.is_empty()).ok_or((at, Wrong::Empty))?;
            decent(text).map(str::to_owned).map_err(|wrong| (at, wrong))
        };
        let number = cell(0).parse().ok().filter(|number| *number > 0);
        let known = cell(1).parse().ok().and_then(|code| district(DistrictCode(code)));
        Ok(Self {
            id: SiteId(number.ok_or((0, Wrong::Number))?),
            district: known.ok_or((1, Wrong::District))?.code,
            name_zh: text(2)?,
            name_en: text(3)?,
            address_zh: text(4)?,
            address_en: text(5)?,
            brand: Brand::from_code(cell(6)).ok_or((6, Wrong::Brand))?,
        })
    }
}

impl Row for SlotRow {
    const COLUMNS: &'static [&'static str] = &["site", "starts", "ends", "capacity"];
    const IS_PERSONAL: bool = false;

    fn read(cells: &StringRecord) -> Result<Self, (usize, Wrong)> {
        let cell = |at: usize| cells.get(at).unwrap_or_default();
        let time = |at: usize| cell(at).parse::<DateTime>().map_err(|_| (at, Wrong::Time));
        let (starts, ends) = (time(1)?, time(2)?);
        if starts >= ends || starts.date() != ends.date() {
            return Err((2, Wrong::Order));
        }
        let site = SiteId(cell(0).parse().map_err(|_| (0, Wrong::Number))?);
        let capacity = cell(3).parse().map_err(|_| (3, Wrong::Number))?;
        if !(1..=CAPACITY_AT_MOST).contains(&capacity) {
            return Err((3, Wrong::Capacity));
        }
        Ok(Self { site, starts, ends, capacity })
    }
}

/// The rows of a file, each with its line.
pub struct Rows<R: Read, T> {
    records: StringRecordsIntoIter<R>,
    row: std::marker::PhantomData<T>,
}

impl<R: Read, T: Row> Rows<R, T> {
    /// Reads the header.
    ///
    /// # Errors
    /// A [`RowMistake`] in line 1 if the header is not this table's.
    pub fn new(file: R) -> Result<Self, RowMistake> {
        let mut reader = ReaderBuilder::new().trim(Trim::All).flexible(true).from_reader(file);
        let right =
            reader.headers().is_ok_and(|header| header.iter().eq(T::COLUMNS.iter().copied()));
        if !right {
            return Err(RowMistake::of_row(1, Wrong::Columns(T::COLUMNS)));
        }
        Ok(Self { records: reader.into_records(), row: std::marker::PhantomData })
    }
}

impl<R: Read, T: Row> Iterator for Rows<R, T> {
    type Item = Result<(u64, T), RowMistake>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.records.reader().position().line();
        Some(match self.records.next()? {
            Err(error) => {
                let line = error.position().map_or(line, csv::Position::line);
                Err(RowMistake::of_row(line, Wrong::Unreadable))
            }
            Ok(record) => {
                let line = record.position().map_or(line, csv::Position::line);
                if record.len() != T::COLUMNS.len() {
                    return Some(Err(RowMistake::of_row(line, Wrong::Columns(T::COLUMNS))));
                }
                T::read(&record).map(|row| (line, row)).map_err(|(at, wrong)| {
                    let shown = |text: &str| {
                        text.chars().filter(|c| !steers(*c)).take(SHOWN_AT_MOST).collect()
                    };
                    let found = record.get(at).filter(|_| !T::IS_PERSONAL).map(shown);
                    let cell = T::COLUMNS.get(at).map(|column| WrongCell { column, found });
                    RowMistake { line, cell, wrong }
                })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn mistakes<T: Row>(text: &str) -> Vec<(u64, Wrong)> {
        match Rows::<_, T>::new(text.as_bytes()) {
            Err(mistake) => vec![(mistake.line, mistake.wrong)],
            Ok(rows) => {
                rows.filter_map(Result::err).map(|mistake| (mistake.line, mistake.wrong)).collect()
            }
        }
    }

    const ROSTER_COLUMNS: Wrong = Wrong::Columns(RosterRow::COLUMNS);
    const ROSTER: &str = "id,card,name,born,category,password_hash\n";

    #[rstest]
    #[case("A123456789,000000000001,甄健康,1980-01-01,9,\n", &[])]
    #[case("A123456789, 0000-0000-0001 ,\"NGUYEN, THI MAU\",1980-01-01,,\n", &[])]
    #[case("A123456789,000000000001,甄健康,1980-01-01,9,$argon2id$x\n", &[(2, Wrong::Password)])]
    #[case("A123456788,000000000001,甄健康,1980-01-01,9,\n", &[(2, Wrong::Id)])]
    #[case("A123456789,1,甄健康,1980-01-01,9,\n", &[(2, Wrong::Card)])]
    #[case("A123456789,000000000001,,1980-01-01,9,\n", &[(2, Wrong::Name)])]
    #[case("A123456789,000000000001,甄健康,1980-02-30,9,\n", &[(2, Wrong::Born)])]
    #[case("A123456789,000000000001,甄健康,1980-01-01,nine,\n", &[(2, Wrong::Category)])]
    #[case("A123456789,000000000001,甄健康,1980-01-01,9,secret\n", &[(2, Wrong::Password)])]
    #[case("A123456789,000000000001,甄健康,1980-01-01,9,$2b$12$x\n", &[(2, Wrong::Password)])]
    #[case("A123456789,000000000001,甄健康,1980-01-01,9,$argon2i$v=19\n", &[(2, Wrong::Password)])]
    #[case("A123456789,000000000001\nx\n", &[(2, ROSTER_COLUMNS), (3, ROSTER_COLUMNS)])]
    fn a_bad_row_of_the_roster_has_its_line_and_reason(
        #[case] rows: &str,
        #[case] expected: &[(u64, Wrong)],
    ) {
        assert_eq!(mistakes::<RosterRow>(&format!("{ROSTER}{rows}")), expected);
    }

    #[test]
    fn another_table_is_said_at_once_and_all_bad_rows_are_named() {
        assert_eq!(mistakes::<RosterRow>("a,b\n1,2\n"), [(1, ROSTER_COLUMNS)]);
        let good = "A123456789,000000000001,甄健康,1980-01-01,9,\n";
        let bad = "A1,1,x,y,z,\n";
        assert_eq!(
            mistakes::<RosterRow>(&format!("{ROSTER}{good}{bad}{good}{bad}")),
            [(3, Wrong::Id), (5, Wrong::Id)]
        );
        let broken = [ROSTER.as_bytes(), b"A123456789,\xff,x,1980-01-01,9,\n"].concat();
        let rows = Rows::<_, RosterRow>::new(broken.as_slice())
            .unwrap()
            .filter_map(Result::err)
            .collect::<Vec<_>>();
        assert_eq!(rows, [RowMistake::of_row(2, Wrong::Unreadable)]);
    }

    #[test]
    fn what_stands_in_a_wrong_cell_is_said_unless_it_is_of_a_person() {
        let slots = "site,starts,ends,capacity\n1,2027-07-16T09:00,2027-07-16T10:00,many\n";
        let wrong = Rows::<_, SlotRow>::new(slots.as_bytes()).unwrap().next().unwrap();
        let cell = WrongCell { column: "capacity", found: Some("many".into()) };
        assert_eq!(
            wrong.unwrap_err(),
            RowMistake { line: 2, cell: Some(cell), wrong: Wrong::Number }
        );
        let roster = format!("{ROSTER}A123456788,000000000001,甄健康,1980-01-01,9,\n");
        let wrong = Rows::<_, RosterRow>::new(roster.as_bytes()).unwrap().next().unwrap();
        let cell = WrongCell { column: "id", found: None };
        assert_eq!(wrong.unwrap_err(), RowMistake { line: 2, cell: Some(cell), wrong: Wrong::Id });
    }

    #[rstest]
    #[case("1,2027-07-16T09:00,2027-07-16T10:00,50\n", &[])]
    #[case("1,2027-07-16T10:00,2027-07-16T10:00,50\n", &[(2, Wrong::Order)])]
    #[case("1,2027-07-16T23:00,2027-07-17T01:00,50\n", &[(2, Wrong::Order)])]
    #[case("1,2027-07-16 9,2027-07-16T10:00,50\n", &[(2, Wrong::Time)])]
    #[case("1,2027-07-16T09:00,2027-07-16T10:00,-1\n", &[(2, Wrong::Number)])]
    fn slots(#[case] rows: &str, #[case] expected: &[(u64, Wrong)]) {
        assert_eq!(mistakes::<SlotRow>(&format!("site,starts,ends,capacity\n{rows}")), expected);
    }

    #[rstest]
    #[case("1,6300300,大安站,Daan Site,臺北市,Taipei,AZ\n", &[])]
    #[case("1,1,大安站,Daan Site,臺北市,Taipei,AZ\n", &[(2, Wrong::District)])]
    #[case("1,6300300,大安站,,臺北市,Taipei,AZ\n", &[(2, Wrong::Empty)])]
    #[case("1,6300300,大安站,Daan Site,臺北市,Taipei,BNT\n", &[(2, Wrong::Brand)])]
    #[case("1,6300300,大安站,see http://evil.example,臺北市,Taipei,AZ\n", &[(2, Wrong::Text)])]
    fn sites(#[case] rows: &str, #[case] expected: &[(u64, Wrong)]) {
        let header = "number,district,name_zh,name_en,address_zh,address_en,brand\n";
        assert_eq!(mistakes::<Site>(&format!("{header}{rows}")), expected);
    }
}
