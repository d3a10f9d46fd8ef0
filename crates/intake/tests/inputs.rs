//! Inputs as people have them, good and bad: what each gives.
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::path::Path;
use tempfile::TempDir;
use variorum_intake::{Intake, Options};

const TEXT: &str = "Shells hit the mill in Orvash on Tuesday and killed two millers, the mayor of the town said.";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn shown(paths: &[&Path], root: &Path, options: Options) -> String {
    let mut shown = String::new();
    for item in Intake::new(paths, options) {
        shown += &match item {
            Ok(report) => {
                let codes: Vec<_> = report.diagnostics.iter().map(|d| d.code.as_str()).collect();
                let day = report.published.value.as_deref().unwrap_or("undated");
                format!("{} [{day}] {} {}", report.id, report.language, codes.join(" ")).trim_end().to_owned()
            }
            Err(failure) => format!("{}: {failure}", failure.code()),
        };
        shown.push('\n');
    }
    shown.replace(&format!("{}/", root.display()), "")
}

fn check(files: &[(&str, &[u8])], expected: Expect) {
    let folder = folder(files);
    expected.assert_eq(&shown(&[folder.path()], folder.path(), Options::default()));
}

#[test]
fn folders_are_read_by_name_and_in_depth() {
    let line = format!("{{\"text\": {TEXT:?}, \"published\": \"2024-05-14\"}}\n{{\"id\": 7, \"text\": {TEXT:?}}}\n");
    check(
        &[
            ("b/2.md", TEXT.as_bytes()),
            ("b/1.txt", TEXT.as_bytes()),
            ("a.jsonl", line.as_bytes()),
            ("c.txt", TEXT.as_bytes()),
            (".hidden.txt", TEXT.as_bytes()),
            ("d.jpg", b"\xff\xd8\xff"),
        ],
        expect![[r#"
            rf2f5111b7d12714f [2024-05-14] en
            7 [undated] en
            b/1.txt [undated] en
            b/2.md [undated] en
            c.txt [undated] en
            unsupported-format: d.jpg: format not supported: .jpg
        "#]],
    );
}

#[test]
fn bad_files_are_named_and_the_rest_is_read() {
    check(
        &[
            ("1-empty.txt", b""),
            ("2-blank.txt", b" \n\t\n"),
            ("3-binary.txt", &[0u8, 159, 146, 150, 1, 2, 3, 0, 0, 7]),
            ("4-pdf.txt", b"%PDF-1.7 ..."),
            ("5-russian.txt", "Погибли два человека, сообщил мэр города Орваш в понедельник.".as_bytes()),
            ("6-cut.txt", &"Shells hit the café in Orvash on Tuesday, the mayor said. Café".as_bytes()[..61]),
            ("7-good.txt", TEXT.as_bytes()),
            ("8-empty.jsonl", b"\n\n"),
        ],
        expect![[r#"
            empty: 1-empty.txt: empty
            empty: 2-blank.txt: empty
            binary: 3-binary.txt: binary data, not text
            binary: 4-pdf.txt: binary data, not text
            5-russian.txt [undated] ru language-unsupported
            6-cut.txt [undated] en
            7-good.txt [undated] en
            empty: 8-empty.jsonl: empty
        "#]],
    );
}

#[test]
fn bad_lines_are_numbered_and_the_rest_is_read() {
    let mut lines: Vec<String> = (1..=9).map(|n| format!("{{\"id\": \"r{n}\", \"text\": {TEXT:?}}}")).collect();
    lines[1] = "{\"id\": \"r2\"}".to_owned();
    lines[2] = String::new();
    lines[3] = "[\"r4\", \"text\"]".to_owned();
    lines[4] = format!("{{\"id\": \"r5\", \"text\": {TEXT:?}, \"published\": \"last week\"}}");
    lines[5] = "{\"id\": \"r6\", \"text\": 12}".to_owned();
    lines[6] = "{\"id\": \"r7\", \"text\": oops}".to_owned();
    lines[8].truncate(40);
    check(
        &[("pile.jsonl", lines.join("\n").as_bytes())],
        expect![[r#"
        r1 [undated] en
        no-text: pile.jsonl:2: no text: the report has no "text" field, or nothing in it
        invalid-json: pile.jsonl:4: invalid JSON: not an object in braces
        r5 [undated] en published-unreadable
        invalid-json: pile.jsonl:6: invalid JSON: invalid type: integer `12`, expected a string at column 23
        invalid-json: pile.jsonl:7: invalid JSON: expected value at column 22
        r8 [undated] en
        half-written: pile.jsonl:9: half-written: the last line breaks off
    "#]],
    );
}

#[test]
fn what_is_too_large_is_not_read() {
    let long = format!("{{\"id\": \"long\", \"text\": {:?}}}", TEXT.repeat(40));
    let folder = folder(&[
        ("large.txt", TEXT.repeat(40).as_bytes()),
        ("pile.jsonl", format!("{long}\n{{\"id\": \"short\", \"text\": {TEXT:?}}}\n").as_bytes()),
    ]);
    expect![[r#"
        too-large: large.txt: too large: 3.7 kB, the limit for one report is 1.0 kB
        too-large: pile.jsonl:1: too large: 3.7 kB, the limit for one report is 1.0 kB
        short [undated] en
    "#]]
    .assert_eq(&shown(&[folder.path()], folder.path(), Options::default().max_bytes(1_000)));
}

#[test]
fn paths_that_lead_nowhere_are_named() {
    let folder = folder(&[("a.txt", TEXT.as_bytes())]);
    let (gone, there) = (folder.path().join("gone.txt"), folder.path().join("a.txt"));
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.path().join("dangling.txt")).unwrap();
    let paths: [&Path; 3] = [&gone, &there, folder.path()];
    expect![[r#"
        not-found: gone.txt: no such file or folder
        a.txt [undated] en
        a.txt [undated] en
        not-found: dangling.txt: no such file or folder
        folder-loop: loop: link that leads back to a folder above it
    "#]]
    .assert_eq(&shown(&paths, folder.path(), Options::default()));
}

#[test]
fn the_user_dates_what_has_no_date() {
    let pile = format!("{{\"id\": \"dated\", \"text\": {TEXT:?}, \"published\": \"2024-05-14\"}}\n");
    let folder = folder(&[("pile.jsonl", pile.as_bytes()), ("undated.txt", TEXT.as_bytes())]);
    let options = Options::default().published("2024-06-01").unwrap();
    expect![[r#"
        dated [2024-05-14] en
        undated.txt [2024-06-01] en
    "#]]
    .assert_eq(&shown(&[folder.path()], folder.path(), options));
    assert!(Options::default().published("last week").is_err());
}

#[test]
fn the_programs_own_files_are_no_input() {
    let folder = folder(&[("a.txt", TEXT.as_bytes()), ("own.db", b"x"), ("own.db-wal", b"x"), ("b/own.db", b"x")]);
    let options = Options::default().leave_out(folder.path().join("own.db"));
    expect![[r#"
        a.txt [undated] en
        unsupported-format: b/own.db: format not supported: .db
    "#]]
    .assert_eq(&shown(&[folder.path()], folder.path(), options));
}

#[test]
fn utf16_lines_are_read() {
    let utf16 = |text: String| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let pile = utf16(format!("\u{feff}{{\"id\": \"wide\", \"text\": {TEXT:?}}}\r\n"));
    check(
        &[("pile.jsonl", &pile), ("wide.txt", &utf16(format!("\u{feff}{TEXT}")))],
        expect![[r#"
        wide [undated] en
        wide.txt [undated] en
    "#]],
    );
}

#[test]
fn the_text_is_taken_as_it_is() {
    let text = "\r\n “Shells\u{a0}hit” the mill,\r\nthe \"mayor” said…\t\n\n";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let report = Intake::new([folder.path()], Options::default()).next().unwrap().unwrap();
    assert_eq!(report.text, text);
}

proptest! {
    /// Any bytes give a report or a failure; spans read back.
    #[test]
    fn nothing_breaks_intake(bytes in proptest::collection::vec(any::<u8>(), 0..600), name in "[a-b]\\.(txt|jsonl)") {
        let folder = folder(&[(&name, &bytes)]);
        for report in Intake::new([folder.path()], Options::default()).flatten() {
            assert_spans(&report);
        }
    }

    /// Any mixture of page lines gives articles and junk that lie on character boundaries, in order.
    #[test]
    fn any_page_is_laid_out(lines in proptest::collection::vec(prop_oneof![
        Just("Leave a Reply"), Just("Source: https://a.example/2024/05/14/x"), Just("***"), Just(TEXT), Just("• “Łukań” (AFP)"),
        Just("Bridge closed at Tolvany after a mine is found"), Just("By Ann Orel"), Just(""), Just("Related articles"), Just("“…” (AFP)"),
        Just("© ‘Ж’ 2024"), Just("14 May 2024"),
    ], 0..24)) {
        let text = lines.join("\n");
        let folder = folder(&[("a.txt", text.as_bytes())]);
        for report in Intake::new([folder.path()], Options::default()).flatten() {
            assert_spans(&report);
        }
    }
}

fn assert_spans(report: &variorum_model::Report) {
    assert!(!report.articles.is_empty());
    let articles: Vec<_> = report.articles.iter().map(|a| a.span).collect();
    let junk: Vec<_> = report.junk.iter().map(|j| j.span).collect();
    for spans in [articles, junk] {
        for span in &spans {
            assert!(report.text.get(span.start..span.end).is_some_and(|t| !t.is_empty()), "{span:?}");
        }
        assert!(spans.windows(2).all(|w| w[0].end <= w[1].start), "{spans:?}");
    }
}

#[test]
fn the_day_of_collection_is_not_that_of_publication() {
    let line =
        |id: &str, text: &str, day: &str| format!("{{\"id\": {id:?}, \"text\": {text:?}, \"published\": {day:?}}}");
    let headed = |head: &str| format!("{head}\n\n{TEXT}");
    check(
        &[(
            "pile.jsonl",
            [
                line("years-later", &headed("Published: 14 May 2021"), "2024-02-01"),
                line(
                    "above-the-headline",
                    &headed("Created: 05/14/2021 9:05 AM herald.com\n\nShells hit Orvash"),
                    "2024-02-01",
                ),
                line("days-later", &headed("Published: 14 May 2021"), "2021-05-16"),
                line("a-week-later", &headed("Published: 14 May 2021"), "2021-05-21"),
                line("years-earlier", &headed("Published: 14 May 2021"), "2019-05-20"),
                line("under-a-header", &headed("Friday, 14 May 2021"), "2019-05-20"),
                line("days-earlier", &headed("Published: 14 May 2021"), "2021-05-04"),
                line(
                    "credit",
                    &headed("CP Friday 14 May 2021 Shells hit Orvash at noon, the mayor said"),
                    "2021-05-04",
                ),
                line("only-updated", &headed("Updated: 14 May 2021"), "2024-02-01"),
            ]
            .join("\n")
            .as_bytes(),
        )],
        expect![[r#"
            years-later [2021-05-14] en published-contradicted
            above-the-headline [2021-05-14] en published-contradicted
            days-later [2021-05-16] en
            a-week-later [2021-05-14] en published-contradicted
            years-earlier [2021-05-14] en published-contradicted
            under-a-header [undated] en published-contradicted
            days-earlier [2021-05-14] en published-contradicted
            credit [2021-05-14] en published-contradicted
            only-updated [2024-02-01] en
        "#]],
    );
}
