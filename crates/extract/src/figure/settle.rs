//! From links to figures: categories of bare numbers, joint counts, and counts that others overtake.
use super::FigureMention;
use super::attach::{Link, Scene};
use super::counted::{Counted, Kind};
use super::lexicon::Frame;
use super::text::Text;
use variorum_model::{Figure, Quote, Span};

/// A figure with what is needed to settle it against others.
pub(super) struct Draft {
    pub mention: FigureMention,
    pub weak: bool,
    pub article: usize,
}

/// Adds the figures of one sentence.
pub(super) fn draft_sentence(scene: &Scene, drafts: &mut Vec<Draft>) {
    let mut links = scene.links();
    join_casualties(scene, &mut links);
    drop_overtaken(&mut links);
    for link in &links {
        if let Some(draft) = draft(scene, link) {
            drafts.push(draft);
        }
    }
}

/// "killed or wounded 12", "killed and wounded dozens": one count of both.
fn join_casualties(scene: &Scene, links: &mut Vec<Link>) {
    let mut at = 0;
    while at < links.len() {
        let link = links[at].clone();
        let other = links.iter().position(|l| {
            let (a, b) = (&scene.triggers[link.trigger].tokens, &scene.triggers[l.trigger].tokens);
            l.counted == link.counted
                && link.measure == "killed"
                && l.measure == "wounded"
                && a.end < b.start
                && b.start - a.end <= 2
                && matches!(scene.text.word(a.end), "or" | "and" | "&" | "/")
                && !scene.triggers[l.trigger].entry.weak
        });
        if let Some(other) = other {
            links[at].measure = "casualties";
            links.remove(other);
            if other < at {
                at -= 1;
            }
        }
        at += 1;
    }
}

/// Of one phrase, "killed" overtakes "wounded", and strong words overtake weak ones.
fn drop_overtaken(links: &mut Vec<Link>) {
    let killed: Vec<usize> = links.iter().filter(|l| l.measure == "killed").map(|l| l.counted).collect();
    links.retain(|l| {
        !(matches!(l.measure, "wounded" | "casualties" | "missing" | "protesters") && killed.contains(&l.counted))
    });
    // "14 protesters were arrested" tells of arrests.
    let told: Vec<usize> = links.iter().filter(|l| l.measure != "protesters").map(|l| l.counted).collect();
    links.retain(|l| l.measure != "protesters" || !told.contains(&l.counted));
}

fn draft(scene: &Scene, link: &Link) -> Option<Draft> {
    let counted = &scene.counted[link.counted];
    let trigger = &scene.triggers[link.trigger];
    let text = scene.text;
    let setting = scene.setting_of(link.counted, link.trigger);
    let tokens = counted.start..counted.tokens.end;
    let bytes = text.doc.slice(tokens.clone()).bytes();
    let quote = Quote::new(Span::new(bytes.start, bytes.end), text.doc.text());
    let q = &counted.quantity;
    let figure = Figure {
        quote,
        measure: link.measure.to_owned(),
        category: category(scene, link.counted, trigger.entry.frame == Frame::Toll).to_owned(),
        value: q.value,
        min: q.min,
        max: q.max,
        bound: q.bound,
        side: scene.lexicon.side_of(text, counted, &scene.sent),
        scope: setting.scope,
        as_of: None,
    };
    let mention = FigureMention {
        figure,
        tokens,
        trigger: trigger.tokens.start,
        background: setting.background,
        polarity: setting.polarity,
        rule: trigger.entry.id.clone(),
    };
    let article = text.reading.article_at(bytes.start);
    Some(Draft { mention, weak: trigger.entry.weak, article })
}

/// The category of a phrase; a bare number takes that of the people counted before it in the sentence.
fn category<'a>(scene: &'a Scene, c: usize, toll: bool) -> &'a str {
    let counted = &scene.counted[c];
    if let Some(category) = counted.category.filter(|_| !bare_others(scene, counted)) {
        return category;
    }
    if toll {
        return counted.category.unwrap_or("people");
    }
    let before = (c.saturating_sub(6)..c).rev().map(|i| &scene.counted[i]);
    let mut candidates =
        before.filter(|b| b.host.is_none() && b.kind == Kind::Numeric && b.class == "person" && !bare_others(scene, b));
    let inherited = candidates.next().and_then(|b| b.category);
    match inherited {
        Some(category) => category,
        None => counted.category.unwrap_or("people"),
    }
}

/// "11 others", "another 12 people".
fn bare_others(scene: &Scene, counted: &Counted) -> bool {
    matches!(scene.text.word(counted.head), "others" | "other") || (counted.other && counted.class == "none")
}

/// Settles figures against each other over each article.
pub(super) fn settle(text: &Text, drafts: &mut Vec<Draft>) {
    let _ = text;
    // A person who was shot and is said to have died elsewhere in the article counts once, as killed.
    let killed: Vec<(usize, Option<f64>)> = drafts
        .iter()
        .filter(|d| d.mention.figure.measure == "killed")
        .map(|d| (d.article, d.mention.figure.value))
        .collect();
    drafts.retain(|d| {
        let single = d.mention.figure.value == Some(1.0);
        !(d.weak && single && killed.iter().any(|(a, v)| *a == d.article && *v == Some(1.0)))
    });
}
