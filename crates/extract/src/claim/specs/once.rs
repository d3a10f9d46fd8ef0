//! One happening that a sentence tells with several words is told once, and of whom it befell.
use super::check;
use expect_test::expect;
use variorum_model::Claim;

/// Type, words, who, whom, how many.
fn whole(claim: &Claim) -> String {
    let names = |all: &[variorum_model::Named]| all.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let figure = |f: &variorum_model::Figure| format!("{} {} {:?}", f.measure, f.category, f.value.or(f.min));
    let figures = claim.figures.iter().map(figure).collect::<Vec<_>>().join("; ");
    let words = claim.event.trigger.text.as_str();
    format!("{} {words:?} by [{}] to [{}]: {figures}", claim.event.kind, names(&claim.actors), names(&claim.targets))
}

#[test]
fn who_bombs_is_told_with_what_he_did() {
    check(
        whole,
        "2024-03-08",
        "Two suicide bombers struck a market, killing 15 and injuring 24.\n\nA suicide bomber drove a cart into a post, killing nine \
         guards.\n\nNine guards died when a suicide bomber blew himself up.\n\nA bomb planted on a cart exploded near a mill in Graz, killing nine.",
        expect![[r#"
            suicide-bombing "struck a market" by [] to [market]: killed people Some(15.0); wounded people Some(24.0)
            suicide-bombing "suicide bomber" by [] to [guards]: killed people Some(9.0)
            suicide-bombing "died" by [] to [guards]: killed people Some(9.0)
            explosion "exploded" by [] to [cart]: killed people Some(9.0)
        "#]],
    );
}

#[test]
fn a_toll_of_raids_is_told_with_the_raids() {
    check(
        whole,
        "2024-03-08",
        "The toll from raids on Graz has risen to 42 dead.\n\nNine were killed and 50 hurt in a mortar attack on Graz.\n\nThree guards were \
         killed and four hurt when their cart struck a mine.\n\nThe league condemned the raid on Graz, which killed nine porters.",
        expect![[r#"
            attack "raids" by [] to []: killed people Some(42.0)
            shelling "killed" by [] to []: killed people Some(9.0); wounded people Some(50.0)
            landmine "killed" by [] to [guards]: killed people Some(3.0); wounded people Some(4.0)
            statement "condemned" by [league] to []: 
            shelling "raid" by [] to [porters]: killed people Some(9.0)
        "#]],
    );
}

#[test]
fn the_same_violence_in_other_words_is_the_same() {
    check(
        whole,
        "2024-03-08",
        "Raiders executed 30 drovers, lining them up and shooting them.\n\nNine raiders were killed in raids targeting their posts.",
        expect![[r#"
            execution "executed" by [Raiders] to [drovers]: killed people Some(30.0)
            attack "killed" by [] to [raiders, their posts]: killed people Some(9.0)
        "#]],
    );
}

#[test]
fn who_kills_is_not_who_was_killed() {
    check(
        whole,
        "2024-03-08",
        "Three gunmen stormed an inn, killing nine and wounding six.\n\nRaiders seized 200 men. They were killed.\n\nThe guard forced 500 \
         families to flee.\n\nA guard was wounded. The driver was shot in the leg.\n\nTroops ended the siege of Graz.",
        expect![[r#"
            attack "stormed" by [gunmen] to [inn]: killed people Some(9.0); wounded people Some(6.0)
            arrest "seized" by [Raiders] to [men]: captured men Some(200.0)
            attack "killed" by [] to []: 
            displacement "forced" by [guard] to [families]: displaced other Some(500.0)
            shooting "wounded" by [] to [guard]: wounded people Some(1.0)
            shooting "shot" by [] to [driver]: wounded people Some(1.0)
            siege "siege" by [] to []: 
        "#]],
    );
}

#[test]
fn what_may_be_in_general_is_not_told() {
    check(
        whole,
        "2024-03-08",
        "Attacks on porters may amount to crimes.\n\nA warden, who asked not to be named, said nine were hurt.\n\nNine were hurt, a warden said on \
         condition he not be named.",
        expect![[r#"
            other "hurt" by [] to []: wounded people Some(9.0)
            other "hurt" by [] to []: wounded people Some(9.0)
        "#]],
    );
}

#[test]
fn each_of_those_who_trade_accusations_accuses_the_other() {
    check(
        super::who::who,
        "2024-03-08",
        "Norway and Finland traded accusations on Tuesday of violating the truce along their border.\n\nNorway and Finland accused each other on \
         Monday of opening fire along their border.\n\nBoth Oslo and Helsinki blamed the other for the shelling of the mill.",
        expect![[r#"
            Norway Accuse: ceasefire-violation by [Finland] to []
            Finland Accuse: ceasefire-violation by [Norway] to []
            Norway Accuse: shooting by [Finland] to []
            Finland Accuse: shooting by [Norway] to []
            Norway Accuse: shelling by [Finland] to [mill]
            Finland Accuse: shelling by [Norway] to [mill]
        "#]],
    );
}
