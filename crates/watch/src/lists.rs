//! What a feed or a list names.
use crate::config::{List, ListKind};
use crate::failure::FetchError;
use crate::visit::host;
use std::collections::BTreeSet;
use url::Url;
use variorum_intake::{Options, feed_entries, page_links};
use variorum_ledger::Found;

/// Pages that an answer names, in its order, each once; `at` is where it was found.
pub(crate) fn named(
    list: &List,
    at: &Url,
    mime: &str,
    bytes: Vec<u8>,
    options: &Options,
) -> Result<Vec<Found>, FetchError> {
    let named: Vec<(Url, Option<String>)> = match &list.kind {
        ListKind::Feed => {
            let entries = feed_entries(&bytes).map_err(FetchError::Unreadable)?;
            entries.into_iter().filter_map(|e| Some((at.join(&e.url).ok()?, e.published))).collect()
        }
        ListKind::Pages(wanted, unwanted) => {
            let links = page_links(mime, bytes, at.as_str(), options).map_err(FetchError::Unreadable)?;
            let urls = links.iter().filter_map(|link| Url::parse(link).ok());
            let is_wanted = |url: &Url| {
                let any = |patterns: &[glob::Pattern]| patterns.iter().any(|p| matches(p, url));
                host(url) == host(at) && any(wanted) && !any(unwanted)
            };
            urls.filter(is_wanted).map(|url| (url, None)).collect()
        }
    };
    let mut seen = BTreeSet::new();
    let pages = named.into_iter().filter_map(|(mut url, published)| {
        url.set_fragment(None);
        let is_web = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        let is_new = is_web && url != *at && url != list.url && seen.insert(url.clone());
        is_new.then(|| Found { host: host(&url), url: url.into(), published })
    });
    Ok(pages.take(list.most).collect())
}

/// Patterns that begin with a slash are of the path and what follows it, others of the whole address.
fn matches(pattern: &glob::Pattern, url: &Url) -> bool {
    match pattern.as_str().starts_with('/') {
        true => pattern.matches(&url[url::Position::BeforePath..]),
        false => pattern.matches(url.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glob::Pattern;
    use std::time::Duration;

    fn list(kind: ListKind) -> List {
        let url = Url::parse("https://courier.example/front").unwrap();
        List { url, publisher: String::new(), every: Duration::from_secs(1), revisit: Vec::new(), most: 3, kind }
    }

    fn urls(list: &List, mime: &str, body: &str) -> Vec<String> {
        let named = named(list, &list.url, mime, body.as_bytes().to_vec(), &Options::default()).unwrap();
        named.into_iter().map(|f| f.url).collect()
    }

    #[test]
    fn links_of_the_same_host_that_match() {
        let pages = |globs: &[&str]| globs.iter().map(|g| Pattern::new(g).unwrap()).collect::<Vec<_>>();
        let list = list(ListKind::Pages(pages(&["/news/*"]), pages(&["*/video/*"])));
        let body = r#"<body><a href="/news/1">a</a><a href="/news/1#x">a</a><a href="/about">b</a>
            <a href="/news/video/2">c</a><a href="https://ads.example/news/3">d</a><a href="javascript:x()">e</a>
            <a href="news/4">f</a><a href="/front">g</a><a href="/news/5">h</a><a href="/news/6">i</a></body>"#;
        let base = "https://courier.example";
        assert_eq!(urls(&list, "text/html", body), [1, 4, 5].map(|n| format!("{base}/news/{n}")));
    }

    #[test]
    fn entries_of_a_feed_with_their_dates() {
        let list = list(ListKind::Feed);
        let body = "<rss version='2.0'><channel><title>Courier</title>\
            <item><link>https://other.example/1</link><pubDate>Tue, 14 May 2024 17:40:00 +0200</pubDate></item>\
            <item><link>/2</link></item><item><link>file:///etc/passwd</link></item></channel></rss>";
        let named = named(&list, &list.url, "", body.as_bytes().to_vec(), &Options::default()).unwrap();
        assert_eq!(named[0].published.as_deref(), Some("2024-05-14T15:40:00+00:00"));
        assert_eq!(
            named.iter().map(|f| f.url.as_str()).collect::<Vec<_>>(),
            ["https://other.example/1", "https://courier.example/2"]
        );
    }
}
