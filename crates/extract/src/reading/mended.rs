//! Readings that the parser often gets wrong (`data/syntax/mended.toml`): what became of somebody, told before him ("shot dead nine
//! porters"), what somebody is accused of ("of shelling Orlec"), what is rejected as something ("as baseless reports that …"),
//! and what a clause or participle hangs on.
use crate::LoadError;
use crate::senses::{Kind, kind_of};
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;
use variorum_syntax::{Doc, Token};

const FILE: (&str, &str) = ("data/syntax/mended.toml", include_str!("../../../../data/syntax/mended.toml"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    results: String,
    openers: String,
    accusing: String,
    leading: String,
    deeds: String,
    rejecting: String,
    told: String,
    finding: String,
    people_only: String,
    led: String,
    followers: String,
    whereabouts: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    test: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests"))]
    allows: Vec<String>,
}

struct Words {
    results: HashSet<String>,
    openers: HashSet<String>,
    accusing: HashSet<String>,
    leading: HashSet<String>,
    deeds: HashSet<String>,
    rejecting: HashSet<String>,
    told: HashSet<String>,
    finding: HashSet<String>,
    people_only: HashSet<String>,
    led: HashSet<String>,
    followers: HashSet<String>,
    whereabouts: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file = File::read().expect("data/syntax/mended.toml is whole");
    let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
    Words {
        results: set(&file.results),
        openers: set(&file.openers),
        accusing: set(&file.accusing),
        leading: set(&file.leading),
        deeds: set(&file.deeds),
        rejecting: set(&file.rejecting),
        told: set(&file.told),
        finding: set(&file.finding),
        people_only: set(&file.people_only),
        led: set(&file.led),
        followers: set(&file.followers),
        whereabouts: set(&file.whereabouts),
    }
});

impl File {
    fn read() -> Result<Self, LoadError> {
        toml::from_str(FILE.1).map_err(|e| LoadError(format!("{}: {e}", FILE.0)))
    }
}

