//! Who "he" is not.
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
