//! A claim in its text, with everything it says and what that rests on.
use crate::failures::plural;
use crate::page::{FAINT, NUMBER, Page, STRONG};
use crate::phrase;
use anstyle::Style;
use variorum_ledger::Ledger;
use variorum_model::{Claim, CodePoints, Named};

/// Characters of the text shown on each side of the quote.
const CONTEXT: usize = 240;

pub(super) fn show(page: &mut Page, ledger: &Ledger, claim: &Claim) -> anyhow::Result<()> {
    let stored = ledger.report(&claim.report)?;
    let report = &stored.report;
    page.line(&[(STRONG, &claim.event.kind), (FAINT, "  "), (FAINT, &claim.id)]);
    let publisher = if report.publisher.is_empty() { "publisher unknown" } else { &report.publisher };
    let day = phrase::days(report.published.earliest.as_deref(), report.published.latest.as_deref());
    let basis = phrase::name_of(report.published.basis);
    let place = format!(
        "{publisher}, {}, published {day} ({basis}), characters {}–{}",
        report.id, claim.span.start, claim.span.end
    );
    page.paragraph(2, (FAINT, "in      "), Style::new(), &place);
    page.blank();
    in_context(page, &report.text, claim);
    page.blank();
    let mut say = |label: &str, words: String| {
        if !words.is_empty() {
            page.paragraph(2, (FAINT, &format!("{label:<9}")), Style::new(), &words);
        }
    };
    say("voices", phrase::voices(&claim.sources, publisher));
    say(
        "cue",
        claim.cue.as_ref().map(|c| format!("“{}” ({}–{})", c.text, c.span.start, c.span.end)).unwrap_or_default(),
    );
    say("stance", phrase::name_of(claim.stance));
    say("holds as", phrase::name_of(claim.polarity));
    let trigger = &claim.event.trigger;
    say("event", format!("{} by “{}” ({}–{})", claim.event.kind, trigger.text, trigger.span.start, trigger.span.end));
    say("actors", names(&claim.actors));
    say("targets", names(&claim.targets));
    for place in &claim.places {
        let coordinates = match (place.lat, place.lon) {
            (Some(lat), Some(lon)) => format!(", {lat:.3}, {lon:.3}"),
            _ => String::new(),
        };
        let precision = phrase::name_of(place.precision);
        say("place", format!("{} ({precision}{coordinates}; {}–{})", place.name, place.span.start, place.span.end));
    }
    let time = &claim.time;
    let words = if time.quote.text.is_empty() { String::new() } else { format!(", from “{}”", time.quote.text) };
    say("time", format!("{} ({}{words})", phrase::claim_days(time), phrase::name_of(time.basis)));
    for figure in &claim.figures {
        let number = phrase::bounded(figure.bound, figure.value, figure.min, figure.max);
        let side = if figure.side.is_empty() { String::new() } else { format!(" of {}", figure.side) };
        let words = &figure.quote;
        let what = format!("{} {}{side}, {number}", figure.measure, figure.category);
        say("figure", format!("{what}, from “{}” ({}–{})", words.text, words.span.start, words.span.end));
    }
    let weapons: Vec<String> = claim.weapons.iter().map(|w| w.quote.text.clone()).collect();
    say("weapons", weapons.join(", "));
    say("background", if claim.background { "yes".to_owned() } else { String::new() });
    let confidence = claim.confidence.map_or("not measured".to_owned(), |c| format!("{:.0} %", c * 100.0));
    say("rule", format!("{} (confidence: {confidence})", claim.rule));
    for judgement in &claim.judgements {
        say("judged", phrase::judged(judgement));
    }
    let incidents = ledger.incidents_of(&claim.id)?;
    say("incidents", if incidents.is_empty() { plural(0, "incident") } else { incidents.join(", ") });
    Ok(())
}

fn names(named: &[Named]) -> String {
    let name = |n: &Named| format!("{} ({}–{})", n.name, n.span.start, n.span.end);
    named.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The quote between the words around it.
fn in_context(page: &mut Page, text: &str, claim: &Claim) {
    let points = CodePoints::new(text);
    let byte = |point: usize| points.to_byte(point).min(text.len());
    let part = |start: usize, end: usize| text.get(byte(start)..byte(end)).unwrap_or_default();
    let before = part(claim.span.start.saturating_sub(CONTEXT), claim.span.start);
    let after = part(claim.span.end, claim.span.end + CONTEXT);
    let before = before.rsplit("\n\n").next().unwrap_or_default();
    let after = after.split("\n\n").next().unwrap_or_default();
    page.paragraph(2, (FAINT, ""), FAINT, &format!("…{before}"));
    page.paragraph(2, (NUMBER, "▸"), STRONG, &claim.quote);
    page.paragraph(2, (FAINT, ""), FAINT, &format!("{after}…"));
}
