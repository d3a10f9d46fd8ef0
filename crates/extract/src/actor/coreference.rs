//! Pronouns and short forms: who "he", "it", "the ministry" is.
//!
//! A pronoun takes the nearest compatible mention before it, subjects before others; where two are equally near
//! and nothing tells them apart, it stays unresolved and keeps both as candidates.
use super::register::fold;
use super::words::is_in;
use super::{ActorFinder, ActorKind, ActorMention, Cast, Entry, described};
use crate::Reading;
use crate::senses::{Kind, kind_of};
use variorum_syntax::{Entity, Token};

/// Sentences that a pronoun may look back over, its own included.
pub(super) const REACH: usize = 3;

/// Who a pronoun is.
pub(super) fn pronoun(finder: &ActorFinder, reading: &Reading, cast: &Cast, i: usize) -> ActorMention {
    let doc = &reading.doc;
    let token = doc.token(i);
    if matches!(token.tag(), "WP" | "WDT" | "WP$") || token.is("that") {
        // A relative pronoun is what its clause hangs on.
        let clause = token.ancestors().find(|a| a.dep() == "relcl" || a.dep() == "acl");
        if let Some(noun) = clause.map(|c| c.head()).filter(|n| n.i() != i && matches!(n.pos(), "NOUN" | "PROPN")) {
            return finder.resolve(reading, cast, noun.i());
        }
        return unresolved(reading, i, Vec::new());
    }
    if let Some(object) = accused(finder, token) {
        return finder.resolve(reading, cast, object.i());
    }
    let wanted: fn(&ActorMention, Token<'_>) -> bool = match token.text().to_lowercase().as_str() {
        "he" | "him" | "his" | "she" | "her" | "hers" => |m, _| m.kind == ActorKind::Person,
        "it" | "its" => |m, head| {
            // "The military said its troops"
            let one = !is_plural(head) || head.is("military");
            matches!(m.kind, ActorKind::State | ActorKind::Organisation | ActorKind::Institution) && one
        },
        "they" | "them" | "their" => |m, head| match m.kind {
            ActorKind::Institution | ActorKind::Description | ActorKind::Organisation | ActorKind::State => {
                is_plural(head)
            }
            _ => false,
        },
        _ => return unresolved(reading, i, Vec::new()),
    };
    let sentence = token.sent_index();
    let mut candidates: Vec<(u32, &ActorMention)> = Vec::new();
    for mention in cast.mentions.iter().rev().skip_while(|m| m.tokens.end > i) {
        let head = doc.token(mention.head);
        let back = sentence - head.sent_index();
        if back >= REACH || reading.article_at(head.start()) != reading.article_at(token.start()) {
            break;
        }
        if !wanted(mention, head)
            || (back == 0 && same_clause_object(token, head))
            || is_of_other_sex(finder, token, mention)
        {
            continue;
        }
        // Distance in sentences counts most, then whether it is a subject.
        candidates.push((back as u32 * 2 + u32::from(!is_subject(head)), mention));
    }
    candidates.sort_by_key(|c| c.0);
    let Some(&(best, first)) = candidates.first() else { return unresolved(reading, i, Vec::new()) };
    let mut rivals: Vec<String> = candidates.iter().filter(|c| c.0 == best).map(|c| c.1.actor.name.clone()).collect();
    rivals.dedup();
    rivals.sort();
    rivals.dedup();
    let nameless = first.kind == ActorKind::Person && is_nearer_nameless(finder, token, first.head);
    let many = token.is_any(&["they", "them", "their", "its"]) && is_nearer_group(finder, token, first);
    if rivals.len() > 1 || nameless || many {
        return unresolved(reading, i, rivals);
    }
    if token.is("it") && best >= 2 && is_about_a_thing(reading, cast, sentence - 1, first) {
        return unresolved(reading, i, rivals);
    }
    if token.is("it") && best == 1 && is_of_thing(reading, cast, token) {
        return unresolved(reading, i, rivals);
    }
    again(reading, i, first)
}

/// "Prince Leopold … she": what the name is told with is of the other sex.
fn is_of_other_sex(finder: &ActorFinder, pronoun: Token<'_>, mention: &ActorMention) -> bool {
    let other = match pronoun.text().to_lowercase().as_str() {
        "he" | "him" | "his" => &finder.words.female,
        "she" | "her" | "hers" => &finder.words.male,
        _ => return false,
    };
    let doc = pronoun.doc();
    let title = doc.token(mention.head).children().filter(|c| c.dep() == "compound").any(|c| is_in(other, c));
    title || mention.tokens.clone().any(|i| is_in(other, doc.token(i)))
}

