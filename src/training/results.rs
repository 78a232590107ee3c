//! What was done before: which exercise, with which score, when. Kept in memory for the run of the
//! program, and in a file only where the trainer says so. It names nobody.

use jiff::Timestamp;

/// A run that was judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Done {
    /// The exercise's id.
    pub exercise: String,
    pub score: u8,
    pub passed: bool,
    /// When it ended, by the machine's own clock and not by that of the practice world.
    pub ended: Timestamp,
}

/// All of them, the oldest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Results {
    done: Vec<Done>,
}

impl Results {
    pub fn add(&mut self, done: Done) {
        self.done.push(done);
    }

    /// All runs of one exercise, the oldest first.
    pub fn of<'a>(&'a self, exercise: &'a str) -> impl Iterator<Item = &'a Done> {
        self.done.iter().filter(move |done| done.exercise == exercise)
    }

    /// The best score of an exercise.
    pub fn best(&self, exercise: &str) -> Option<u8> {
        self.of(exercise).map(|done| done.score).max()
    }

    /// Whether it was passed at least once.
    pub fn passed(&self, exercise: &str) -> bool {
        self.of(exercise).any(|done| done.passed)
    }
}

impl Done {
    /// A line of the file: no word in it can have a comma.
    pub fn line(&self) -> String {
        let Self { exercise, score, passed, ended } = self;
        format!("{exercise},{score},{passed},{ended}")
    }

    /// `None` for a line that is none of ours.
    fn of_line(line: &str) -> Option<Self> {
        let mut words = line.trim().split(',');
        let exercise = words.next()?.to_owned();
        let score = words.next()?.parse().ok().filter(|score| *score <= 100)?;
        let passed = words.next()?.parse().ok()?;
        Some(Self { exercise, score, passed, ended: words.next()?.parse().ok()? })
    }
}

impl Results {
    /// The first line of the file.
    pub const HEAD: &'static str = "exercise,score,passed,ended";

    /// Reads the text of a file. Lines that are none of ours are passed over: a trainer may have
    /// written something beside them.
    pub fn read(text: &str) -> Self {
        Self { done: text.lines().filter_map(Done::of_line).collect() }
    }
}
