//! From links to figures: measure, category, span, and joint counts within a sentence.
use super::FigureMention;
use super::attach::{Link, Scene};
use super::counted::{Counted, Kind};
use super::lexicon::Frame;
use super::parts::OLDEST;
use smol_str::SmolStr;
use variorum_model::{Bound, Figure, Quote, Span};
use variorum_syntax::Token;

/// A figure with what is needed to settle it against others.
pub(super) struct Draft {
    pub mention: FigureMention,
    pub kind: Kind,
    /// By a word that holds only where nothing stronger is said.
    pub weak: bool,
    /// "another", "others".
    pub other: bool,
    /// A number without a noun.
    pub bare: bool,
    /// "Members" of a body that is not named with them.
    pub belonging: bool,
    /// Counts a part of a figure before it.
    pub part: bool,
    /// Counts over a stretch of time ("in three days of fighting").
    pub stretch: bool,
    /// Its sentence names a year: "in 2009 Ivo Brandt was killed" is none of those counted before.
    pub of_year: bool,
    /// By a word that does not say whether killed or wounded: "two of the victims".
    pub victims: bool,
    /// The trigger is inside the phrase: "an injured child".
    pub inner: bool,
    pub toll: bool,
    /// A relative, whose word does not say whether child or adult.
    pub kin: bool,
    /// Last word of the name of a single person.
    pub name: Option<SmolStr>,
    /// "himself": the one who does it.
    pub reflexive: bool,
    /// Years of age, where said.
    pub age: Option<f64>,
    pub article: usize,
    pub sent: usize,
}

/// Adds the figures of one sentence.
pub(super) fn draft_sentence(scene: &Scene, drafts: &mut Vec<Draft>) {
    let mut links = scene.links();
    join_casualties(scene, &mut links);
    drop_overtaken(scene, &mut links);
    let mut made: Vec<Draft> = Vec::new();
    for run in runs(scene, &links) {
        draft_list(scene, &links, &run, &mut made);
    }
    // "No other injuries", "no one else was hurt": beside those told of, who are some.
    let besides = |d: &Draft| d.other || scene.text.word(d.mention.tokens.end) == "else";
    made.retain(|d| !(d.mention.figure.value == Some(0.0) && besides(d)));
    made.sort_by_key(|d| (d.mention.figure.quote.span, d.mention.trigger));
    drafts.append(&mut made);
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
                && a.end <= b.start
                && b.start - a.end <= 2
                && (a.end == b.start || matches!(scene.word(a.end), "or" | "and" | "&" | "/"))
                && !scene.triggers[l.trigger].entry.weak
        });
        if let Some(other) = other {
            links[at].measure = "casualties";
            links.remove(other);
            at -= usize::from(other < at);
        }
        at += 1;
    }
}

/// Of one phrase, "killed" overtakes "wounded", and what happened to it overtakes what it is.
fn drop_overtaken(scene: &Scene, links: &mut Vec<Link>) {
    let counting = |l: &Link| scene.triggers[l.trigger].entry.frame == Frame::Counting;
    let killed: Vec<usize> = links.iter().filter(|l| l.measure == "killed").map(|l| l.counted).collect();
    let told: Vec<usize> = links.iter().filter(|l| !counting(l)).map(|l| l.counted).collect();
    let wounded: Vec<usize> = links.iter().filter(|l| l.measure == "wounded").map(|l| l.counted).collect();
    links.retain(|l| {
        let survived = matches!(l.measure, "wounded" | "casualties" | "missing") && killed.contains(&l.counted);
        let named_only = counting(l) && told.contains(&l.counted);
        // "Three injured girls were shot": what harm they came to is told.
        let vague = l.measure == "casualties" && wounded.contains(&l.counted);
        !survived && !named_only && !vague
    });
}