/// "The bus was on its way to Orlec when it was hit": the clause above is about a thing.
fn is_of_thing(reading: &Reading, cast: &Cast, pronoun: Token<'_>) -> bool {
    let clause = pronoun.head();
    let above = Some(clause.head()).filter(|_| matches!(clause.dep(), "advcl" | "conj"));
    let subject = above.and_then(|verb| verb.child_any(&["nsubj", "nsubjpass"]));
    let acts = |t: Token<'_>| cast.mentions.iter().any(|m| m.head == t.i());
    subject.is_some_and(|s| s.tag() == "NN" && reading.doc.token(s.i()).ent_type().is_empty() && !acts(s))
}

/// "The warden found a man in the yard, and he told her": somebody whom no name is given for stands as near as the name that
/// would be taken.
pub(super) fn is_nearer_nameless(finder: &ActorFinder, pronoun: Token<'_>, named: usize) -> bool {
    let (doc, words, sentence) = (pronoun.doc(), &finder.words, pronoun.sent_index());
    let other_sex = if pronoun.text().to_lowercase().starts_with('h') && !pronoun.is_any(&["her", "hers"]) {
        &words.female
    } else {
        &words.male
    };
    let from = doc.sent(sentence.saturating_sub(REACH - 1)).start;
    // "The warden wondered why the boy had run. He …": whom the sentence before is about.
    let leads = |t: Token<'_>| is_subject(t) && t.head().is_root();
    let head = doc.token(named);
    let rank = |t: Token<'_>| sentence.saturating_sub(t.sent_index()) * 2 + usize::from(!is_subject(t));
    let below = |t: Token<'_>| t.sent_index() == head.sent_index() && leads(head) && !leads(t);
    (from..pronoun.i()).rev().map(|i| doc.token(i)).any(|t| {
        let indefinite = t.children().any(|c| c.dep() == "det" && c.is_any(&["a", "an", "another"]));
        let person = is_in(&words.male, t)
            || is_in(&words.female, t)
            || is_in(&words.nameless, t)
            || indefinite && kind_of(t.lemma()) == Some(Kind::Person);
        // "Ivo Brandt, a clerk", "a clerk, Ivo Brandt", "is a clerk": who is named.
        let of_name = matches!(t.dep(), "appos" | "attr" | "compound" | "poss" | "oprd")
            || t.children().any(|c| c.dep() == "appos")
            || t == head;
        let near = rank(t) < rank(head) || rank(t) == rank(head) && t.i() > named;
        let passed = head.sent_index() < sentence && below(t);
        t.tag() == "NN"
            && person
            && !of_name
            && !is_in(other_sex, t)
            && near
            && !passed
            && !same_clause_object(pronoun, t)
    })
}

/// "The guards took land from the group, but they struck back", "the guards say six boys came. They …": others that "they" may be
/// stand as near as whom it would be taken for.
fn is_nearer_group(finder: &ActorFinder, pronoun: Token<'_>, first: &ActorMention) -> bool {
    let (doc, sentence) = (pronoun.doc(), pronoun.sent_index());
    let head = doc.token(first.head);
    let rank = |t: Token<'_>| sentence.saturating_sub(t.sent_index()) * 2 + usize::from(!is_subject(t));
    let from = doc.sent(sentence.saturating_sub(REACH - 1)).start;
    (from..pronoun.i()).map(|i| doc.token(i)).any(|t| {
        let person = || kind_of(&t.lemma().to_lowercase()) == Some(Kind::Person);
        let several = !pronoun.is("its") && matches!(t.tag(), "NNS" | "NNPS") && person();
        let group = t.tag() == "NN" && is_in(&finder.words.sorts, t);
        let itself =
            first.tokens.contains(&t.i()) || t == head || matches!(t.dep(), "compound" | "poss" | "appos" | "attr");
        // "Fought the rebels, where scores of them fell": whom one does something to is as likely the one as the other.
        // "Raiders seized nine drovers. They were killed."
        let befell = pronoun.dep() == "nsubjpass" && t.dep() == "dobj" && t.sent_index() + 1 == sentence;
        let done_to = !pronoun.dep().starts_with("nsubj") && t.sent_index() == sentence || befell;
        (several || group) && !itself && (rank(t) <= rank(head) || done_to) && !same_clause_object(pronoun, t)
    })
}

