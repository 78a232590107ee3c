//! What is said, in the person's language and beside it in Chinese.

/// A text as it is said, and its Chinese when 中文對照 is on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    pub main: String,
    pub zh: Option<String>,
}

impl Words {
    /// The same in every language: a number, a name, an address.
    pub fn same(text: impl Into<String>) -> Self {
        Self { main: text.into(), zh: None }
    }

    /// Without the Chinese: where it would crowd what it should help with.
    pub fn alone(self) -> Self {
        Self { zh: None, ..self }
    }

    /// Both on one line.
    pub fn joined(&self) -> String {
        match &self.zh {
            Some(zh) => format!("{} ／ {zh}", self.main),
            None => self.main.clone(),
        }
    }
}