/// Drafts of a list: "John Smith and Mary Jones died" counts two people; "Smith, his wife and two sons died" counts four,
/// with the wife and the sons as parts of them.
fn draft_list(scene: &Scene, links: &[Link], run: &[usize], made: &mut Vec<Draft>) {
    let members: Vec<&Counted> = run.iter().map(|&i| &scene.counted[links[i].counted]).collect();
    let categories: Vec<&str> = run.iter().map(|&i| category(scene, links[i].counted, false)).collect();
    let single = |c: &Counted| c.kind != Kind::Numeric;
    let alike = members.iter().all(|c| single(c))
        && categories.iter().all(|c| *c == categories[0])
        && members.iter().all(|c| (c.kind == Kind::Name) == (members[0].kind == Kind::Name));
    let open = members.iter().zip(&categories).any(|(c, category)| single(c) && *category == "people");
    if run.len() > 1 && (alike || open) {
        let sum = members.iter().filter_map(|c| c.quantity.value).sum();
        let mut joint = draft(scene, &links[run[0]], &links[run[run.len() - 1]], Some(sum));
        if open {
            joint.mention.figure.category = "people".to_owned();
        }
        made.push(joint);
        if alike {
            return;
        }
    }
    for (&i, category) in run.iter().zip(&categories) {
        if run.len() > 1 && open && *category == "people" {
            continue;
        }
        let mut member = draft(scene, &links[i], &links[i], None);
        member.part |= run.len() > 1 && open;
        made.push(member);
    }
}

/// Links that list exactly counted people of one trigger.
fn runs(scene: &Scene, links: &[Link]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for (i, link) in links.iter().enumerate() {
        let joined = runs.last().and_then(|g| g.last()).is_some_and(|&last| {
            let before = &links[last];
            let (a, b) = (&scene.counted[before.counted], &scene.counted[link.counted]);
            let exact = |c: &Counted| {
                c.class == "person"
                    && c.quantity.value.is_some()
                    && c.host.is_none()
                    && !c.partitive
                    && c.quantity.bound == Bound::Exactly
            };
            before.trigger == link.trigger
                && before.measure == link.measure
                && link.counted == before.counted + 1
                && exact(a)
                && exact(b)
                && scene.lexicon.lists(scene.text, a, b)
        });
        match runs.last_mut() {
            Some(run) if joined => run.push(i),
            _ => runs.push(vec![i]),
        }
    }
    runs
}

fn draft(scene: &Scene, link: &Link, last: &Link, joint: Option<f64>) -> Draft {
    let counted = &scene.counted[link.counted];
    let trigger = &scene.triggers[link.trigger];
    let text = scene.text;
    let setting = scene.setting_of(link.counted, link.trigger);
    let tokens = counted.start..scene.counted[last.counted].tokens.end;
    let bytes = text.doc.slice(tokens.clone()).bytes();
    let q = &counted.quantity;
    let words = &scene.lexicon.syntax;
    let toll = trigger.entry.frame == Frame::Toll;
    let mut category = category(scene, link.counted, toll).to_owned();
    if scene.lexicon.syntax.reflexives.contains(&text.words[counted.head])
        && let Some(own) = category_of_subject(scene, trigger.head).filter(|c| *c != "people")
    {
        category = own.to_owned();
    }
    if counted.kind == Kind::Pronoun
        && !scene.lexicon.syntax.reflexives.contains(&text.words[counted.head])
        && let Some(own) = antecedent_category(scene, link.counted)
    {
        category = own.to_owned();
    }
    if counted.partitive
        && words.kin.contains(&text.words[counted.head])
        && let Some(whole) = counted.host.and_then(|h| scene.counted[h].category)
    {
        category = whole.to_owned();
    }
    if category == "people"
        && let Some(own) = category_told_beside(scene, link.counted)
    {
        category = own.to_owned();
    }
    let belonging = category == "people" && is_belonging(scene, counted);
    if belonging
        && owned_by_subject(scene, counted)
        && let Some(own) = fighting_subject(scene, trigger.head)
    {
        category = own.to_owned();
    }
    let age = if joint.is_none() { age_of(scene, counted) } else { None };
    if age.is_some_and(|years| years < 18.0) && matches!(category.as_str(), "people" | "men" | "women") {
        category = "children".to_owned();
    }
    // "His son, 35", "her son, Dorin Hask": a child of somebody, and no child that we know of.
    let child = text.doc.token(counted.head);
    let named = |t: Token<'_>| t.dep() == "appos" && t.ent_type() == "PERSON" && t.i() > child.i();
    let offspring = age.is_none() && words.offspring.contains(&text.words[counted.head]) && child.children().any(named);
    if (offspring || age.is_some_and(|years| years >= 18.0)) && category == "children" {
        category = "people".to_owned();
    }
    let figure = Figure {
        quote: Quote::new(Span::new(bytes.start, bytes.end), text.doc.text()),
        measure: link.measure.to_owned(),
        category,
        value: joint.or(q.value),
        min: joint.or(q.min),
        max: joint.or(q.max),
        bound: q.bound,
        side: scene.lexicon.side_of(text, counted, &scene.sent),
        scope: setting.scope,
        as_of: None,
    };
    Draft {
        kind: if joint.is_some() { Kind::Numeric } else { counted.kind },
        weak: trigger.entry.weak,
        other: counted.other,
        bare: counted.class == "none" || bare_others(scene, counted),
        belonging,
        of_year: scene.sent.clone().any(|i| is_year(text.doc.token(i))),
        part: counted.host.is_some() || counted.partitive,
        stretch: setting.stretch,
        victims: trigger.entry.unsplit && (trigger.entry.subset || counted.partitive || counted.host.is_some()),
        inner: counted.tokens.contains(&trigger.tokens.start),
        toll,
        kin: words.kin.contains(&text.words[counted.head]),
        name: if counted.kind == Kind::Name && joint.is_none() { last_name(scene, counted) } else { None },
        reflexive: words.reflexives.contains(&text.words[counted.head]),
        age,
        article: text.reading.article_at(bytes.start),
        sent: scene.sent.start,
        mention: FigureMention {
            figure,
            tokens,
            // "The dead included nine porters": not the article.
            trigger: trigger.tokens.clone().find(|&i| text.doc.token(i).tag() != "DT").unwrap_or(trigger.head),
            background: setting.background,
            polarity: setting.polarity,
            rule: trigger.entry.id.clone(),
        },
    }
}

