//! A text in, its articles and junk out.
use super::{Known, lay_out};
use expect_test::{Expect, expect};
use variorum_model::Report;

fn check(text: &str, expected: Expect) {
    let mut report = Report { text: text.to_owned(), language: "en".to_owned(), ..Report::default() };
    lay_out(&mut report, Known::default());
    let mut shown = String::new();
    for article in &report.articles {
        let words = article.span.of(text);
        let date = article.published.value.clone().or(article.published.earliest.clone()).unwrap_or_default();
        shown += &format!("article {:?} [{date}] {:?} … {:?}\n", article.title, head(words), tail(words));
    }
    for junk in &report.junk {
        shown += &format!("{}: {:?}\n", junk.reason, junk.span.of(text));
    }
    for diagnostic in &report.diagnostics {
        shown += &format!("! {}\n", diagnostic.code);
    }
    expected.assert_eq(&shown);
}

fn head(words: &str) -> String {
    words.chars().take(16).collect()
}

fn tail(words: &str) -> String {
    let n = words.chars().count();
    words.chars().skip(n.saturating_sub(16)).collect()
}

const MILL: &str = "Shells hit the mill in Orvash on Tuesday and killed two millers, the mayor of the town said. \
    The mill had stood empty since the spring, when the river took the wheel.";
const BRIDGE: &str = "Soldiers closed the bridge at Tolvany on Friday after a mine was found under its middle arch, \
    the army said. Farmers on the far bank were told to stay at home until the arch had been searched.";

