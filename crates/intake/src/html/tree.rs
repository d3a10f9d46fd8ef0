//! The elements of a page in order, with how much text they hold.
use crate::failure::FailureKind;
use crate::options::Options;
use dom_query::{Document, NodeRef};

/// One element.
pub(super) struct Item<'d> {
    pub(super) node: NodeRef<'d>,
    /// Index of the element around it; its own for the first.
    pub(super) parent: usize,
    /// Bytes of text under it, white space at the edges of text nodes aside.
    pub(super) text: usize,
    /// Bytes of that which stand in links.
    pub(super) linked: usize,
    /// Bytes of that which stand in paragraphs.
    pub(super) prose: usize,
    /// The name of the element.
    pub(super) name: String,
}

/// Elements that may stay open at one time while a page is parsed; past it, parsing takes time in the square of it.
const MOST_OPEN: usize = 5_000;

/// Whether a page opens many more elements than it closes, as none does that was made to be read.
pub(super) fn opens_too_many(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut open, mut most) = (0usize, 0usize);
    if memchr::memchr_iter(b'<', bytes).count() <= MOST_OPEN {
        return false;
    }
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => open = open.saturating_sub(1),
            Some(c) if c.is_ascii_alphabetic() && !closes_itself(&bytes[at + 1..]) => {
                open += 1;
                most = most.max(open);
            }
            _ => {}
        }
    }
    most > MOST_OPEN
}

/// An element without an end, or one that the next of its kind ends.
fn closes_itself(tag: &[u8]) -> bool {
    let end = tag.iter().take(10).position(|b| !b.is_ascii_alphanumeric()).unwrap_or(0);
    let name = tag[..end].to_ascii_lowercase();
    matches!(
        &name[..],
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
            | b"p"
            | b"li"
            | b"td"
            | b"th"
            | b"tr"
            | b"dt"
            | b"dd"
            | b"option"
            | b"path"
    )
}

/// All elements, parents before children.
///
/// # Errors
/// [`FailureKind::TooDeep`], [`FailureKind::TooManyElements`].
pub(super) fn outline<'d>(doc: &'d Document, options: &Options) -> Result<Vec<Item<'d>>, FailureKind> {
    let mut items: Vec<Item<'d>> = Vec::new();
    // Children are pushed from the last to the first, so that they come off in order.
    let mut stack: Vec<(NodeRef<'d>, usize, usize)> = vec![(doc.root(), 0, 0)];
    while let Some((node, parent, depth)) = stack.pop() {
        if depth > options.max_depth {
            return Err(FailureKind::TooDeep { limit: options.max_depth });
        }
        let mut at = parent;
        if node.is_text() {
            let n = node.text().trim().len();
            if let Some(item) = items.get_mut(parent) {
                item.text += n;
            }
            continue;
        } else if let Some(name) = node.qual_name_ref().map(|n| n.local.to_string()) {
            if items.len() >= options.max_elements {
                return Err(FailureKind::TooManyElements { limit: options.max_elements });
            }
            // What is written there is no text.
            let opaque = matches!(name.as_str(), "script" | "style" | "template" | "svg" | "noscript");
            at = items.len();
            items.push(Item { node, parent, text: 0, linked: 0, prose: 0, name });
            if opaque {
                continue;
            }
        } else if !node.may_have_children() {
            continue;
        }
        let first_child = stack.len();
        stack.extend(node.children_it(false).map(|child| (child, at, depth + 1)));
        stack[first_child..].reverse();
    }
    for i in (0..items.len()).rev() {
        let item = &mut items[i];
        if item.name == "a" {
            item.linked = item.text;
        }
        if item.name == "p" {
            item.prose = item.text - item.linked.min(item.text);
        }
        let (parent, text, linked, prose) = (item.parent, item.text, item.linked, item.prose);
        if parent != i {
            items[parent].text += text;
            items[parent].linked += linked;
            items[parent].prose += prose;
        }
    }
    Ok(items)
}
