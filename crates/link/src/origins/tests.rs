//! Reports of an invented shelling, and how many origins they come to.
use crate::{Linker, Member, Reading};
use proptest::prelude::*;
use std::collections::BTreeSet;
use variorum_model::*;

/// A report of one sentence after another; each sentence is a claim, by the voice named before a colon, if any.
fn reading(id: &str, publisher: &str, sentences: &[&str]) -> Reading {
    let mut text = String::new();
    let mut claims = Vec::new();
    for (k, sentence) in sentences.iter().enumerate() {
        let (voice, words) = sentence.split_once(": ").map_or((None, *sentence), |(v, w)| (Some(v), w));
        let start = text.chars().count();
        text.push_str(words);
        text.push('\n');
        let name = |v: &str| Named { name: v.into(), span: Span::default() };
        claims.push(Claim {
            id: stable_id("c", &[id, &k.to_string()]),
            quote: words.into(),
            span: Span::new(start, start + words.chars().count()),
            sources: voice.map(name).into_iter().collect(),
            event: Event { kind: "shelling".into(), trigger: Quote::default() },
            ..Claim::default()
        });
    }
    let report = Report { id: id.into(), publisher: publisher.into(), text, ..Report::default() };
    Reading { report, claims }
}

fn incident(readings: &[Reading]) -> Incident {
    let all: Vec<Vec<u32>> = readings.iter().map(|r| (0..r.claims.len() as u32).collect()).collect();
    let members: Vec<Member<'_>> =
        readings.iter().zip(&all).map(|(reading, claims)| Member { reading, claims }).collect();
    Linker::load().unwrap().incident(&members)
}

const WIRE: [&str; 4] = [
    "hospital officials: At least nine people died when shells struck the Sorrivo market, hospital officials said on Tuesday.",
    "Lena Oskar: Twenty-seven people were wounded, among them three children, said Lena Oskar, who heads the surgical ward.",
    "Drenn Defence Force: The Drenn Defence Force said that Karovian artillery had fired 64 shells at the town before 9 a.m.",
    "Karovia: Karovia denied that its forces had fired on Sorrivo and said that they had struck a depot near Kravice.",
];

#[test]
fn a_wire_and_its_reprint_are_one_origin() {
    let incident = incident(&[reading("a", "Continental Press", &WIRE), reading("b", "Lakeside Chronicle", &WIRE)]);
    assert_eq!(incident.origins, 1);
    let reason = &incident.origin_list[0].reason;
    assert!(reason.ends_with("; Lakeside Chronicle copies Continental Press."), "{reason}");
}

#[test]
fn papers_that_quote_one_statement_and_nobody_else_are_one_origin() {
    let statement =
        "Drenn Defence Force: The Drenn Defence Force said that Karovian artillery had fired 64 shells at Sorrivo.";
    let again = "Drenn Defence Force: Karovian artillery had fired 64 shells at Sorrivo, the Drenn Defence Force said.";
    let incident = incident(&[reading("a", "Malvek Courier", &[statement]), reading("b", "Torvale Gazette", &[again])]);
    assert_eq!(incident.origins, 1);
    assert_eq!(incident.origin_list[0].reason, "Malvek Courier and Torvale Gazette, quoting Drenn Defence Force.");
}

#[test]
fn papers_that_were_there_themselves_are_two_origins_for_all_their_topic() {
    let one = reading("a", "Malvek Courier", &["Shells fell among the fruit stalls of Sorrivo, and nine people died."]);
    let two = reading("b", "Danube Post", &["In Sorrivo I counted nine coffins and seventeen craters on the square."]);
    assert_eq!(incident(&[one, two]).origins, 2);
}

#[test]
fn what_is_credited_to_an_agency_comes_from_the_agency() {
    let wire = reading("a", "Reuters", &["mayor: Nine people died in Sorrivo, the mayor told Reuters."]);
    let paper = reading("b", "Danube Post", &["Reuters: Reuters reported that nine had died in Sorrivo."]);
    let dateline = reading("c", "Belstrad Herald", &["SORRIVO (Reuters) — Smoke hung over the market of Sorrivo."]);
    let incident = incident(&[wire, paper, dateline]);
    assert_eq!(incident.origins, 1, "{:?}", incident.origin_list);
}

#[test]
fn an_outlet_that_follows_its_own_story_up_is_one_newsroom() {
    let first = reading("a", "Danube Post", &["mayor: Nine people died in Sorrivo, the mayor said."]);
    let then =
        reading("b", "Danube Post", &["Lena Oskar: Seventeen people have died in Sorrivo by now, said Lena Oskar."]);
    assert_eq!(incident(&[first, then]).origins, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn origins_are_bounded_and_copies_add_none(
        reports in proptest::collection::vec((0usize..4, proptest::sample::subsequence(vec![0usize, 1, 2, 3], 1..=4)), 1..7),
        own in 0usize..3,
    ) {
        let outlets = ["Continental Press", "Danube Post", "Torvale Gazette", ""];
        let made: Vec<Reading> = reports
            .iter()
            .enumerate()
            .map(|(n, (outlet, sentences))| {
                let voiced: Vec<&str> = sentences.iter().map(|&s| if s == own { WIRE[s].split_once(": ").unwrap().1 } else { WIRE[s] }).collect();
                reading(&format!("r{n}"), outlets[*outlet], &voiced)
            })
            .collect();
        let incident = incident(&made);
        let voices: BTreeSet<(String, String)> = made
            .iter()
            .flat_map(|r| r.claims.iter().map(|c| (r.report.id.clone(), c.sources.last().map(|s| s.name.clone()).unwrap_or_default())))
            .collect();
        prop_assert!(incident.origins >= 1 && incident.origins <= made.len().min(voices.len()));
        prop_assert_eq!(incident.origins, incident.origin_list.len());
        // Each claim has one origin.
        let mut listed: Vec<&String> = incident.origin_list.iter().flat_map(|o| &o.claims).collect();
        let mut claims: Vec<&String> = incident.claims.iter().collect();
        listed.sort();
        claims.sort();
        prop_assert_eq!(listed, claims);
        // Another order of reading changes nothing; another copy adds nothing.
        let mut turned = made.clone();
        turned.reverse();
        let turned = self::incident(&turned);
        prop_assert_eq!(&turned.origin_list, &incident.origin_list);
        let mut more = made.clone();
        let mut copy = made[0].clone();
        copy.report.id = "zz".into();
        for claim in &mut copy.claims {
            claim.id = format!("{}z", claim.id);
        }
        more.push(copy);
        prop_assert_eq!(self::incident(&more).origins, incident.origins);
    }
}
