//! What a page says of itself: of all places that may say it, the best.
use super::jsonld::{self, Described};
use super::{About, attribute, names, visible, words};
use crate::{layout, published};
use dom_query::{Document, NodeRef};
use std::collections::HashMap;
use variorum_model::{Basis, Published};

/// Reads title, byline, publisher, address, language and dates. `labelled` is what [`names::labelled`] gives.
pub(super) fn about(doc: &Document, labelled: &[NodeRef<'_>], address: &str) -> About {
    let described = jsonld::described(doc).unwrap_or_default();
    let metas = metas(doc);
    let meta = |field: &str| names::meta(field).iter().find_map(|name| metas.get(name).cloned()).unwrap_or_default();
    let publisher = first([described.publisher.clone(), meta("publisher")]);
    let url = canonical(doc, &described, &meta("url"), address);
    About {
        title: title(doc, labelled, &described, &meta("title"), &publisher),
        byline: byline(labelled, &described, &metas, &publisher),
        language: language(doc, &described, &meta("language")),
        published: date(&described.published, &metas, "published").or_else(|| visible::published(labelled)),
        updated: date(&described.updated, &metas, "updated").or_else(|| visible::updated(labelled)),
        publisher,
        url,
    }
}

fn first<const N: usize>(values: [String; N]) -> String {
    values.into_iter().find(|v| !v.is_empty()).unwrap_or_default()
}

/// Contents of meta elements by name, in lower case; the first of a name counts.
fn metas(doc: &Document) -> HashMap<String, String> {
    let mut metas = HashMap::new();
    for node in doc.select("meta[content]").nodes() {
        let content = attribute(node, "content");
        if content.is_empty() {
            continue;
        }
        for key in ["property", "name", "itemprop", "http-equiv"] {
            let name = attribute(node, key).to_ascii_lowercase();
            if !name.is_empty() {
                metas.entry(name).or_insert_with(|| content.clone());
            }
        }
    }
    metas
}

/// The headline on the page where it agrees with what the page says elsewhere; else what it says there.
fn title(doc: &Document, labelled: &[NodeRef<'_>], described: &Described, meta: &str, publisher: &str) -> String {
    let head = doc.select_single("head title").nodes().first().map(words).unwrap_or_default();
    let claimed = [described.title.as_str(), meta, &head].map(layout::folded);
    let headlines: Vec<String> = visible::elements(labelled, "headline")
        .map(|node| words(&node))
        .filter(|h| (8..=300).contains(&h.len()))
        .collect();
    let agrees = |h: &&String| {
        let folded = layout::folded(h);
        folded.len() >= 8
            && claimed.iter().any(|c| c.contains(&folded) || (!c.is_empty() && folded.contains(c.as_str())))
    };
    if let Some(headline) = headlines.iter().find(agrees) {
        return headline.clone();
    }
    let other = [described.title.as_str(), meta, &head].into_iter().find(|t| !t.is_empty()).unwrap_or_default();
    match without_site(other, publisher) {
        title if !title.is_empty() => title.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => headlines.into_iter().next().unwrap_or_default(),
    }
}

/// `Shells hit Sorrivo | The Herald` without the name of the site.
fn without_site<'t>(title: &'t str, publisher: &str) -> &'t str {
    for separator in [" | ", " — ", " – ", " - ", " :: ", " » ", " · "] {
        let Some((before, site)) = title.rsplit_once(separator) else { continue };
        let (site_folded, publisher) = (layout::folded(site), layout::folded(publisher));
        let is_site = !publisher.is_empty() && (publisher.contains(&site_folded) || site_folded.contains(&publisher));
        if is_site || (before.split_whitespace().count() >= 4 && site.split_whitespace().count() <= 4) {
            return without_site(before, &publisher);
        }
    }
    title
}

fn byline(labelled: &[NodeRef<'_>], described: &Described, metas: &HashMap<String, String>, publisher: &str) -> String {
    // Social networks want the address of a profile in this place; many sites put their own name.
    let said = names::meta("byline").iter().filter_map(|n| metas.get(n)).map(|v| visible::tidy_byline(v));
    let mut said = [described.byline.clone()].into_iter().chain(said).filter(|v| !v.is_empty() && !v.contains("://"));
    let is_site = |name: &String| !publisher.is_empty() && layout::folded(name) == layout::folded(publisher);
    match said.find(|name| !is_site(name)) {
        Some(name) => name,
        None => match visible::byline(labelled) {
            seen if seen.is_empty() => described.byline.clone(),
            seen => seen,
        },
    }
}

fn language(doc: &Document, described: &Described, meta: &str) -> String {
    let html =
        doc.select_single("html").nodes().first().map(|n| first([attribute(n, "lang"), attribute(n, "xml:lang")]));
    let tag = first([html.unwrap_or_default(), described.language.clone(), meta.to_owned()]).replace('_', "-");
    let is_tag = (2..=16).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if is_tag { tag } else { String::new() }
}

/// The canonical address, where it is one of the same site and of more than its front page.
fn canonical(doc: &Document, described: &Described, meta: &str, address: &str) -> String {
    let link =
        doc.select_single("link[rel=canonical]").nodes().first().map(|n| attribute(n, "href")).unwrap_or_default();
    let host = layout::host(address);
    let fits = |url: &&str| {
        let path = url.splitn(4, '/').nth(3).unwrap_or_default();
        url.starts_with("http")
            && !path.is_empty()
            && layout::host(url).is_some_and(|h| host.is_none_or(|own| related(own, h)))
    };
    [link.as_str(), meta, described.url.as_str()].into_iter().find(fits).unwrap_or(address).to_owned()
}

/// One host is the other, or lies under it: `m.herald.example`.
fn related(l: &str, r: &str) -> bool {
    let under = |a: &str, b: &str| a.strip_suffix(b).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    under(l, r) || under(r, l)
}

fn date(described: &str, metas: &HashMap<String, String>, field: &str) -> Option<Published> {
    let said = names::meta(field).iter().filter_map(|name| metas.get(name).map(String::as_str));
    [described].into_iter().chain(said).find_map(|value| published::lenient(value, Basis::Page))
}
