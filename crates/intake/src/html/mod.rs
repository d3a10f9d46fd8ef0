//! Pages: what a page says of itself, and its text without the furniture.
//!
//! A page is parsed once. What it says of itself (JSON-LD, meta elements, what a reader sees) is read first; then its
//! furniture is told by markup (`data/intake/furniture.toml`): some is left out, some stays in the text, marked. The
//! main text is found by the method of Arc90's Readability (crate `dom_smoothie`) and written out block by block.

mod entries;
mod furniture;
mod jsonld;
mod meta;
mod names;
mod render;
mod tree;
mod visible;

use crate::failure::FailureKind;
use crate::layout;
use crate::options::Options;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use variorum_model::{Diagnostic, Published, Span};

/// A page, read.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Paragraphs with blank lines between, list items and table rows as lines, cells with ` | ` between.
    pub(crate) text: String,
    /// Furniture that stands in the text, with reasons; in order, apart.
    pub(crate) junk: Vec<(Span, &'static str)>,
    /// Entries of a live blog, in the order of the page; none for an article.
    pub(crate) entries: Vec<Entry>,
    pub(crate) about: About,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What a page says of itself; empty where it says nothing.
#[derive(Debug, Default, Clone)]
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) byline: String,
    pub(crate) publisher: String,
    pub(crate) url: String,
    pub(crate) language: String,
    pub(crate) published: Option<Published>,
    pub(crate) updated: Option<Published>,
}

/// One entry of a live blog or a round-up.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) span: Span,
    pub(crate) title: String,
    pub(crate) published: Option<Published>,
}

/// Reads a page. `address` is where it was found, or empty.
///
/// # Errors
/// A page that nests deeper or holds more elements than the options allow, or that holds no text.
pub(crate) fn read(html: &str, address: &str, options: &Options) -> Result<Page, FailureKind> {
    let doc = tree_of(html, options)?;
    let outline = tree::outline(&doc, options)?;
    let labelled = names::labelled(&outline);
    let mut about = meta::about(&doc, &labelled, address);
    let left_out = furniture::mark(&outline);
    let live = entries::find(&labelled).map(|found| render::entries(&found));
    let mut page = live.unwrap_or_else(|| article(doc, &mut about));
    if page.text.trim().is_empty() {
        return Err(FailureKind::NoArticle);
    }
    page.about = about;
    if !left_out.is_empty() {
        let counts: Vec<_> = left_out.iter().map(|(reason, n)| format!("{reason} {n}")).collect();
        let message = format!("left out of the page: {}", counts.join(", "));
        page.diagnostics.push(Diagnostic { code: "furniture-left-out".to_owned(), message });
    }
    Ok(page)
}

/// A page as a tree, within the limits of the options.
///
/// # Errors
/// A page that nests deeper or holds more elements than the options allow.
pub(crate) fn parsed(html: &str, options: &Options) -> Result<Document, FailureKind> {
    let doc = tree_of(html, options)?;
    tree::outline(&doc, options)?;
    Ok(doc)
}

fn tree_of(html: &str, options: &Options) -> Result<Document, FailureKind> {
    if tree::opens_too_many(html) {
        return Err(FailureKind::TooDeep { limit: options.max_depth });
    }
    Ok(Document::from(html))
}

/// Least text that the search for the article must find, in bytes; else the whole page is taken.
const LEAST_FOUND: usize = 100;

fn article(doc: Document, about: &mut About) -> Page {
    let whole = doc.body().map(|body| render::article(&body));
    // Byline and date may be plain lines between the headline and the text, which the search for the article drops.
    if let Some(whole) = whole.as_ref().filter(|_| about.byline.is_empty() || about.published.is_none()) {
        let front = layout::front(&whole.text, &about.title);
        if about.byline.is_empty() {
            about.byline = visible::tidy_byline(&front.byline);
        }
        about.published = about.published.take().or(front.published);
    }
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let found = Readability::with_document(doc, None, Some(config)).ok().and_then(|mut page| {
        page.parse().ok()?;
        let root = page.doc.select_single("#readability-page-1");
        root.nodes().first().map(render::article)
    });
    match (found, whole) {
        (Some(found), _) if found.text.len() >= LEAST_FOUND => found,
        (_, Some(whole)) => whole,
        (found, None) => found.unwrap_or_default(),
    }
}

/// An attribute as text, trimmed; empty where it is not there.
fn attribute(node: &NodeRef<'_>, name: &str) -> String {
    node.attr(name).map_or(String::new(), |v| v.trim().to_owned())
}

/// Words of an element with single spaces between.
fn words(node: &NodeRef<'_>) -> String {
    let text = node.text();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
