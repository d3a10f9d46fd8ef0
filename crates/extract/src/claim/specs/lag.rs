//! Days counted from another happening.
use super::check;
use super::when_where::where_and_when;
use expect_test::expect;

#[test]
fn what_came_so_many_days_before_is_dated_by_what_came_after() {
    check(
        where_and_when,
        "2024-03-06",
        "The mill in Graz was shelled on Monday, two days after rebels had burned the depot. \
         The ferry was raided on Tuesday, a week after wardens arrested a drover.",
        expect![[r#"
            shelling "shelled" at [Graz] on 2024-03-04 (Relative)
            destruction "burned" at [Graz] on 2024-03-02 (Relative)
            attack "raided" at [] on 2024-03-05 (Relative)
            arrest "arrested" at [] on 2024-02-27 (Relative)
        "#]],
    );
}

#[test]
fn a_day_of_its_own_stays_and_without_a_day_to_count_from_there_is_none() {
    check(
        where_and_when,
        "2024-03-06",
        "The mill was shelled on Monday, days after rebels burned the depot on March 1. \
         The vote was three days after a raid on the ferry.",
        expect![[r#"
            shelling "shelled" at [] on 2024-03-04 (Relative)
            destruction "burned" at [] on 2024-03-01 (Relative)
            attack "raid" at [] on unknown (Unknown)
        "#]],
    );
}
