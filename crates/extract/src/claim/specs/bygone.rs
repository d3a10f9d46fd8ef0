//! Violence that is older than the news of its trial.
use super::check;
use super::when_where::where_and_when;
use expect_test::expect;

#[test]
fn a_trial_tells_of_the_day_that_its_report_names() {
    check(
        where_and_when,
        "2024-12-28",
        "A drover is behind bars in Graz on Saturday after guards say he shot two porters in October of 2023.\n\n\
         The drover and another man began shooting at the porters, hurting two others.",
        expect![[r#"
            arrest "is behind bars" at [Graz] on 2024-12-28 (Relative)
            shooting "shot" at [] on 2023-10 (Explicit)
            shooting "shooting" at [] on 2023-10 (Context)
            attack "hurting" at [] on 2023-10 (Context)
        "#]],
    );
    // The headline leaves the law to the first sentence.
    check(
        where_and_when,
        "2024-12-28",
        "Porter stabbed in Graz feud\n\nIvo Marsk was charged on Tuesday with murder.\n\n\
         It all goes back to a May 9 raid in Graz. Lena Oskar, a porter, was stabbed on the stairs.",
        expect![[r#"
            attack "stabbed" at [Graz] on 2024-05-09 (Context)
            trial "charged" at [] on 2024-12-24 (Relative)
            attack "raid" at [Graz] on 2024-05-09 (Relative)
            attack "stabbed" at [Graz] on 2024-05-09 (Context)
        "#]],
    );
}

#[test]
fn a_date_before_a_noun_for_violence_is_that_of_its_victims() {
    check(
        where_and_when,
        "2024-12-28",
        "Ivo Marsk was fined on Tuesday over a May 9 raid involving Lena Oskar, who was stabbed on the stairs.",
        expect![[r#"
            attack "stabbed" at [] on 2024-05-09 (Context)
        "#]],
    );
}

#[test]
fn new_violence_is_not_of_an_older_day() {
    check(
        where_and_when,
        "2024-12-28",
        "Guards arrested a drover on Friday after two porters were shot near Graz on Thursday. \
         A May 9 raid in Linz hurt nobody.",
        expect![[r#"
            arrest "arrested" at [] on 2024-12-27 (Relative)
            shooting "shot" at [Graz] on 2024-12-26 (Relative)
            attack "hurt" at [Linz] on 2024-05-09 (Relative)
        "#]],
    );
}

#[test]
fn how_a_place_is_does_not_date_from_what_happened_there() {
    check(
        where_and_when,
        "2024-12-28",
        "Norway and Finland fought a war in 1931 over an island inhabited by Finns.",
        expect![[r#"
            armed-clash "fought" at [] on 1931 (Explicit)
            political-status "inhabited" at [] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn what_a_place_is_known_for_dates_nothing_else() {
    check(
        where_and_when,
        "2024-05-12",
        "Nine drovers died in air strikes around Graz, the site of a gas attack in April.",
        expect![[r#"
            air-strike "died" at [Graz] on unknown (Unknown)
        "#]],
    );
}

#[test]
fn what_was_done_before_is_history() {
    check(
        where_and_when,
        "2031-05-08",
        "A bomb killed nine porters in Graz on Monday. The Weir Front has carried out similar bombings in Linz before.",
        expect![[r#"
            explosion "killed" at [Graz] on 2031-05-05 (Relative)
            explosion "carried out similar bombings" at [Linz] on unknown (Unknown)
        "#]],
    );
}
