//! What files hold that hold more than one report.
use crate::failure::FailureKind;
use crate::options::Options;
use variorum_model::Report;

/// Gives what it holds, one at a time; holds no more than one in memory.
pub(crate) trait Container: Send {
    /// The next thing; `None` at the end.
    fn next(&mut self, options: &Options) -> Option<Held>;
}

/// One thing in a container.
pub(crate) struct Held {
    /// Line, or place in the order of records, counted from 1.
    pub(crate) line: Option<u64>,
    /// Name inside the container. It is shown and becomes part of ids; nothing is written under it.
    pub(crate) name: Option<String>,
    pub(crate) what: Result<Thing, FailureKind>,
}

pub(crate) enum Thing {
    Report(Box<Report>),
    /// A file in an archive or a message, to be read as any other.
    Member(Vec<u8>),
}

impl Held {
    pub(crate) fn numbered(line: u64, what: Result<Report, FailureKind>) -> Self {
        Held { line: Some(line), name: None, what: what.map(|r| Thing::Report(Box::new(r))) }
    }

    pub(crate) fn member(name: String, what: Result<Vec<u8>, FailureKind>) -> Self {
        Held { line: None, name: Some(name), what: what.map(Thing::Member) }
    }
}

/// Things that were all found at once: the entries of a feed, the parts of a message.
pub(crate) struct Queue(pub(crate) std::vec::IntoIter<Held>);

impl Container for Queue {
    fn next(&mut self, _: &Options) -> Option<Held> {
        self.0.next()
    }
}

/// Files that file managers and version control leave in archives.
pub(crate) fn is_left_behind(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') && part != "." && part != "..") || name.starts_with("__MACOSX/")
}
