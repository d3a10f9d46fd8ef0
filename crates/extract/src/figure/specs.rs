//! What figures are, by example: one text a line, and the figures in it.
use super::FigureFinder;
use super::tests::{describe, reading};
use variorum_syntax::Pipeline;

/// Title, then `text => figures`.
type Spec = (&'static str, &'static [&'static str]);

const SPECS: &[Spec] = &[
    (
        "numbers in words, digits, groups of three and multipliers",
        &[
            "Twenty-three people were killed in Sorrivo. => killed people 23",
            "Two hundred and eleven people were killed in Sorrivo. => killed people 211",
            "The raids killed 1 960 people. => killed people 1960",
            "The raids killed 1,960 people. => killed people 1960",
            "Some 3.5 million people were displaced. => displaced people 3500000 about",
            "A dozen soldiers were captured. => captured soldiers 12",
            "Half a dozen soldiers were captured. => captured soldiers 6",
        ],
    ),
    (
        "vague words have a range and no value",
        &[
            "Dozens of people were wounded. => wounded people 12..99 vague",
            "Scores were killed in Malvek. => killed people 20..99 vague",
            "Hundreds of villagers fled. => displaced civilians 100..999 vague",
            "Tens of thousands of people were displaced. => displaced people 10000..99999 vague",
        ],
    ),
    (
        "nouns of no list count where they name people",
        &[
            "Three beekeepers were killed in Malvek. => killed people 3",
            "Six stonemasons and a cobbler were wounded. => wounded people 6; wounded people 1",
            "Three goats were killed in Malvek. => ",
            "Four elephants were wounded. => ",
        ],
    ),
    (
        "a bound holds for its own number",
        &[
            "At least two people were killed and 11 wounded. => killed people 2 at-least; wounded people 11",
            "Two people were killed and at least 11 wounded. => killed people 2; wounded people 11 at-least",
            "Up to 40 fighters were killed, about 12 wounded. => killed fighters 40 at-most; wounded fighters 12 about",
            "More than 60 people died. => killed people 60 at-least",
        ],
    ),
    (
        "ranges",
        &[
            "Between 10 and 12 people were killed. => killed people 10..12 range",
            "Shelling wounded 30 to 40 soldiers. => wounded soldiers 30..40 range",
        ],
    ),
    (
        "a subset is a figure of its own and is never added",
        &[
            "The strike killed 200 people, including 10 civilians. => killed people 200; killed civilians 10",
            "Twelve people were killed, eight of them children. => killed people 12; killed children 8",
            "Three children were killed in Malvek. The clinic had reported twelve dead. => killed children 3; killed people 12",
            "Twelve people died, among them two nurses. => killed people 12; killed medics 2",
            "Two medics were among 31 people killed. => killed medics 2; killed people 31",
        ],
    ),
    (
        "ellipsis",
        &[
            "Bus hits mine in Jezrin: 2 killed, 23 wounded => killed people 2; wounded people 23",
            "Nine people were hurt, two seriously. => wounded people 9; wounded people 2",
            "Eleven soldiers were killed and thirty wounded. => killed soldiers 11; wounded soldiers 30",
            "Two soldiers killed nine. => killed people 9",
            "Nine soldiers and civilians died. => killed people 9",
            "Six women and children were killed. => killed people 6",
            "Six women and two children were killed. => killed women 6; killed children 2",
        ],
    ),
    (
        "an apposition is one person, a list is several",
        &[
            "The blast wounded his brother, Pavel. => wounded men 1",
            "The driver, Jan Mirek, was killed. => killed people 1",
            "Tomas Orlo, a rebel leader, was shot dead. => killed fighters 1",
            "Jan Mirek, a nurse, was killed. => killed medics 1",
            "His son, 35, was killed. => killed people 1",
            "His son, 12, was killed. => killed children 1",
            "The patrol killed one of the rebel commanders and quartermaster of the ridge. => killed fighters 1",
            "Tomas Orlo and at least nine members of the rebel band were killed in the quarry. => killed people 1; killed fighters 9 at-least",
            "The blast killed Ilka Vardan, a baker, and three porters. => killed people 1; killed people 3",
            "Rain stopped the raid on the quarry, killing Tomas Orlo, a sergeant of the guard, and eight more rebels. => killed soldiers 1; killed fighters 8",
            "A mortar round left 12-year-old Ilan Teskar dead. => killed children 1",
            "The remains of two men and a child lay in the cellar. => killed men 2; killed children 1",
            "The mine wounded a Brenna police officer. => wounded police 1",
            "The rocket killed a miner and hurt another and a cook. => killed people 1; wounded people 2",
            "A farmer, his wife and two daughters were killed. => killed people 4; killed women 1; killed children 2",
        ],
    ),
    (
        "nobody is zero",
        &[
            "No one was hurt in the blast. => wounded people 0",
            "There were no casualties. => casualties people 0",
            "None of the sailors was wounded. => wounded people 0",
        ],
    ),
    (
        "two kinds of people are two figures",
        &[
            "Four soldiers and two civilians died in Kravice. => killed soldiers 4; killed civilians 2",
            "Six policemen, a nurse and three boys were killed. => killed police 6; killed medics 1; killed children 3",
        ],
    ),
    (
        "who shot is not who was shot",
        &[
            "The gunman who shot and wounded four people was held. => wounded people 4",
            "Police look for two shooting suspects.",
            "Three soldiers killed a farmer. => killed people 1",
        ],
    ),
    (
        "one person without a number is one",
        &[
            "A man was shot and killed in Malvek. => killed men 1",
            "A 12-year-old girl was wounded. => wounded children 1",
        ],
    ),
    (
        "a toll that sums up counts a campaign; the happening keeps its own",
        &[
            "Two more soldiers died on Monday, bringing the toll to 40. => killed soldiers 2; killed people 40 campaign",
            "Five people died, taking the total number of dead to 31. => killed people 5; killed people 31 campaign",
            "The overall death toll stands at 310. => killed people 310 campaign",
        ],
    ),
    (
        "a stretch of time is a campaign",
        &[
            "At least 40 people were killed in three days of fighting. => killed people 40 at-least campaign",
            "Shelling has killed 66 civilians since Tuesday. => killed civilians 66 campaign",
            "Some 500 people have died since the war began. => killed people 500 about campaign background",
            "Overall, 120 soldiers have been killed. => killed soldiers 120 campaign",
            "Over the past two weeks 30 fighters have been killed. => killed fighters 30 campaign",
            "Clashes have killed 35 people since the truce collapsed. => killed people 35 campaign",
            "Five days of clashes have killed 35 people. => killed people 35 campaign",
            "Since Friday, 14 soldiers have been killed. => killed soldiers 14 campaign",
        ],
    ),
    (
        "a day is a day",
        &[
            "In the past 24 hours 14 soldiers were killed. => killed soldiers 14 day",
            "Nine people have been killed since dawn. => killed people 9 day",
        ],
    ),
    (
        "one happening stays one, whatever stretch of time stands beside it",
        &[
            "Two people were killed on Monday. => killed people 2",
            "A bomb killed 12 people this week. => killed people 12",
            "The worst attack in three years killed 40 people. => killed people 40",
            "The raid, the first since May, killed three people. => killed people 3",
        ],
    ),
    (
        "not counted: ages, years, money, distances, votes, names of weapons and of telephones",
        &[
            "Mirek, 41, was born in 1980 and earned 300 dollars.",
            "The village lies 40 kilometres from Malvek.",
            "The council voted 12 to 3 against it.",
            "They fired a T-72 and an S-300.",
            "The 911 callers were afraid.",
            "Turnout was 41 percent.",
        ],
    ),
];

#[test]
fn figures_are_what_the_specification_says() {
    let pipeline = Pipeline::load().unwrap();
    let finder = FigureFinder::load().unwrap();
    let mut wrong = Vec::new();
    for (title, lines) in SPECS {
        for line in *lines {
            let (text, expected) = line.split_once(" => ").unwrap_or((line, ""));
            let found: Vec<String> = finder.find(&reading(&pipeline, text)).iter().map(describe).collect();
            if found.join("; ") != expected {
                wrong.push(format!("{title}: {text}\n    expected {expected}\n    found    {}", found.join("; ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_side_is_whose_people_are_counted() {
    let pipeline = Pipeline::load().unwrap();
    let finder = FigureFinder::load().unwrap();
    let side =
        |text: &str| finder.find(&reading(&pipeline, text)).into_iter().map(|m| m.figure.side).collect::<Vec<_>>();
    assert_eq!(side("Twelve Armenian soldiers were killed."), ["Armenian"]);
    assert_eq!(side("Twelve rebel fighters were killed."), ["rebel"]);
    assert_eq!(side("Twelve people were killed."), [""]);
}
