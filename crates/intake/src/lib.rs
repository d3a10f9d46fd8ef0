//! Foreign bytes → reports: the only reader of untrusted input.
//!
//! [`Intake`] walks files, folders and standard input in a stable order and yields one [`Report`] at a time, or
//! says by name and reason why an input gives none; it never stops at a bad one, and holds one report at a time.
//!
//! The text of a report is the decoded text of its input, taken as it is: no white space, quotation mark or line
//! end is changed, so that offsets lead back to the input. What is not news in it (share buttons, comment forms)
//! is marked in `report.junk`, and the articles of a text that holds several in `report.articles`; both count bytes
//! into `report.text`.
//!
//! ```
//! use variorum_intake::{Intake, Options};
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("a.txt"), "Shells hit the mill in Orvash on Tuesday, the mayor said.")?;
//! std::fs::write(folder.path().join("b.txt"), "")?;
//! let items: Vec<_> = Intake::new([folder.path()], Options::default()).collect();
//! assert_eq!(items[0].as_ref().unwrap().id, "a.txt");
//! assert_eq!(items[1].as_ref().unwrap_err().code(), "empty");
//! # Ok::<(), std::io::Error>(())
//! ```

mod archive;
mod charset;
mod collected;
mod container;
mod docx;
mod failure;
mod feed;
mod format;
mod html;
mod http;
mod intake;
mod json;
mod jsonl;
mod language;
mod layout;
mod limits;
mod mail;
mod options;
mod pdf;
mod published;
mod report;
mod table;
mod text;
mod walk;
mod warc;
mod web;

pub use failure::{Failure, FailureKind, Location};
pub use feed::{FeedEntry, feed_entries};
pub use intake::Intake;
pub use language::is_supported;
pub use options::{Options, OptionsError};
pub use pdf::pdf_text;
pub use web::{from_web, page_links, unwrapped};
