//! Pages in the manner of common page makers (`tests/pages`, own work, invented events): what each says of itself, and
//! which of its words are the article's. Each file opens with a comment that lists what must be found.
use std::collections::BTreeMap;
use std::path::Path;
use variorum_intake::{Intake, Options};
use variorum_model::Report;

const BODY: [&str; 4] = [
    "Two shells struck the grain mill at Sorrivo before dawn",
    "Its owner, Ilka Vardan, told reporters",
    "The army of Karovia denied that it had fired at all.",
    "They had been turned back at the Tolvany bridge twice since Sunday.",
];
/// Words of furniture, of whatever page.
const FURNITURE: &[&str] = &[
    "Photo: A. Sterk",
    "Click to share",
    "Truce at Tolvany holds",
    "Leave a Reply",
    "three shells, not two",
    "We use cookies",
    "All rights reserved",
    "Home",
    "Sign up for",
    "One letter a week",
    "Thanks for reading",
    "Tolvany bridge closed again",
    "Hits: 311",
    "4 min read",
    "Marta Ilves; editing",
    "Prev",
];

fn read(path: &Path) -> Report {
    Intake::new([path], Options::default()).next().unwrap().unwrap_or_else(|e| panic!("{e}"))
}

/// The text without its junk.
fn article(report: &Report) -> String {
    let (mut text, mut at) = (String::new(), 0);
    for junk in &report.junk {
        text.push_str(&report.text[at..junk.span.start]);
        at = junk.span.end;
    }
    text + &report.text[at..]
}

#[test]
fn pages_of_common_makers_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut wrong = Vec::new();
    let mut n = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let page = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let head = page.split("-->").next().unwrap();
        let expected: BTreeMap<&str, &str> = head.lines().filter_map(|l| l.split_once(": ")).collect();
        let report = read(&path);
        let published = report.published.value.clone().unwrap_or_default();
        let updated = report.updated.clone().unwrap_or_default();
        for (field, found) in [
            ("title", &report.title),
            ("byline", &report.byline),
            ("published", &published),
            ("publisher", &report.publisher),
            ("updated", &updated),
            ("url", &report.url),
        ] {
            let want = expected.get(field).copied().unwrap_or_default();
            if found != want {
                wrong.push(format!("{name}: {field} is {found:?}, not {want:?}"));
            }
        }
        let text = article(&report);
        wrong.extend(BODY.iter().filter(|b| !text.contains(**b)).map(|b| format!("{name} lacks {b:?}")));
        wrong.extend(FURNITURE.iter().filter(|f| text.contains(**f)).map(|f| format!("{name} keeps {f:?}")));
        if report.articles.len() != 1 || report.language.get(..2) != Some("en") {
            wrong.push(format!("{name}: {} articles in {:?}", report.articles.len(), report.language));
        }
        n += 1;
    }
    assert_eq!(n, 20);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_stay_text() {
    let report = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/typo3-ministry.html"));
    assert!(
        article(&report).contains("Losses by town\n\nTown | Killed | Wounded\nSorrivo | 1 | 3\nMalvek | 0 | 2"),
        "{}",
        report.text
    );
}

#[test]
fn furniture_in_the_text_is_marked_with_its_reason() {
    let report = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/wordpress.html"));
    let of = |words: &str| {
        let at = report.text.find(words)?;
        report.junk.iter().find(|j| j.span.start <= at && at < j.span.end).map(|j| j.reason.as_str())
    };
    assert_eq!(of("The mill in April"), Some("caption"), "{}", report.text);
    let left_out = report.diagnostics.iter().find(|d| d.code == "furniture-left-out").map(|d| d.message.as_str());
    assert_eq!(left_out, Some("left out of the page: comment form 1, cookie notice 1, navigation 1, page footer 2"));
}

#[test]
fn a_live_blog_is_one_article_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("live.html");
    let entry = |time: &str, head: &str, words: &str| {
        format!(
            "<div class='live-blog-post'><time datetime='2024-05-14T{time}:00Z'>{time}</time><h3>{head}</h3><p>{words}</p></div>"
        )
    };
    let page = format!(
        "<html><head><title>Drenn valley: live</title><meta property='article:published_time' content='2024-05-14T04:00:00Z'></head><body><h1>Drenn valley: live</h1>{}{}{}</body></html>",
        entry("09:30", "Bridge shut", "The Tolvany bridge was shut after a mine had been found under its middle arch."),
        entry(
            "08:10",
            "Second shell",
            "A second shell fell on Sorrivo and wounded two women, the mayor said on the radio."
        ),
        entry("06:02", "First shell", "A shell fell on Sorrivo in the early morning; nobody was hurt, the mayor said."),
    );
    std::fs::write(&path, page).unwrap();
    let report = read(&path);
    let entries: Vec<_> = report
        .articles
        .iter()
        .map(|a| {
            (
                a.title.as_str(),
                a.published.value.as_deref().unwrap_or_default(),
                report.text[a.span.start..a.span.end].contains("Sorrivo"),
            )
        })
        .collect();
    assert_eq!(
        entries,
        [
            ("Bridge shut", "2024-05-14T09:30:00Z", false),
            ("Second shell", "2024-05-14T08:10:00Z", true),
            ("First shell", "2024-05-14T06:02:00Z", true)
        ]
    );
}

#[test]
fn hostile_pages_end_in_an_error_or_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.html");
    let code = |page: String, options: Options| {
        std::fs::write(&path, page).unwrap();
        Intake::new([&path], options).next().unwrap().map(|r| r.id).map_err(|e| e.code())
    };
    assert_eq!(code("<div>".repeat(100_000), Options::default()), Err("too-deep"));
    assert_eq!(code("<b>".repeat(3_000) + "x", Options::default().max_depth(50)), Err("too-deep"));
    assert_eq!(code("<p>a</p>".repeat(300), Options::default().max_elements(200)), Err("too-many-elements"));
    assert_eq!(
        code("<html><script>let a = 'text';</script><img src=x></html>".into(), Options::default()),
        Err("no-article")
    );
    assert_eq!(code("<p>Shells hit the mill".into(), Options::default()), Ok("a.html".to_owned()));
}