/// The last word of a name that is a word.
fn last_name(scene: &Scene, counted: &Counted) -> Option<SmolStr> {
    let letters = |i: &usize| scene.text.word(*i).chars().next().is_some_and(char::is_alphabetic);
    let suffix = |i: &usize| matches!(scene.text.word(*i), "jr" | "jr." | "sr" | "sr." | "ii" | "iii" | "iv");
    counted.tokens.clone().rev().find(|i| letters(i) && !suffix(i)).map(|i| scene.text.words[i].clone())
}

/// "In 2009", "of 1994".
fn is_year(token: Token<'_>) -> bool {
    let digits = token.text().len() == 4 && matches!(token.text().get(..2), Some("19" | "20"));
    digits && token.text().bytes().all(|b| b.is_ascii_digit()) && token.dep() == "pobj"
}

/// Age of a single person: "a 27-year-old man", "John Smith, 27,", "John Smith (27)".
fn age_of(scene: &Scene, counted: &Counted) -> Option<f64> {
    if counted.kind == Kind::Numeric {
        return None;
    }
    let text = scene.text;
    let end = counted.tokens.end;
    if let Some(years) = text.age_within(counted.tokens.start, counted.tokens.end) {
        return Some(years);
    }
    if counted.kind == Kind::Name
        && let Some(years) = text.number(end - 1)
    {
        return Some(years).filter(|y| *y < OLDEST);
    }
    let at = if matches!(scene.word(end), "," | "(") { end + 1 } else { end };
    let closed = matches!(scene.word(at + 1), "," | ")" | "." | "of" | "was" | "died" | "");
    text.words
        .get(at)
        .and_then(|_| text.number(at))
        .filter(|y| *y < OLDEST && (at > end || counted.kind == Kind::Name) && closed)
}

/// Category of the person named before a pronoun in its sentence.
fn antecedent_category<'a>(scene: &'a Scene, c: usize) -> Option<&'a str> {
    let own = scene.counted[c].category?;
    let before = (c.saturating_sub(4)..c).rev().map(|i| &scene.counted[i]);
    let mut candidates = before.filter(|b| {
        let sexes_differ = matches!((own, b.category), ("men", Some("women")) | ("women", Some("men")));
        b.class == "person" && b.kind != Kind::Numeric && b.kind != Kind::Pronoun && !sexes_differ
    });
    let nearest = candidates.next()?;
    // "Brandt sold lamps with his nine-year-old son when he was shot": rather who the sentence is about.
    let doc = scene.text.doc;
    let subject = |b: &Counted| matches!(doc.token(b.head).dep(), "nsubj" | "nsubjpass");
    let here = |b: &Counted| doc.token(b.head).sent_index() == doc.token(scene.counted[c].head).sent_index();
    let about = candidates.find(|b| subject(b) && here(b)).filter(|_| here(nearest) && !subject(nearest));
    about.unwrap_or(nearest).category
}

/// "Ilan Teskar, a conscript,": what stands beside a name says who the person is.
fn category_told_beside<'a>(scene: &'a Scene, c: usize) -> Option<&'a str> {
    let (name, beside) = (&scene.counted[c], scene.counted.get(c + 1)?);
    let apposed =
        name.kind == Kind::Name && scene.is_apposition(name, beside) && scene.lexicon.lists(scene.text, name, beside)
            || name.kind == Kind::Name && beside.kind == Kind::Definite && name.tokens.end == beside.tokens.start;
    beside.category.filter(|_| apposed && beside.class == "person")
}