/// "The raid on the guard's post was the third. It killed nine": the sentence is about a thing, and "it" may be that.
fn is_about_a_thing(reading: &Reading, cast: &Cast, sentence: usize, candidate: &ActorMention) -> bool {
    let root = reading.doc.sent(sentence).root();
    let Some(subject) = root.children().find(|c| matches!(c.dep(), "nsubj" | "nsubjpass")) else { return false };
    let acts = cast.mentions.iter().any(|m| m.head == subject.i());
    subject.tag() == "NN" && !acts && !candidate.tokens.contains(&subject.i())
}

/// Whom "them" means in "blamed the guards, accusing them", "laid the blame on the guards accusing them": who was just
/// accused, where only he is of its number.
fn accused<'d>(finder: &ActorFinder, pronoun: Token<'d>) -> Option<Token<'d>> {
    let verb = pronoun.head();
    let participle = verb.tag() == "VBG" && matches!(verb.dep(), "advcl" | "acl" | "pcomp");
    if pronoun.dep() != "dobj" || !participle || !is_in(&finder.words.accusing, verb) {
        return None;
    }
    let outer = verb.ancestors().find(|a| a.pos() == "VERB")?;
    let direct: Vec<Token<'d>> = outer.rights().filter(|c| c.dep() == "dobj").collect();
    let led = outer.rights().chain(direct.iter().flat_map(|d| d.rights()));
    let of_preposition = led.filter(|c| c.dep() == "prep").flat_map(|p| p.child("pobj"));
    let of_clause = verb.child("nsubj").filter(|_| verb.dep() == "pcomp");
    let plural = pronoun.is("them");
    let fits = |t: &Token<'_>| t.i() < verb.i() && matches!(t.pos(), "NOUN" | "PROPN") && is_plural(*t) == plural;
    let mut objects: Vec<Token<'d>> =
        direct.iter().copied().chain(of_preposition).chain(of_clause).filter(fits).collect();
    objects.sort_by_key(|t| t.i());
    objects.dedup_by_key(|t| t.i());
    <[Token<'d>; 1]>::try_from(objects).ok().map(|[only]| only)
}

/// "The ministry", "the agency", "the government" after a fuller mention of the same.
pub(super) fn short_form(finder: &ActorFinder, reading: &Reading, cast: &Cast, head: usize) -> Option<ActorMention> {
    let token = reading.doc.token(head);
    let definite = token.children().any(|c| c.dep() == "det" && c.is("the"));
    if !definite || token.children().any(|c| matches!(c.dep(), "amod" | "compound" | "poss" | "relcl")) {
        return None;
    }
    let word = fold(token.text());
    let earlier = cast.mentions.iter().rev().skip_while(|m| m.tokens.end > head);
    for mention in earlier.take(24) {
        let fits = match mention.institution {
            Some(i) => finder.register.institutions[i].short.contains(&word) && mention.state.is_some(),
            None => {
                mention.kind == ActorKind::Organisation
                    && fold(&mention.actor.quote.text).split_whitespace().next_back() == Some(&word)
                    && mention.tokens.len() > 1
            }
        };
        if fits {
            return Some(again(reading, head, mention));
        }
    }
    by_sort(finder, reading, cast, token).map(|mention| again(reading, head, mention))
}

