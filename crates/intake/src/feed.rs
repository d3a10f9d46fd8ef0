//! Feeds: RSS, Atom, JSON Feed. Each entry is a report, as far as the feed gives its text.
use crate::container::{Container, Held, Queue};
use crate::failure::FailureKind;
use crate::options::Options;
use crate::report;
use feed_rs::model::{Entry, Feed};
use variorum_model::{Diagnostic, Report, ReportInput};

/// Reads a whole feed.
pub(crate) fn read(bytes: &[u8], options: &Options) -> Result<Box<dyn Container>, FailureKind> {
    let feed = parse(bytes)?;
    let held: Vec<Held> =
        feed.entries.iter().zip(1..).map(|(e, n)| Held::numbered(n, report_of(e, &feed, options))).collect();
    if held.is_empty() {
        return Err(FailureKind::Empty);
    }
    Ok(Box::new(Queue(held.into_iter())))
}

fn parse(bytes: &[u8]) -> Result<Feed, FailureKind> {
    feed_rs::parser::parse(bytes).map_err(|e| FailureKind::BadFeed(e.to_string()))
}

/// What a feed says of an entry before its page is fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// Address of the page, as it stands in the feed.
    pub url: String,
    /// When it was published, or changed last; RFC 3339.
    pub published: Option<String>,
}

/// The entries of a feed that have an address, in its order.
///
/// # Errors
/// [`FailureKind::BadFeed`].
pub fn feed_entries(bytes: &[u8]) -> Result<Vec<FeedEntry>, FailureKind> {
    let entry = |e: &Entry| Some(FeedEntry { url: link(e)?, published: published(e) });
    Ok(parse(bytes)?.entries.iter().filter_map(entry).collect())
}

fn published(entry: &Entry) -> Option<String> {
    entry.published.or(entry.updated).map(|d| d.to_rfc3339())
}

fn link(entry: &Entry) -> Option<String> {
    let links = &entry.links;
    links.iter().find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate")).or(links.first()).map(|l| l.href.clone())
}

fn report_of(entry: &Entry, feed: &Feed, options: &Options) -> Result<Report, FailureKind> {
    let body = entry.content.as_ref().and_then(|c| c.body.clone()).filter(|b| !b.trim().is_empty());
    let summary = entry.summary.as_ref().map(|s| s.content.clone());
    let summary_only = body.is_none();
    let html = body.or(summary).filter(|b| !b.trim().is_empty());
    let url = link(entry).unwrap_or_default();
    let title = entry.title.as_ref().map(|t| plain(&t.content)).unwrap_or_default();
    let names: Vec<_> = entry.authors.iter().chain(&feed.authors).filter_map(|a| a.name.clone()).collect();
    let input = ReportInput {
        id: Some(if url.is_empty() { entry.id.clone() } else { url.clone() }),
        // A feed gives fragments of pages; the rest of the page is not there to be taken for one.
        html: html.map(|h| format!("<article>{h}</article>")),
        title: Some(title),
        publisher: feed.title.as_ref().map(|t| plain(&t.content)),
        url: Some(url),
        byline: Some(names.join(", ")),
        published: published(entry),
        language: feed.language.clone(),
        ..ReportInput::default()
    };
    let mut report = report::from_input(input, || entry.id.clone(), options)?;
    if summary_only {
        let message = "the feed gives a summary, not the text".to_owned();
        report.diagnostics.push(Diagnostic { code: "summary-only".to_owned(), message });
    }
    Ok(report)
}

/// Titles may be escaped markup.
fn plain(title: &str) -> String {
    let words = match title.contains(['<', '&']) {
        true => dom_query::Document::fragment(title).text().to_string(),
        false => title.to_owned(),
    };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