fn is_belonging(scene: &Scene, counted: &Counted) -> bool {
    scene.text.nouns[counted.head].is_some_and(|(form, _)| scene.lexicon.nouns[form.noun].belonging)
}

/// "Nine of its own members".
fn owned_by_subject(scene: &Scene, counted: &Counted) -> bool {
    counted.tokens.clone().any(|i| scene.text.doc.token(i).tag() == "PRP$")
}

/// Which combatants the subject of a deed names: "the militia", "Army of the Hills".
fn fighting_subject<'a>(scene: &'a Scene, verb: usize) -> Option<&'a str> {
    let subject = scene.text.doc.token(verb).child("nsubj")?;
    let range = subject.subtree().into_iter().min()?..subject.i() + 1;
    scene
        .lexicon
        .modifier_category(scene.text, range.start, range.end, false)
        .or_else(|| scene.text.nouns[subject.i()].map(|(form, _)| scene.lexicon.nouns[form.noun].category.as_str()))
        .filter(|category| fights(category))
}

/// Category of the one who does it to himself.
fn category_of_subject<'a>(scene: &'a Scene, verb: usize) -> Option<&'a str> {
    let mut verb = scene.text.doc.token(verb);
    for _ in 0..3 {
        if let Some(subject) = verb.child_any(&["nsubj", "nsubjpass"]) {
            let counted = scene.owner_of(subject.i()).and_then(|owner| scene.counted[owner].category);
            // "The girl", whom nobody counts
            let noun = || scene.lexicon.scan_noun(scene.text, subject.i(), subject.i() + 1, false);
            return counted.or_else(|| noun().and_then(|(_, class, category)| category.filter(|_| class == "person")));
        }
        if verb.is_root() {
            return None;
        }
        verb = verb.head();
    }
    None
}

/// The category of a phrase; a bare number takes that of the people counted before it in the sentence.
fn category<'a>(scene: &'a Scene, c: usize, toll: bool) -> &'a str {
    let counted = &scene.counted[c];
    let own = counted.category.filter(|_| !bare_others(scene, counted));
    // A noun of its own, known or not, is not about those named before.
    let noun = counted.class != "none" && !bare_others(scene, counted);
    if toll || own.is_some() || noun {
        return own.unwrap_or("people");
    }
    let before = (c.saturating_sub(6)..c).rev().map(|i| &scene.counted[i]);
    let mut candidates = before.filter(|b| {
        let people = b.host.is_none() && !b.partitive && b.kind == Kind::Numeric && b.class == "person";
        people && !bare_others(scene, b) && !acts_on(scene, b, counted)
    });
    let first = candidates.next();
    let found = first.and_then(|b| b.category);
    // "two women were killed and ten others", "one man was killed and 20 wounded": the others, and the greater number, may be anyone.
    let more = first.is_some_and(|b| counted.quantity.value > b.quantity.value);
    let by_sex = (more || bare_others(scene, counted)) && matches!(found, Some("women" | "men" | "children"));
    found.filter(|_| !by_sex).or(counted.category).unwrap_or("people")
}

/// "Two gunmen killed six", "stormed an inn, killing six and wounding nine": who does it is not counted by what he does it to.
fn acts_on(scene: &Scene, who: &Counted, whom: &Counted) -> bool {
    let (who, whom) = (scene.text.doc.token(who.head), scene.text.doc.token(whom.head));
    let shares = |verb: &Token<'_>| {
        let joined = matches!(verb.dep(), "conj" | "xcomp") || verb.dep() == "advcl" && verb.tag() == "VBG";
        joined && verb.child_any(&["nsubj", "nsubjpass"]).is_none()
    };
    let mut verbs = std::iter::successors(Some(whom.head()), |v| shares(v).then(|| v.head()));
    who.dep() == "nsubj" && whom.dep() == "dobj" && verbs.any(|v| v == who.head())
}

/// "11 others", "another 12 people".
fn bare_others(scene: &Scene, counted: &Counted) -> bool {
    matches!(scene.text.word(counted.head), "others" | "other") || (counted.other && counted.class == "none")
}

/// True for the categories of those who fight.
pub(super) fn fights(category: &str) -> bool {
    matches!(category, "soldiers" | "fighters" | "police" | "peacekeepers")
}