/// "The group", "the newspaper": the only organisation that the sentences before name, where they name just one.
fn by_sort<'c>(finder: &ActorFinder, reading: &Reading, cast: &'c Cast, noun: Token<'_>) -> Option<&'c ActorMention> {
    // "The group of drovers", "the group known as the Front": its own words say which.
    let told = noun.children().any(|c| matches!(c.dep(), "prep" | "acl" | "appos"));
    if noun.tag() != "NN" || told || !is_in(&finder.words.sorts, noun) {
        return None;
    }
    let article = reading.article_at(noun.start());
    let near = |m: &&ActorMention| {
        let named = reading.doc.token(m.head);
        let reach = noun.sent_index() - named.sent_index() < REACH && reading.article_at(named.start()) == article;
        reach && m.kind == ActorKind::Organisation && !is_plural(named)
    };
    let doc = &reading.doc;
    // "A group of men … the group": that one.
    let first = doc.sent((noun.sent_index() + 1).saturating_sub(REACH)).start;
    let nameless = |t: Token<'_>| t.lemma() == noun.lemma() && t.children().any(|c| c.dep() == "det" && !c.is("the"));
    if (first..noun.i()).any(|i| nameless(doc.token(i))) {
        return None;
    }
    let mut before = cast.mentions.iter().rev().skip_while(|m| m.tokens.end > noun.i()).filter(near);
    let nearest = before.next()?;
    // Another body, that nothing is known of, stands nearer.
    let unknown = |e: &&Entity| e.label == "ORG" && nearest.tokens.end <= e.start && e.end <= noun.i();
    if doc.entities().iter().any(|e| unknown(&e)) {
        return None;
    }
    let one = before.all(|m| m.actor.name == nearest.actor.name);
    // Who acted or spoke: what the parser takes for a body elsewhere may be a town.
    let head = doc.token(nearest.head);
    let spoke = head.dep() == "pobj" && head.head().is("to") && head.head().head().is("according");
    (one && (is_subject(head) || spoke)).then_some(nearest)
}

/// A mention that stands for an earlier one.
fn again(reading: &Reading, head: usize, earlier: &ActorMention) -> ActorMention {
    let mut back = described(reading, head..head + 1, head, earlier.kind);
    back.actor.name = earlier.actor.name.clone();
    back.actor.id = earlier.actor.id.clone();
    back.state = earlier.state.clone();
    back.institution = earlier.institution;
    back
}

/// "The country's president", "officials in the region": whose a body is that is only said to be some state's. A region is
/// the authority without general recognition that was named last, a country the state; two states named equally near leave
/// it open.
pub(super) fn own_by_kind(
    finder: &ActorFinder,
    reading: &Reading,
    cast: &Cast,
    mention: &mut ActorMention,
    institution: usize,
) {
    let token = reading.doc.token(mention.head);
    let within = token.rights().find(|r| r.dep() == "prep" && (r.is("of") || r.is("in")));
    let Some(noun) = token.child("poss").or(within.and_then(|p| p.child("pobj"))) else { return };
    let unrecognised = is_in(&finder.words.authorities, noun);
    if !unrecognised && !is_in(&finder.words.states, noun) {
        return;
    }
    let article = reading.article_at(token.start());
    let mut named: Vec<(usize, usize)> = Vec::new();
    for hit in cast.hits.iter().rev().filter(|h| h.end <= mention.head) {
        let at = reading.doc.token(hit.start);
        if reading.article_at(at.start()) != article {
            break;
        }
        if let Entry::State(i, _) = hit.entry
            && finder.register.states[i].de_facto == unrecognised
        {
            named.push((i, at.sent_index()));
        }
    }
    let Some(&(state, sentence)) = named.first() else { return };
    let rivals: Vec<usize> = named.iter().filter(|n| n.1 == sentence && n.0 != state).map(|n| n.0).collect();
    if rivals.is_empty() {
        finder.own(mention, state, institution);
        return;
    }
    let name =
        |s: usize| finder.register.institutions[institution].name.replace("{state}", &finder.register.states[s].name);
    mention.candidates = std::iter::once(state).chain(rivals).map(name).collect();
    mention.candidates.sort();
    mention.candidates.dedup();
}

fn unresolved(reading: &Reading, i: usize, candidates: Vec<String>) -> ActorMention {
    let mut mention = described(reading, i..i + 1, i, ActorKind::Unresolved);
    mention.candidates = candidates;
    mention
}

fn is_plural(head: Token<'_>) -> bool {
    matches!(head.tag(), "NNS" | "NNPS") || head.is_any(&["police", "military"])
}

fn is_subject(head: Token<'_>) -> bool {
    matches!(head.dep(), "nsubj" | "nsubjpass") || (head.dep() == "pobj" && head.head().dep() == "agent")
}

/// "Orlec shelled it", "Orlec blamed Tolm, accusing it": subject and object of one verb are not the same, nor is the subject that
/// a participle shares.
fn same_clause_object(pronoun: Token<'_>, head: Token<'_>) -> bool {
    let (verb, clause) = (pronoun.head(), pronoun.head().head());
    let shared =
        matches!(verb.dep(), "advcl" | "xcomp") && verb.tag() == "VBG" && head.head() == clause && is_subject(head);
    pronoun.tag() == "PRP" && !pronoun.is_root() && (verb == head.head() || shared)
}