#[test]
fn a_plain_text_is_one_article() {
    check(
        &format!("Shells hit Orvash mill\n\n{MILL}\n\n{BRIDGE}\n"),
        expect![[r#"
            article "Shells hit Orvash mill" [] "Shells hit Orvas" … " been searched.\n"
        "#]],
    );
}

#[test]
fn the_furniture_of_a_page_is_junk() {
    check(
        &format!(
            "Home > World > Drenn\nShells hit Orvash mill\nAuthor:\nMarta Ilves\nPublished: 14 May 2024\nShare on Facebook\n\n\
             {MILL}\n\nREAD MORE: A river without a wheel\n\n{BRIDGE}\n\nTags: mills, shells\n\nLeave a Reply\n\n\
             Your email address will not be published. Required fields are marked *\n\nName *\n\nEmail *\n"
        ),
        expect![[r#"
            article "Shells hit Orvash mill" [2024-05-14] "Home > World > D" … "Name *\n\nEmail *\n"
            navigation: "Home > World > Drenn"
            byline: "Author:\nMarta Ilves"
            publication line: "Published: 14 May 2024"
            share buttons: "Share on Facebook"
            link to another article: "READ MORE: A river without a wheel"
            tags: "Tags: mills, shells"
            comment form: "Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n\nName *\n\nEmail *"
        "#]],
    );
}

#[test]
fn source_addresses_part_articles_and_date_them() {
    check(
        &format!(
            "Shells hit Orvash mill\n\n{MILL}\n\nSource: https://herald.example/2024/05/14/mill\n\n\
             Bridge closed at Tolvany\n\n{BRIDGE}\n\nSource: https://gazette.example/bridge\n\nExit mobile version"
        ),
        expect![[r#"
            article "Shells hit Orvash mill" [2024-05-14] "Shells hit Orvas" … "/2024/05/14/mill"
            article "Bridge closed at Tolvany" [] "Bridge closed at" … "e.example/bridge"
            source address: "Source: https://herald.example/2024/05/14/mill"
            source address: "Source: https://gazette.example/bridge"
            page widget: "Exit mobile version"
            ! several-articles
        "#]],
    );
}

#[test]
fn a_headline_with_a_photo_credit_under_it_opens_an_article() {
    check(
        &format!(
            "Shells hit Orvash mill\n\n{MILL}\n\n{BRIDGE}\n\nMine under the Tolvany bridge puts an end to the harvest\n\n\
             Farmers wait on the far bank. (CP)\n\n{BRIDGE}\n"
        ),
        expect![[r#"
            article "Shells hit Orvash mill" [] "Shells hit Orvas" … "d been searched."
            article "Mine under the Tolvany bridge puts an end to the harvest" [] "Mine under the T" … "d been searched."
            photo credit: "(CP)"
            ! several-articles
        "#]],
    );
}

#[test]
fn a_subheading_opens_no_article() {
    check(
        &format!("Shells hit Orvash mill\n\n{MILL}\n\nWhat the millers saw before the shells came down\n\n{BRIDGE}\n"),
        expect![[r#"
            article "Shells hit Orvash mill" [] "Shells hit Orvas" … " been searched.\n"
        "#]],
    );
}

#[test]
fn readers_comments_are_junk_up_to_the_next_article() {
    check(
        &format!(
            "Shells hit Orvash mill\n\n{MILL}\n\n2 thoughts on “Shells hit Orvash mill”\n\nmiller99 says:\n\n\
             I was there and it was forty shells, not two, and whoever says that the mill was empty has never been there in his life.\n\nReply\n\n\
             Bridge closed at Tolvany after mine is found\n\n{BRIDGE}\n"
        ),
        expect![[r#"
            article "Shells hit Orvash mill" [] "Shells hit Orvas" … " took the wheel."
            article "Bridge closed at Tolvany after mine is found" [] "Bridge closed at" … "d been searched."
            comment form: "2 thoughts on “Shells hit Orvash mill”\n\nmiller99 says:\n\nI was there and it was forty shells, not two, and whoever says that the mill was empty has never been there in his life.\n\nReply"
            ! several-articles
        "#]],
    );
}

#[test]
fn what_stands_twice_counts_once() {
    check(
        &format!("Shells hit the mill in Orvash - The Herald\n\nShells hit the mill in Orvash\n\n{MILL}\n\n{MILL}\n"),
        expect![[r#"
            article "Shells hit the mill in Orvash - The Herald" [] "Shells hit the m" … "took the wheel.\n"
            repeated headline: "Shells hit the mill in Orvash"
            repeated paragraph: "Shells hit the mill in Orvash on Tuesday and killed two millers, the mayor of the town said. The mill had stood empty since the spring, when the river took the wheel."
            ! duplicated-paragraph
        "#]],
    );
}

#[test]
fn a_text_that_breaks_off_is_said_to() {
    check(
        &format!("{MILL}\n\n{BRIDGE}\n\n{}", &BRIDGE[..BRIDGE.find(" far bank").unwrap()]),
        expect![[r#"
            article "" [] "Shells hit the m" … ". Farmers on the"
            ! truncated
        "#]],
    );
}

#[test]
fn data_and_other_languages_are_not_read() {
    check(
        &format!(
            "{MILL}\n\n{}\n\nСнаряды попали в мельницу, сообщил мэр города Орваш.\n\n{BRIDGE}",
            "QUJD".repeat(300)
        ),
        expect![[r#"
            article "" [] "Shells hit the m" … "d been searched."
            unbroken text: "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD"
            another language: "Снаряды попали в мельницу, сообщил мэр города Орваш."
        "#]],
    );
}

#[test]
fn a_live_blog_is_cut_at_its_times() {
    check(
        &format!(
            "Drenn valley: what happened when\n\n14 May 2024, 17:40\n\n{MILL}\n\n14 May 2024, 3:05 p.m.\n\nBridge at Tolvany closed after mine\n\n{BRIDGE}\n\n\
             09:12 GMT\n\n{MILL}\n"
        ),
        expect![[r#"
            article "" [2024-05-14T17:40] "Shells hit the m" … " took the wheel."
            article "Bridge at Tolvany closed after mine" [2024-05-14T15:05] "Bridge at Tolvan" … "d been searched."
            article "" [] "Shells hit the m" … " took the wheel."
            publication line: "14 May 2024, 17:40"
            publication line: "14 May 2024, 3:05 p.m."
            publication line: "09:12 GMT"
            repeated paragraph: "Shells hit the mill in Orvash on Tuesday and killed two millers, the mayor of the town said. The mill had stood empty since the spring, when the river took the wheel."
            ! duplicated-paragraph
            ! several-articles
        "#]],
    );
}

#[test]
fn times_of_an_article_and_its_pictures_cut_nothing() {
    check(
        &format!(
            "Shells hit Orvash mill\n\n17:40 GMT\n\n{MILL}\n\n{BRIDGE}\n\nUpdated May 14, 2024, 5:40 p.m.\n\n{}\n",
            &BRIDGE[..120]
        ),
        expect![[r#"
            article "Shells hit Orvash mill" [] "Shells hit Orvas" … "id. Farmers on \n"
            publication line: "17:40 GMT"
            publication line: "Updated May 14, 2024, 5:40 p.m."
            ! truncated
        "#]],
    );
}

#[test]
fn wording_that_no_person_chose_is_noticed() {
    check(
        &format!(
            "{MILL}\n\nAt the least 4 individuals died, in keeping with the police, and High Minister Orlan Vask told newshounds of it.\n"
        ),
        expect![[r#"
            article "" [] "Shells hit the m" … "wshounds of it.\n"
            ! machine-translated?
        "#]],
    );
}

#[test]
fn the_day_of_a_comment_is_not_that_of_the_article() {
    check(
        &format!(
            "Shells hit Orvash mill\n\n{MILL}\n\nComments (1)\n\nPosted: Monday, May 20, 2024\n\nForty, not two.\n"
        ),
        expect![[r#"
            article "Shells hit Orvash mill" [] "Shells hit Orvas" … "Forty, not two.\n"
            comment form: "Comments (1)"
            publication line: "Posted: Monday, May 20, 2024"
            comment form: "Forty, not two."
        "#]],
    );
}

#[test]
fn what_ran_into_the_first_sentence_is_junk_up_to_the_headline() {
    check(
        &format!("Shells hit Orvash mill\n\nPosted on May 14 2024 by Marta Ilves Shells hit Orvash mill {MILL}\n"),
        expect![[r#"
            article "Shells hit Orvash mill" [2024-05-14] "Shells hit Orvas" … "took the wheel.\n"
            publication line: "Posted on May 14 2024 by Marta Ilves "
        "#]],
    );
    check(
        &format!("Shells hit Orvash mill\n\n14 May 2024 - {MILL}\n"),
        expect![[r#"
        article "Shells hit Orvash mill" [2024-05-14] "Shells hit Orvas" … "took the wheel.\n"
        publication line: "14 May 2024 - "
    "#]],
    );
}
