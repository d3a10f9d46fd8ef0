//! Live blogs and round-ups: entries with times of their own.
use super::visible;
use super::{names, words};
use dom_query::NodeRef;
use variorum_model::Published;

/// An entry, found.
pub(super) struct Found<'d> {
    pub(super) node: NodeRef<'d>,
    pub(super) title: String,
    pub(super) published: Option<Published>,
}

/// Fewest entries that make a live blog; one or two are boxes of an article.
const LEAST: usize = 3;
/// Least text of an entry, in bytes.
const LEAST_TEXT: usize = 40;

/// The entries of a page in order, or `None` where it has none. Takes the elements that [`names::labelled`] gives; what has
/// been taken out of the page since does not count.
pub(super) fn find<'d>(labelled: &[NodeRef<'d>]) -> Option<Vec<Found<'d>>> {
    let is_there = |node: &NodeRef<'d>| node.ancestors_it(None).any(|a| a.is_document());
    let is_entry = |node: &&NodeRef<'d>| node.is_match(names::entries()) && is_there(node);
    let nodes: Vec<NodeRef<'d>> = labelled.iter().filter(is_entry).copied().collect();
    if nodes.len() < LEAST {
        return None;
    }
    let is_inside = |node: &NodeRef<'_>| node.ancestors_it(None).any(|a| nodes.iter().any(|n| n.id == a.id));
    let found: Vec<Found<'_>> = nodes
        .iter()
        .filter(|n| !is_inside(n))
        .filter(|n| n.text().trim().len() >= LEAST_TEXT)
        .map(|n| entry(*n))
        .collect();
    (found.len() >= LEAST && found.iter().any(|f| f.published.is_some())).then_some(found)
}

fn entry(node: NodeRef<'_>) -> Found<'_> {
    let inside = |selector: &str| dom_query::Selection::from(node).select(selector).nodes().to_vec();
    let published = inside("[itemprop~=datePublished], time, [datetime]").iter().find_map(visible::date_of);
    let title = inside("h1, h2, h3, h4").first().map(words).unwrap_or_default();
    Found { node, title, published }
}
