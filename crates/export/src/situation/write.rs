//! A situation report as a page that needs nothing else, and as Markdown.
use super::{Citation, Situation};
use crate::dossier::{head, plural, shown};
use maud::{DOCTYPE, html};

const FOOT: &str = "Written from claims by templates. Each sentence says what its sources are credited with, and no more; the \
                    words in quotation marks stand so in the reports.";

impl Situation {
    /// One page: no script, nothing loaded; opens from disk and prints.
    pub fn html(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                (head(&self.title, include_str!("situation.css")))
                body.situation {
                    header {
                        h1 { bdi { (shown(&self.title)) } }
                        p.soft { (plural(self.entries.len(), "incident")) ", " (plural(self.citations.len(), "cited claim")) }
                    }
                    main {
                        @for entry in &self.entries {
                            section id=(entry.incident) {
                                h2 { (entry.days) @if !entry.place.is_empty() { " · " bdi { (shown(&entry.place)) } } }
                                @for sentence in &entry.sentences {
                                    p { bdi { (shown(sentence.words())) } @for n in sentence.citations() { " " a.ref href={ "#c" (n) } { "[" (n) "]" } } }
                                }
                            }
                        }
                        @if self.entries.is_empty() { p { "Nothing to report: no claim of these incidents is news." } }
                        @if !self.citations.is_empty() { h2 { "Sources" } }
                        ol.sources {
                            @for (n, c) in self.citations.iter().enumerate() {
                                li id={ "c" (n + 1) } {
                                    q { bdi { (shown(&c.quote)) } }
                                    div.soft {
                                        bdi { (shown(&c.source)) } ", in " bdi { (shown(&c.outlet)) } ", " (if c.published.is_empty() { "undated" } else { &c.published }) ": "
                                        @if c.url.is_empty() { cite { bdi { (shown(&c.headline)) } } } @else { a href=(c.url) rel="noopener noreferrer" { bdi { (shown(&c.headline)) } } }
                                    }
                                }
                            }
                        }
                    }
                    footer { p.soft { (FOOT) } }
                }
            }
        };
        page.into_string()
    }

    /// CommonMark with footnote-like numbers; nothing of a report is markup.
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n", escaped(&self.title));
        for entry in &self.entries {
            let place = if entry.place.is_empty() { String::new() } else { format!(" · {}", escaped(&entry.place)) };
            out += &format!("\n## {}{place}\n", escaped(&entry.days));
            for sentence in &entry.sentences {
                let refs: String = sentence.citations().iter().map(|n| format!(" \\[{n}\\]")).collect();
                out += &format!("\n{}{refs}\n", escaped(sentence.words()));
            }
        }
        if self.entries.is_empty() {
            out += "\nNothing to report: no claim of these incidents is news.\n";
        }
        if !self.citations.is_empty() {
            out += "\n## Sources\n\n";
        }
        for (n, citation) in self.citations.iter().enumerate() {
            out += &format!("{}. {}\n", n + 1, source(citation));
        }
        out + "\n" + FOOT + "\n"
    }
}

fn source(c: &Citation) -> String {
    let day = if c.published.is_empty() { "undated" } else { &c.published };
    // An address is put in angle brackets, in which only these have a meaning.
    let safe = !c.url.contains(['<', '>', ' ', '\n', '\r']);
    let headline = escaped(&c.headline);
    let at =
        if c.url.is_empty() || !safe { headline } else { format!("[{headline}](<{}>)", c.url.replace('\\', "%5C")) };
    format!("“{}” {}, in {}, {day}: {at}", escaped(&c.quote), escaped(&c.source), escaped(&c.outlet))
}

/// As text: on one line, every mark of Markdown escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in shown(text).chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_ascii_punctuation() && !matches!(c, ',' | ';' | ':' | '\'' | '"' | '?' | '/' | '%') => {
                // Full stops and dashes only mean something at the beginning of a line, and lines begin with words.
                if !matches!(c, '.' | '-' | '(' | ')') {
                    out.push('\\');
                }
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
