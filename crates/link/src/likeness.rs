//! How one report repeats another that was read before: what is told at intake, in one pass, from signatures alone and a
//! look at the few texts that share one.
use crate::profile::text_without_junk;
use crate::sketch::{self, Copying};
use crate::story::{hash64, words};
use serde::{Deserialize, Serialize};
use variorum_model::Report;

/// Words from which on a line is taken for a paragraph rather than for a headline, a byline or a dateline.
const PARAGRAPH: usize = 12;
/// Words below which a text has no signature of its body: "Read more" repeats nothing.
const LEAST: usize = 20;
/// Share of the longer text that a reprint has.
const WHOLE: f64 = 0.7;

/// How a report repeats an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// The page of one address at another time. The newer one counts.
    Version,
    /// The same words throughout, under the same headline.
    Exact,
    /// The same body; what stands above it (byline, dateline, place) differs, the headline does not.
    Header,
    /// The same body or nearly so, under another headline.
    Reprint,
}

impl Likeness {
    const NAMES: [(Likeness, &'static str); 4] = [
        (Likeness::Version, "version"),
        (Likeness::Exact, "exact"),
        (Likeness::Header, "header"),
        (Likeness::Reprint, "reprint"),
    ];

    /// How the later repeats the earlier, for people.
    pub fn words(self) -> &'static str {
        match self {
            Likeness::Version => "the same page at another time",
            Likeness::Exact => "the same text",
            Likeness::Header => "the same text with another header",
            Likeness::Reprint => "a reprint under another headline",
        }
    }

    /// Its name in tables and in JSON.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(how, _)| *how == self).map_or("", |(_, name)| name)
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, other)| *other == name).map(|(how, _)| *how)
    }
}

/// What is kept of a report to find those that repeat it. Stable over runs, machines and versions of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Hash of all words that are not junk, case aside.
    pub whole: u64,
    /// The same from the first paragraph on; absent for a text of fewer than 20 words.
    pub body: Option<u64>,
    /// Address without scheme, `www.`, fragment, trailing slash and what only counts clicks; empty where none is known.
    pub address: String,
    /// Bands of a MinHash signature of the text (Broder 1997): texts that share most of their passages share a band.
    pub bands: Vec<u64>,
}

impl Signature {
    /// The signature of a report.
    pub fn of(report: &Report) -> Self {
        let text = text_without_junk(report);
        let Words { whole, body, .. } = Words::of(&text);
        Signature { whole, body, address: address(&report.url), bands: sketch::bands(&text) }
    }
}

/// The words of a text, as far as copies are told by them.
struct Words {
    whole: u64,
    body: Option<u64>,
    n: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let all = folded(text);
        let body = (all.len() >= LEAST).then(|| hash(&folded(body(text))));
        Words { whole: hash(&all), body, n: all.len() }
    }
}

/// How `later` repeats `earlier`, two reports that share a hash, a band or the address of their signatures.
pub fn likeness(earlier: &Report, later: &Report) -> Option<Likeness> {
    let (l_text, r_text) = (text_without_junk(earlier), text_without_junk(later));
    let (l, r) = (Words::of(&l_text), Words::of(&r_text));
    let copying = || sketch::word_for_word(&l_text, &r_text);
    let one_address = address(&later.url);
    let one_address = !one_address.is_empty() && one_address == address(&earlier.url);
    // One address can be a front page, with other news each day: only what has text in common is another version.
    if one_address && (l.whole == r.whole || copying() != Copying::Independent) {
        return Some(Likeness::Version);
    }
    let same_headline = folded(&earlier.title) == folded(&later.title);
    if l.whole == r.whole || l.body.is_some() && l.body == r.body {
        return Some(match same_headline {
            true if l.whole == r.whole => Likeness::Exact,
            true => Likeness::Header,
            false => Likeness::Reprint,
        });
    }
    let (short, long) = (l.n.min(r.n) as f64, l.n.max(r.n) as f64);
    (short >= WHOLE * long && copying() == Copying::Verbatim).then_some(Likeness::Reprint)
}

/// Whether `later` is the newer of two versions of a page: by what the pages say of their time, then by the order of reading.
pub fn is_newer(earlier: &Report, later: &Report) -> bool {
    let time = |report: &Report| report.updated.clone().or_else(|| report.published.value.clone());
    match (time(earlier), time(later)) {
        (Some(l), Some(r)) => r >= l,
        _ => true,
    }
}

