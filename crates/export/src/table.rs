//! A flat table: typed columns, and cells that may be empty.
use serde::Deserialize;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Real,
    /// True or false.
    Boolean,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells are.
    pub kind: Kind,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Not known.
    #[default]
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Real(f64),
    /// True or false.
    Boolean(bool),
}

/// Rows under columns. Every row has a cell for every column, empty or of the column's kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name: that of the file without its ending.
    pub name: String,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// Rows in order.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(crate) fn new(name: &str, columns: &[(&str, Kind)]) -> Self {
        let columns = columns.iter().map(|(name, kind)| Column { name: (*name).to_owned(), kind: *kind }).collect();
        Table { name: name.to_owned(), columns, rows: Vec::new() }
    }

    /// Adds a row; a cell of another kind than its column becomes one of it, or empty.
    pub(crate) fn push(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a row of {}", self.name);
        let row = cells.into_iter().zip(&self.columns).map(|(cell, column)| cell.of_kind(column.kind)).collect();
        self.rows.push(row);
    }

    /// Position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// The cells of a column.
    pub fn cells(&self, name: &str) -> impl Iterator<Item = &Cell> {
        let at = self.column(name);
        self.rows.iter().filter_map(move |row| row.get(at?))
    }
}

impl Cell {
    /// True when nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }

    /// The number, of a number.
    pub fn number(&self) -> Option<f64> {
        match self {
            Cell::Integer(n) => Some(*n as f64),
            Cell::Real(n) => Some(*n),
            _ => None,
        }
    }

    /// As it is printed; nothing for an empty one.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(words) => words.clone(),
            Cell::Integer(n) => n.to_string(),
            Cell::Real(n) => n.to_string(),
            Cell::Boolean(b) => b.to_string(),
        }
    }

    pub(crate) fn of_kind(self, kind: Kind) -> Cell {
        match (self, kind) {
            (Cell::Real(n), Kind::Integer) if n.fract() == 0.0 && n.abs() < 9e15 => Cell::Integer(n as i64),
            (Cell::Integer(n), Kind::Real) => Cell::Real(n as f64),
            (cell @ (Cell::Integer(_) | Cell::Real(_) | Cell::Boolean(_)), Kind::Text) => Cell::Text(cell.text()),
            (cell @ Cell::Text(_), Kind::Text)
            | (cell @ Cell::Integer(_), Kind::Integer)
            | (cell @ Cell::Real(_), Kind::Real)
            | (cell @ Cell::Boolean(_), Kind::Boolean) => cell,
            _ => Cell::Empty,
        }
    }
}

impl From<&str> for Cell {
    /// No words are an empty cell.
    fn from(words: &str) -> Self {
        if words.is_empty() { Cell::Empty } else { Cell::Text(words.to_owned()) }
    }
}
impl From<String> for Cell {
    fn from(words: String) -> Self {
        Cell::from(words.as_str())
    }
}
impl From<&String> for Cell {
    fn from(words: &String) -> Self {
        Cell::from(words.as_str())
    }
}
impl From<f64> for Cell {
    fn from(n: f64) -> Self {
        if n.is_finite() { Cell::Real(n) } else { Cell::Empty }
    }
}
impl From<i64> for Cell {
    fn from(n: i64) -> Self {
        Cell::Integer(n)
    }
}
impl From<usize> for Cell {
    fn from(n: usize) -> Self {
        Cell::Integer(n as i64)
    }
}
impl From<bool> for Cell {
    fn from(b: bool) -> Self {
        Cell::Boolean(b)
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}
