//! Who "he" is, and who he is not.
use super::check;
use super::who::who;
use expect_test::expect;

#[test]
fn who_speaks_of_himself_does_not_say_he() {
    check(
        who,
        "2024-03-06",
        "Ivo Marsk spoke on Monday. \u{201c}He had shot four porters,\u{201d} Marsk said. Marsk said he had shot at a lock.",
        expect![[r#"
            Ivo Marsk Assert: shooting by [] to [porters]
            Ivo Marsk Assert: shooting by [Ivo Marsk] to []
        "#]],
    );
}

#[test]
fn a_man_without_a_name_is_not_the_last_one_with_one() {
    check(
        who,
        "2024-03-06",
        "\u{201c}I heard shots,\u{201d} said Mira Lund, a neighbour.\n\nWardens found a man in the mill and he told them that he had stabbed a drover.\n\n\
         Ivo Marsk wondered why the boy had fled. He said a porter shot a drover.",
        expect![[r#"
            Mira Lund Assert: statement by [Mira Lund] to []
            he Assert: attack by [] to [drover]
            Ivo Marsk Assert: shooting by [porter] to [drover]
        "#]],
    );
}

#[test]
fn the_group_is_the_one_body_named_before_it() {
    check(
        who,
        "2024-03-06",
        "The Drover Observatory for Rights said rebels shelled a mill. A bomb hit a barn, the group added.",
        expect![[r#"
            Drover Observatory for Rights Assert: shelling by [rebels] to [mill]
            Drover Observatory for Rights Assert: explosion by [] to [barn]
        "#]],
    );
    check(
        who,
        "2024-03-06",
        "According to the Styrian Herald, rebels shelled a mill. The newspaper said a bomb hit a barn.",
        expect![[r#"
            Styrian Herald Assert: shelling by [rebels] to [mill]
            Styrian Herald Assert: explosion by [] to [barn]
        "#]],
    );
    check(
        who,
        "2024-03-06",
        "A group of men shelled a mill, the Drover Observatory for Rights said. The group also shelled a barn.",
        expect![[r#"
            Drover Observatory for Rights Assert: shelling by [men] to [mill]
            (the report) Assert: shelling by [group] to [barn]
        "#]],
    );
    check(
        who,
        "2024-03-06",
        "The Drover Front shelled a mill, the Styrian Herald said. The group also shelled a barn.",
        expect![[r#"
            Styrian Herald Assert: shelling by [Drover Front] to [mill]
            (the report) Assert: shelling by [group] to [barn]
        "#]],
    );
    check(
        who,
        "2024-03-06",
        "The Styrian Herald said rebels shelled a mill. A bomb hit a barn, the group known as the Drover Front said.",
        expect![[r#"
            Styrian Herald Assert: shelling by [rebels] to [mill]
            group Assert: explosion by [] to [barn]
        "#]],
    );
}

#[test]
fn who_goes_on_speaking_may_have_no_name() {
    check(
        who,
        "2024-03-06",
        "A guard spokesman said rebels had burnt a mill. He added that the army had shelled the weir.",
        expect![[r#"
            guard spokesman Assert: destruction by [rebels] to [mill]
            guard spokesman Assert: shelling by [army] to [weir]
        "#]],
    );
    check(
        who,
        "2024-03-06",
        "Ivo Marsk said rebels had burnt a mill. One woman, who gave no name, said the army had shelled the weir. \
         \"Two men were shot,\" she said.",
        expect![[r#"
            Ivo Marsk Assert: destruction by [rebels] to [mill]
            One woman Assert: shelling by [army] to [weir]
            One woman Assert: shooting by [] to [men]
        "#]],
    );
}

#[test]
fn they_may_be_any_of_two_bands() {
    check(
        who,
        "2024-03-06",
        "Dravia's guards took a hamlet from the group, but they shelled the mill at night.",
        expect![[r#"
            (the report) Assert: territory-gain by [Dravia's guards] to [group]
            (the report) Assert: shelling by [] to [mill]
        "#]],
    );
    check(
        who,
        "2024-03-06",
        "The wardens said six boys had come to the mill. One of them shot a drover.",
        expect![[r#"
            wardens Assert: statement by [wardens] to []
            (the report) Assert: shooting by [] to [drover]
        "#]],
    );
}

#[test]
fn who_is_named_in_the_words_is_not_who_speaks() {
    check(
        who,
        "2024-03-06",
        "Ivo Marsk said raiders had burnt a mill. The death of a cook and of the miller Anton Drusk angers the valley, he declared, \
         and the guard shelled the weir.",
        expect![[r#"
            Ivo Marsk Assert: destruction by [raiders] to [mill]
            Ivo Marsk Assert: attack by [] to [cook, Anton Drusk]
            Ivo Marsk Assert: statement by [Ivo Marsk] to []
            Ivo Marsk Assert: shelling by [guard] to [weir]
        "#]],
    );
}

#[test]
fn an_abbreviation_means_what_the_report_says_it_means() {
    check(
        who,
        "2024-03-06",
        "The Island Smiths [IS] met in May. The IS said raiders had burnt a mill.",
        expect![[r#"
            (the report) Assert: negotiation by [Island Smiths] to []
            Island Smiths Assert: destruction by [raiders] to [mill]
        "#]],
    );
    check(
        who,
        "2024-03-06",
        "Radio Norway said raiders had burnt a mill.",
        expect![[r#"
            Radio Norway Assert: destruction by [raiders] to [mill]
        "#]],
    );
}

#[test]
fn a_pronoun_may_repeat_who_is_named_before_it() {
    check(
        who,
        "2031-05-08",
        "Karovia and Lethania, old rivals, they fought two wars over a dam.",
        expect![[r#"
        (the report) Assert: armed-clash by [Karovia, Lethania] to []
    "#]],
    );
}
