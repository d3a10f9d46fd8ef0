//! A report, what was noticed about it, and its claims in the order of its text.
use crate::failures::plural;
use crate::page::{ALERT, FAINT, NUMBER, Page, STRONG, short};
use crate::phrase;
use anstyle::Style;
use variorum_ledger::{ClaimFilter, Ledger, StoredReport};

pub(super) fn show(page: &mut Page, ledger: &Ledger, stored: &StoredReport) -> anyhow::Result<()> {
    let report = &stored.report;
    let title = if report.title.is_empty() { "no title" } else { &report.title };
    page.line(&[(STRONG, title), (FAINT, "  "), (FAINT, &report.id)]);
    let mut say = |label: &str, words: &str| {
        if !words.is_empty() {
            page.paragraph(2, (FAINT, &format!("{label:<9}")), Style::new(), words);
        }
    };
    say("publisher", &report.publisher);
    let day = phrase::days(report.published.earliest.as_deref(), report.published.latest.as_deref());
    say("published", &format!("{day} ({})", phrase::name_of(report.published.basis)));
    say("address", &report.url);
    say("language", &report.language);
    let n_characters = plural(report.text.chars().count(), "character");
    let version = if stored.current { String::new() } else { ", replaced by a later version".to_owned() };
    say("text", &format!("{n_characters}, version {}{version}, added {}", stored.version, stored.added));
    if let Some(repeat) = ledger.repeat_of(&stored.key)? {
        say("repeats", &format!("{} ({})", repeat.report, repeat.how.words()));
    }
    for repeat in ledger.repeated_by(&stored.key)? {
        say("repeated", &format!("by {} ({})", repeat.report, repeat.how.words()));
    }
    if report.articles.len() > 1 {
        for article in &report.articles {
            let day = phrase::days(article.published.earliest.as_deref(), article.published.latest.as_deref());
            say("article", &format!("{}–{} {} ({day})", article.span.start, article.span.end, article.title));
        }
    }
    for junk in &report.junk {
        say("set aside", &format!("{}–{} {}", junk.span.start, junk.span.end, junk.reason));
    }
    for diagnostic in &report.diagnostics {
        page.paragraph(2, (ALERT, "noticed  "), Style::new(), &format!("{} ({})", diagnostic.message, diagnostic.code));
    }
    let filter = ClaimFilter { report: Some(report.id.clone()), ..ClaimFilter::default() };
    page.blank();
    page.line(&[(STRONG, &plural(stored.n_claims, "claim"))]);
    for claim in ledger.claims(filter) {
        let claim = claim?;
        page.blank();
        let kind = [vec![claim.event.kind.clone()], phrase::marks(&claim)].concat().join(", ");
        let place = claim.places.first().map(|p| format!(" · {}", phrase::claim_place(p))).unwrap_or_default();
        page.line(&[
            (FAINT, &format!("{}–{}  ", claim.span.start, claim.span.end)),
            (STRONG, &kind),
            (NUMBER, &format!(" · {}", phrase::claim_days(&claim.time))),
            (Style::new(), &place),
            (FAINT, "  "),
            (FAINT, short(&claim.id)),
        ]);
        page.paragraph(4, (FAINT, ""), Style::new(), &format!("“{}”", claim.quote));
        page.paragraph(4, (FAINT, "—"), FAINT, &phrase::voices(&claim.sources, &report.publisher));
    }
    Ok(())
}
