//! What servers send: bodies, pages, and the links of pages.
use crate::charset::decode_page;
use crate::failure::FailureKind;
use crate::options::Options;
use crate::{html, http, pdf, text, warc};
use std::collections::BTreeSet;
use url::Url;
use variorum_model::Report;

/// A report of what a server sent as `mime` from an address, which becomes its id: pages that were fetched twice are
/// versions of one report. `None` for what is no report: pictures, scripts.
pub fn from_web(mime: &str, body: Vec<u8>, url: &str, options: &Options) -> Option<Result<Report, FailureKind>> {
    if body.len() as u64 > options.max_bytes {
        return Some(Err(FailureKind::TooLarge { size: body.len() as u64, limit: options.max_bytes }));
    }
    let (essence, charset) = http::split_mime(mime);
    let id = Some(url.to_owned()).filter(|u| !u.is_empty());
    let read = match essence.as_str() {
        "text/html" | "application/xhtml+xml" => text::from_page(body, charset.as_deref(), url, id, options),
        "text/plain" => text::from_bytes(body, id, options),
        "application/pdf" => pdf::read(body, id, options),
        "" if text::is_page(&body) => text::from_page(body, None, url, id, options),
        _ => return None,
    };
    Some(read.map(|mut report| {
        if report.url.is_empty() {
            report.url = url.to_owned();
        }
        report
    }))
}

/// A body without its `Content-Encoding` (`gzip`, `deflate`).
///
/// # Errors
/// [`FailureKind::RatioTooHigh`], [`FailureKind::TooLarge`], [`FailureKind::Unreadable`], and
/// [`FailureKind::UnsupportedFormat`] for other encodings.
pub fn unwrapped(body: &[u8], encoding: &str, options: &Options) -> Result<Vec<u8>, FailureKind> {
    warc::inflate(body, encoding, options)
}

/// Addresses that a page links to, in its order, each once, without fragments; relative ones are read against `address`
/// and the page's own `base`.
///
/// # Errors
/// What is no text, and pages past the limits of the options.
pub fn page_links(mime: &str, body: Vec<u8>, address: &str, options: &Options) -> Result<Vec<String>, FailureKind> {
    let (_, charset) = http::split_mime(mime);
    let page = decode_page(body, charset.as_deref()).ok_or(FailureKind::Binary)?.text;
    let doc = html::parsed(&page, options)?;
    let base = Url::parse(address).ok();
    let said = doc.select("base[href]").attr("href");
    let base = match (base, said) {
        (Some(base), Some(said)) => base.join(&said).or(Ok::<_, url::ParseError>(base)).ok(),
        (base, _) => base,
    };
    let mut seen = BTreeSet::new();
    let anchors = doc.select("a[href]");
    let links = anchors.nodes().iter().filter_map(|a| {
        let href = a.attr("href")?;
        let mut url = match &base {
            Some(base) => base.join(href.trim()).ok()?,
            None => Url::parse(href.trim()).ok()?,
        };
        url.set_fragment(None);
        let url = String::from(url);
        seen.insert(url.clone()).then_some(url)
    });
    Ok(links.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_against_the_page_and_its_base() {
        let page = br##"<html><head><base href="/news/"></head><body>
            <a href="2024/mill.html#top">Shells hit the mill</a> <a href="2024/mill.html">again</a>
            <a href="https://elsewhere.example/x">x</a> <a href="#top">up</a> <a name="no-address">y</a>
            <a href="mailto:desk@courier.example">write</a></body></html>"##;
        let links = page_links("text/html", page.to_vec(), "https://courier.example/today", &Options::default());
        assert_eq!(
            links.unwrap(),
            [
                "https://courier.example/news/2024/mill.html",
                "https://elsewhere.example/x",
                "https://courier.example/news/",
                "mailto:desk@courier.example",
            ]
        );
    }
}