/// From the first paragraph on; all of it where there is none.
fn body(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if words(line).count() >= PARAGRAPH {
            return &text[at..];
        }
        at += line.len();
    }
    text
}

fn folded(text: &str) -> Vec<u64> {
    words(text).map(|(_, word)| hash64(word.to_lowercase().as_bytes())).collect()
}

fn hash(words: &[u64]) -> u64 {
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    hash64(&bytes)
}

fn address(url: &str) -> String {
    let Some((_, rest)) = url.split_once("://") else { return String::new() };
    let rest = rest.split('#').next().unwrap_or("");
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let host = host.to_lowercase();
    let kept: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !counts_clicks(part)).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    format!("{}/{}{query}", host.strip_prefix("www.").unwrap_or(&host), path.trim_end_matches('/'))
}

/// Parts of a query that tell where a reader came from.
fn counts_clicks(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or("").to_lowercase();
    name.starts_with("utm_") || matches!(name.as_str(), "fbclid" | "gclid" | "ref" | "cmpid" | "ocid")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "Two shells struck the grain silo in the port of Orlec before dawn on Sunday, killing a night \
        watchman and wounding four dockers, the harbour office said.\nThe silo burned until noon. Ilka Vardan, who runs \
        the office, said the shells had come from across the estuary.";

    fn report(title: &str, url: &str, text: String) -> Report {
        Report { title: title.into(), url: url.into(), text, ..Report::default() }
    }

    fn tell(l: &Report, r: &Report) -> Option<Likeness> {
        let (a, b) = (Signature::of(l), Signature::of(r));
        let meet = a.whole == b.whole
            || a.body.is_some() && a.body == b.body
            || !a.address.is_empty() && a.address == b.address
            || a.bands.iter().any(|band| b.bands.contains(band));
        meet.then(|| likeness(l, r)).flatten()
    }

    #[test]
    fn copies_are_told_by_what_differs() {
        let first = report("Silo hit", "", BODY.to_owned());
        let exact = report("SILO HIT", "", BODY.replace('\n', "\n\n"));
        assert_eq!(tell(&first, &exact), Some(Likeness::Exact));
        let header = report("Silo hit", "", format!("By Marta Ilves\nORLEC\n{BODY}"));
        assert_eq!(tell(&first, &header), Some(Likeness::Header));
        let reprint = report("Watchman dies in port", "", format!("The Estuary Post\n{BODY}"));
        assert_eq!(tell(&first, &reprint), Some(Likeness::Reprint));
        let edited = report("Watchman dies", "", BODY.replace("until noon", "until the evening"));
        assert_eq!(tell(&first, &edited), Some(Likeness::Reprint));
    }

    #[test]
    fn other_news_is_no_copy_whatever_headline_it_has() {
        let first = report("Silo hit", "", BODY.to_owned());
        let other = "A watchman died and four people were hurt when the silo at Orlec's docks was hit early on Sunday. Port \
            officials blamed fire from the far bank of the estuary and said that it had been put out at midday.";
        assert_eq!(tell(&first, &report("Silo hit", "", other.to_owned())), None);
        let short = |text: &str| report("Read on", "", text.to_owned());
        assert_eq!(tell(&short("Orlec is quiet."), &short("Orlec is not quiet.")), None);
    }

    #[test]
    fn an_address_has_versions_of_its_text_and_not_of_other_texts() {
        let page = |url: &str, text: String| report("Silo hit", url, text);
        let first = page("https://www.post.example/silo/", BODY.to_owned());
        let updated =
            page("http://post.example/silo?utm_source=x#top", format!("{BODY} By evening two more had died."));
        assert_eq!(tell(&first, &updated), Some(Likeness::Version));
        let front = page(
            "https://post.example/silo",
            "The ferry to Malvek sails again from Monday, its owners say, after \
            three weeks in which passengers had to go by road around the whole of the estuary."
                .to_owned(),
        );
        assert_eq!(tell(&first, &front), None);
        let elsewhere = page("https://post.example/silo?id=2", BODY.to_owned());
        assert_eq!(tell(&first, &elsewhere), Some(Likeness::Exact));
    }
}