/// A token, the head that it is to hang on, and as what.
pub(super) type Arc = (usize, usize, &'static str);

/// Mends them all.
pub(super) fn mend(doc: Doc) -> Doc {
    let tokens = (0..doc.len()).map(|i| doc.token(i));
    let arcs: Vec<Arc> = tokens.flat_map(mended).collect();
    if arcs.is_empty() { doc } else { doc.rehung(&arcs) }
}

fn mended(t: Token<'_>) -> Vec<Arc> {
    let two = result_of(t).or_else(|| accused_of(t)).or_else(|| rejected(t));
    let one = on_condition(t)
        .or_else(|| accused_when(t))
        .or_else(|| accused_of_deed(t))
        .or_else(|| accused_as_well(t))
        .or_else(|| two_subjects(t))
        .or_else(|| negation(t))
        .or_else(|| found_so(t))
        .or_else(|| who_did(t))
        .or_else(|| who_is_led(t))
        .or_else(|| spliced(t));
    two.into_iter().flatten().chain(one).collect()
}

/// "Accused each other on Friday of raiding mills", "traded accusations of raiding mills", where what they are accused of hangs on Friday
/// or on "traded".
fn accused_when(of: Token<'_>) -> Option<Arc> {
    let above = of.head();
    let leads = WORDS.leading.contains(&of.text().to_lowercase()) && of.nbor(1).is_some_and(|t| t.tag() == "VBG");
    if !leads || of.dep() != "prep" {
        return None;
    }
    let accuses = |t: &Token<'_>| WORDS.accusing.contains(t.lemma());
    let told = |t: &Token<'_>| WORDS.told.contains(t.lemma()) && t.i() < of.i();
    let accusing = match above.dep() {
        "pobj" if above.ent_type() == "DATE" => {
            above.ancestors().take(RISE).find_map(|t| Some(t).filter(accuses).or_else(|| t.child("dobj").filter(told)))
        }
        _ if accuses(&above) => None,
        _ => above.child("dobj").filter(told),
    };
    accusing.map(|accusing| (of.i(), accusing.i(), "prep"))
}

/// "Accused the guard of theft", where the theft hangs on the guard as if it were the guard's.
fn accused_of_deed(of: Token<'_>) -> Option<Arc> {
    let (accused, verb) = (of.head(), of.head().head());
    let deed = of.child("pobj").is_some_and(|o| WORDS.deeds.contains(o.lemma()));
    let misread = of.dep() == "prep" && accused.dep() == "dobj" && WORDS.accusing.contains(verb.lemma());
    (deed && misread && WORDS.leading.contains(&of.text().to_lowercase())).then(|| (of.i(), verb.i(), "prep"))
}

/// "Accused the guard of burning mills and shooting drovers", where the shooting is one more thing that the accuser does.
fn accused_as_well(deed: Token<'_>) -> Option<Arc> {
    let accuses = deed.head();
    let misread = deed.dep() == "conj" && deed.tag() == "VBG" && WORDS.accusing.contains(accuses.lemma());
    let leads = |c: &Token<'_>| c.dep() == "prep" && WORDS.leading.contains(&c.text().to_lowercase());
    // The first deed may still hang on the accused.
    let of = accuses.children().chain(accuses.children().filter(|c| c.dep() == "dobj").flat_map(|o| o.children()));
    let first =
        of.filter(leads).find_map(|of| of.child("pcomp").or_else(|| of.nbor(1).filter(|t| t.tag() == "VBG")))?;
    (misread && accuses.tag() != "VBG" && first.i() < deed.i()).then(|| (deed.i(), first.i(), "conj"))
}

/// "Border guards said", where both words are subjects: the first says which guards.
fn two_subjects(first: Token<'_>) -> Option<Arc> {
    let second = first.nbor(1)?;
    let subjects = first.dep() == "nsubj" && second.dep() == "nsubj" && first.head() == second.head();
    let common = first.tag() == "NN" && matches!(second.tag(), "NN" | "NNS");
    (subjects && common && first.children().next().is_none()).then(|| (first.i(), second.i(), "compound"))
}

/// "Wouldn’t", whose "n’t" the parser takes for any adverb where the apostrophe is a curly one.
fn negation(not: Token<'_>) -> Option<Arc> {
    let misread = not.dep() == "advmod" && not.is_any(&["n't", "n’t"]) && matches!(not.head().pos(), "VERB" | "AUX");
    misread.then(|| (not.i(), not.head().i(), "neg"))
}

/// Steps up from a day to what is dated by it.
const RISE: usize = 4;

/// "Said on condition he not be named", where what is asked hangs on "said" as if it were what is said.
fn on_condition(asked: Token<'_>) -> Option<Arc> {
    let verb = asked.head();
    let on = |c: &Token<'_>| c.dep() == "prep" && c.is("on") && c.i() < asked.i();
    let condition = verb.children().filter(on).find_map(|c| c.child("pobj")).filter(|o| o.is("condition"))?;
    let near = asked.left_edge().i() <= condition.i() + 2;
    (asked.dep() == "ccomp" && near && asked.i() > verb.i()).then(|| (asked.i(), condition.i(), "acl"))
}

/// "A Karovia-led coalition air strike", where all hangs on the strike: it is the coalition that is led.
fn who_is_led(led: Token<'_>) -> Option<Arc> {
    let next = led.nbor(1)?;
    let followed = next.dep() == "compound" && WORDS.followers.contains(&next.lemma().to_lowercase());
    let hyphen = led.nbor(-1).is_some_and(|t| t.is("-"));
    let known = led.dep() == "amod" && hyphen && WORDS.led.contains(&led.text().to_lowercase());
    (known && followed && next.head() == led.head()).then(|| (led.i(), next.i(), "amod"))
}

/// "Feuds were common between the two, the latest raid comes as a blow": what stands behind the comma and right before a
/// verb without a subject is its subject, and no other name of what stands before.
fn spliced(noun: Token<'_>) -> Option<Arc> {
    let verb = noun.right_edge().nbor(1)?;
    let agrees = match verb.tag() {
        "VBZ" => matches!(noun.tag(), "NN" | "NNP"),
        "VBP" => matches!(noun.tag(), "NNS" | "NNPS"),
        "VBD" => noun.tag().starts_with("NN"),
        _ => false,
    };
    let bare = verb.children().all(|c| !c.dep().contains("subj"));
    let behind = noun.left_edge().nbor(-1).is_some_and(|t| t.is(","));
    let misread = noun.dep() == "appos" && verb.dep() == "conj" && verb.head().i() < noun.i();
    (misread && agrees && bare && behind).then(|| (noun.i(), verb.i(), "nsubj"))
}

/// "A source in the town who gave the toll", where the clause hangs on the town: no town is a "who".
fn who_did(clause: Token<'_>) -> Option<Arc> {
    let (place, above) = (clause.head(), clause.head().head().head());
    let who = |c: Token<'_>| c.dep().starts_with("nsubj") && WORDS.people_only.contains(&c.text().to_lowercase());
    let kind = |t: Token<'_>| kind_of(&t.lemma().to_lowercase());
    let person = |t: Token<'_>| t.ent_type() == "PERSON" || matches!(kind(t), None | Some(Kind::Person));
    let within = WORDS.whereabouts.contains(&place.head().text().to_lowercase());
    let thing = matches!(place.ent_type(), "GPE" | "LOC" | "FAC") || within && kind(place) != Some(Kind::Person);
    let misread = clause.dep() == "relcl" && place.dep() == "pobj" && thing && clause.children().any(who);
    (misread && above.i() < place.i() && person(above)).then(|| (clause.i(), above.i(), "relcl"))
}

/// "Found a porter shot dead", where the porter is the subject of "shot": it was done to him.
fn found_so(who: Token<'_>) -> Option<Arc> {
    let verb = who.head();
    let found = verb.dep() == "ccomp" && WORDS.finding.contains(verb.head().lemma()) && verb.head().i() < who.i();
    let bare = verb.children().all(|c| !matches!(c.dep(), "aux" | "auxpass" | "mark" | "dobj"));
    (who.dep() == "nsubj" && verb.tag() == "VBN" && found && bare).then(|| (who.i(), verb.i(), "nsubjpass"))
}

/// "Shot dead nine porters", where "dead" hangs on the porters or both are objects: it hangs on the verb, and they are its object.
fn result_of(result: Token<'_>) -> Option<Vec<Arc>> {
    let (verb, opener) = (result.nbor(-1)?, result.nbor(1)?);
    let known = verb.pos() == "VERB" && WORDS.results.contains(&result.text().to_lowercase());
    let opens = known && opener.sent_index() == result.sent_index() && WORDS.openers.contains(opener.tag());
    let noun = if opener.head().i() > opener.i() { opener.head() } else { opener };
    let misread = noun.head() == verb && (result.head() == noun || result.head() == verb);
    (opens && misread).then(|| vec![(result.i(), verb.i(), "oprd"), (noun.i(), verb.i(), "dobj")])
}

/// "Accused the guard of shelling Orlec", where "shelling" hangs on Orlec as if it were a shelling kind of town.
fn accused_of(deed: Token<'_>) -> Option<Vec<Arc>> {
    let (of, object) = (deed.nbor(-1)?, deed.head());
    let gerund = deed.tag() == "VBG" || deed.tag() == "NN" && deed.text().ends_with("ing");
    let misread = gerund && matches!(deed.dep(), "amod" | "compound") && object.head() == of && object.i() > deed.i();
    let above = of.head();
    let verb = if above.dep() == "dobj" { above.head() } else { above };
    // "On Friday of shelling Orlec"
    let dated = above.dep() == "pobj" && above.ent_type() == "DATE";
    let verb = above.ancestors().find(|t| t.pos() == "VERB").filter(|_| dated).unwrap_or(verb);
    let accuses = WORDS.leading.contains(&of.text().to_lowercase()) && WORDS.accusing.contains(verb.lemma());
    let dep = if deed.tag() == "VBG" { "pcomp" } else { "pobj" };
    let of_accused = (above.dep() == "dobj").then(|| (of.i(), verb.i(), "prep"));
    let arcs = [(deed.i(), of.i(), dep), (object.i(), deed.i(), "dobj")].into_iter().chain(of_accused);
    (misread && accuses).then(|| arcs.collect())
}

/// "Rejected as baseless reports that …", "dismissed as 'nonsense' a report that …": the reports are the object, what stands before them is
/// what they are called.
fn rejected(told: Token<'_>) -> Option<Vec<Arc>> {
    let (r#as, verb) = (told.head(), told.head().head());
    let known = WORDS.told.contains(told.lemma()) && WORDS.rejecting.contains(verb.lemma());
    let misread = told.dep() == "pobj" && r#as.is("as") && r#as.dep() == "prep" && verb.child("dobj").is_none();
    let called = told.lefts().find(|c| c.dep() == "amod" && c.i() == r#as.i() + 1);
    let called = called.or_else(|| r#as.children().find(|c| c.dep() == "pobj" && c.i() < told.i()))?;
    (known && misread).then(|| vec![(called.i(), r#as.i(), "pobj"), (told.i(), verb.i(), "dobj")])
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_syntax::Pipeline;

    #[test]
    fn examples_hang_together_and_near_misses_stay() {
        let (file, pipeline) = (File::read().unwrap(), Pipeline::load().unwrap());
        let results = |text: &str| {
            let doc = mend(pipeline.parse(text));
            let found = (0..doc.len()).map(|i| doc.token(i)).filter(|t| {
                matches!(t.dep(), "oprd" | "pcomp")
                    || t.dep() == "nsubjpass" && t.is("porter")
                    || t.dep() == "relcl" && t.head().is("source")
                    || t.dep() == "amod" && t.is("led")
                    || t.dep() == "acl" && t.head().is("condition")
                    || t.dep() == "nsubj" && t.is("raid")
                    || t.dep() == "dobj" && WORDS.told.contains(t.lemma())
            });
            found.map(|t| format!("{} {}", t.head().text(), t.text())).collect::<Vec<_>>().join(", ")
        };
        for example in &file.test {
            let (text, expected) = example.split_once(" => ").unwrap();
            assert_eq!(results(text), expected, "{text}");
        }
        for text in &file.allows {
            let before = pipeline.parse(text);
            let heads = |doc: &Doc| (0..doc.len()).map(|i| doc.token(i).head().i()).collect::<Vec<_>>();
            assert_eq!(heads(&mend(before.clone())), heads(&before), "{text}");
        }
    }
}
