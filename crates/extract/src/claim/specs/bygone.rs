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
        "Porter shot in Graz feud\n\nIvo Marsk was charged on Tuesday with murder.\n\n\
         The charges stem from a November 29 shooting in Graz. Lena Oskar, a porter, was shot in the arm.",
        expect![[r#"
            shooting "shot" at [Graz] on 2024-11-29 (Context)
            trial "charged" at [] on 2024-12-24 (Relative)
            shooting "shooting" at [Graz] on 2024-11-29 (Relative)
            shooting "shot" at [Graz] on 2024-11-29 (Context)
        "#]],
    );
}

#[test]
fn a_date_before_a_noun_for_violence_is_that_of_its_victims() {
    check(
        where_and_when,
        "2024-12-28",
        "Ivo Marsk was charged on Tuesday over a November 29 shooting involving Lena Oskar, who was shot in the arm.",
        expect![[r#"
            shooting "shot" at [] on 2024-11-29 (Context)
        "#]],
    );
}

#[test]
fn new_violence_is_not_of_an_older_day() {
    check(
        where_and_when,
        "2024-12-28",
        "Guards arrested a drover on Friday after two porters were shot near Graz on Thursday. \
         A November 29 shooting in Linz hurt nobody.",
        expect![[r#"
            arrest "arrested" at [] on 2024-12-27 (Relative)
            shooting "shot" at [Graz] on 2024-12-26 (Relative)
            shooting "hurt" at [Linz] on 2024-11-29 (Relative)
        "#]],
    );
}
