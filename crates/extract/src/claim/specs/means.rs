//! The kind of violence that victims came to harm by, and whose it was.
use super::check;
use super::harm::harm;
use expect_test::expect;

#[test]
fn victims_are_of_the_violence_that_they_are_told_after() {
    check(
        harm,
        "2024-03-06",
        "Three porters were hospitalized on Sunday after a shooting in Graz. A cook died after being shot. \
         A porter died in shelling attacks. The shooting deaths of nine drovers shook the town.",
        expect![[r#"
            shooting Happened by [] to [porters] wounded 3
            shooting Happened by [] to [] 
            shooting Happened by [] to [cook] killed 1
            shooting Happened by [] to [cook] 
            shelling Happened by [] to [porter] killed 1
            shooting Happened by [] to [drovers] killed 9
        "#]],
    );
}

#[test]
fn what_a_strike_hits_it_hits_for_whoever_flew_it() {
    check(
        harm,
        "2024-03-06",
        "Norwegian airstrikes hit a mill near Graz. Norwegian and Swedish jets bombed a ferry.",
        expect![[r#"
            air-strike Happened by [Norway] to [mill] 
            air-strike Happened by [Norway, Sweden] to [ferry] 
        "#]],
    );
}

#[test]
fn a_headline_counts_as_a_sentence_does() {
    check(
        harm,
        "2024-03-06",
        "7 Porters Killed in Bandit Mortar Attacks",
        expect![[r#"
            shelling Happened by [Bandit] to [Porters] killed 7
        "#]],
    );
}
