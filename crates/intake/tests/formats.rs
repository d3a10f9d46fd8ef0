//! Files of every kind that is read: what each gives. Everything is made here; events and places are invented.
use expect_test::{Expect, expect};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::path::Path;
use variorum_intake::{Intake, Options};
use zip::write::SimpleFileOptions;

const TEXT: &str = "Shells hit the mill in Orvash on Tuesday and killed two millers, the mayor of the town said.";

fn page(title: &str) -> String {
    format!(
        "<html><head><meta charset=utf-8><title>{title}</title><meta property='article:published_time' content='2024-05-14T07:00:00Z'></head><body><nav><a href=/>Home</a></nav><article><h1>{title}</h1><p>{TEXT}</p><p>{TEXT} The café burnt.</p></article></body></html>"
    )
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Hostile names are not what the library would write.
        let field = &mut header.as_old_mut().name;
        field[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        tar.append(&header, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

fn record(kind: &str, uri: &str, mime: &str, payload: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\n\r\n",
        payload.len()
    )
    .into_bytes();
    record.extend(payload);
    record.extend(b"\r\n\r\n");
    record
}

fn response(status: &str, mime: &str, body: &[u8]) -> Vec<u8> {
    let mut response = format!("HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n\r\n").into_bytes();
    response.extend(body);
    response
}

fn shown(name: &str, bytes: &[u8], options: Options) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let mut intake = Intake::new([folder.path()], options);
    let mut shown = String::new();
    while let Some(item) = intake.next() {
        shown += &match item {
            Ok(r) => {
                let codes: Vec<_> = r.diagnostics.iter().map(|d| d.code.as_str()).collect();
                let day = r.published.value.as_deref().unwrap_or("undated");
                let at = intake.location();
                format!(
                    "{at}: {} [{day}] {:?} by {:?} of {:?} {} bytes {}",
                    r.id,
                    r.title,
                    r.byline,
                    r.publisher,
                    r.text.len(),
                    codes.join(" ")
                )
                .trim_end()
                .to_owned()
            }
            Err(failure) => format!("{}: {failure}", failure.code()),
        };
        shown.push('\n');
    }
    // Nothing is written beside what was there.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    shown.replace(&format!("{}/", folder.path().display()), "")
}

fn check(name: &str, bytes: &[u8], expected: Expect) {
    expected.assert_eq(&shown(name, bytes, Options::default()));
}

#[test]
fn warc_records_are_read_one_by_one() {
    let mut warc = record("warcinfo", "", "application/warc-fields", b"software: own\r\n");
    warc.extend(record(
        "request",
        "https://herald.example/a",
        "application/http; msgtype=request",
        b"GET /a HTTP/1.1\r\n\r\n",
    ));
    warc.extend(record(
        "response",
        "https://herald.example/a",
        "application/http; msgtype=response",
        &response("200 OK", "text/html; charset=utf-8", page("Mill hit").as_bytes()),
    ));
    warc.extend(record(
        "response",
        "https://herald.example/gone",
        "application/http; msgtype=response",
        &response("404 Not Found", "text/html", b"<p>gone"),
    ));
    warc.extend(record(
        "response",
        "https://herald.example/a.png",
        "application/http; msgtype=response",
        &response("200 OK", "image/png", b"\x89PNG"),
    ));
    warc.extend(record("conversion", "https://herald.example/b", "text/plain", TEXT.as_bytes()));
    warc.extend(record(
        "response",
        "https://herald.example/c",
        "application/http; msgtype=response",
        &response("200 OK", "text/html", b"<html></html>"),
    ));
    warc.extend(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nbroken off");
    let expected = expect![[r#"
        crawl.warc:3: https://herald.example/a [2024-05-14T07:00:00Z] "Mill hit" by "" of "herald.example" 203 bytes furniture-left-out
        crawl.warc:6: https://herald.example/b [undated] "" by "" of "" 92 bytes
        no-article: crawl.warc:7: no article: the page holds no text
        bad-record: crawl.warc:9: broken WARC record: the file ends inside a record
    "#]];
    check("crawl.warc", &warc, expected);
    check(
        "crawl.warc.gz",
        &gz(&warc),
        expect![[r#"
        crawl.warc.gz:3: https://herald.example/a [2024-05-14T07:00:00Z] "Mill hit" by "" of "herald.example" 203 bytes furniture-left-out
        crawl.warc.gz:6: https://herald.example/b [undated] "" by "" of "" 92 bytes
        no-article: crawl.warc.gz:7: no article: the page holds no text
        bad-record: crawl.warc.gz:9: broken WARC record: the file ends inside a record
    "#]],
    );
}

#[test]
fn archives_of_anything_are_read_and_their_names_stay_names() {
    let line = format!("{{\"id\": \"l1\", \"text\": {TEXT:?}}}\n");
    let inner = zipped(&[("deep.txt", TEXT.as_bytes())]);
    let page = page("Mill hit");
    let files: Vec<(&str, &[u8])> = vec![
        ("../../etc/escape.txt", TEXT.as_bytes()),
        ("/absolute.txt", TEXT.as_bytes()),
        ("a/page.html", page.as_bytes()),
        ("lines.jsonl", line.as_bytes()),
        ("photo.jpg", b"\xff\xd8\xff"),
        (".DS_Store", b"x"),
        ("inner.zip", &inner),
        ("empty.txt", b""),
    ];
    check(
        "dump.zip",
        &zipped(&files),
        expect![[r#"
        dump.zip/../../etc/escape.txt: dump.zip/../../etc/escape.txt [undated] "" by "" of "" 92 bytes
        dump.zip//absolute.txt: dump.zip//absolute.txt [undated] "" by "" of "" 92 bytes
        dump.zip/a/page.html: dump.zip/a/page.html [2024-05-14T07:00:00Z] "Mill hit" by "" of "" 203 bytes furniture-left-out
        dump.zip/lines.jsonl:1: l1 [undated] "" by "" of "" 92 bytes
        unsupported-format: dump.zip/photo.jpg: format not supported: .jpg
        dump.zip/inner.zip/deep.txt: dump.zip/inner.zip/deep.txt [undated] "" by "" of "" 92 bytes
        empty: dump.zip/empty.txt: empty
    "#]],
    );
    check(
        "dump.tar.gz",
        &gz(&tarred(&files)),
        expect![[r#"
        dump.tar.gz/../../etc/escape.txt: dump.tar.gz/../../etc/escape.txt [undated] "" by "" of "" 92 bytes
        dump.tar.gz//absolute.txt: dump.tar.gz//absolute.txt [undated] "" by "" of "" 92 bytes
        dump.tar.gz/a/page.html: dump.tar.gz/a/page.html [2024-05-14T07:00:00Z] "Mill hit" by "" of "" 203 bytes furniture-left-out
        dump.tar.gz/lines.jsonl:1: l1 [undated] "" by "" of "" 92 bytes
        unsupported-format: dump.tar.gz/photo.jpg: format not supported: .jpg
        dump.tar.gz/inner.zip/deep.txt: dump.tar.gz/inner.zip/deep.txt [undated] "" by "" of "" 92 bytes
        empty: dump.tar.gz/empty.txt: empty
    "#]],
    );
    check(
        "one.txt.gz",
        &gz(TEXT.as_bytes()),
        expect![[r#"
        one.txt.gz: one.txt [undated] "" by "" of "" 92 bytes
    "#]],
    );
}

#[test]
fn bombs_and_broken_archives_have_errors_of_their_own() {
    let bomb = vec![b'a'; 4_000_000];
    check(
        "bomb.txt.gz",
        &gz(&bomb),
        expect![[r#"
        ratio-too-high: bomb.txt.gz: inflates to more than 250 times its size: a decompression bomb, or very repetitive (--max-ratio)
    "#]],
    );
    check(
        "bomb.zip",
        &zipped(&[("a.txt", &bomb), ("b.txt", TEXT.as_bytes())]),
        expect![[r#"
        ratio-too-high: bomb.zip/a.txt: inflates to more than 250 times its size: a decompression bomb, or very repetitive (--max-ratio)
    "#]],
    );
    let mut nested = zipped(&[("a.txt", TEXT.as_bytes())]);
    for _ in 0..4 {
        nested = zipped(&[("n.zip", &nested)]);
    }
    check(
        "nested.zip",
        &nested,
        expect![[r#"
        nested-too-deep: nested.zip/n.zip/n.zip/n.zip: archives nested too deep: more than 3 one inside the other (--max-nesting)
    "#]],
    );
    check(
        "broken.zip",
        b"PK\x03\x04 and nothing more",
        expect![[r#"
        bad-archive: broken.zip: broken archive: invalid Zip archive: Could not find EOCD
    "#]],
    );
    let whole = gz(&tarred(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.repeat(40).as_bytes())]));
    check(
        "cut.tar.gz",
        &whole[..whole.len() - 60],
        expect![[r#"
        cut.tar.gz/a.txt: cut.tar.gz/a.txt [undated] "" by "" of "" 92 bytes
        unreadable: cut.tar.gz: cannot be read: incomplete deflate stream
    "#]],
    );
    let many = zipped(&[("a.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes())]);
    expect![[r#"
        too-many-members: many.zip: too many files in one archive: the limit is 1
    "#]]
    .assert_eq(&shown("many.zip", &many, Options::default().max_members(1)));
    expect![[r#"
        too-large: member.zip/a.txt: too large: 51 bytes, the limit for one report is 50 bytes
    "#]]
    .assert_eq(&shown("member.zip", &zipped(&[("a.txt", TEXT.as_bytes())]), Options::default().max_member_bytes(50)));
}

#[test]
fn feeds_give_their_entries() {
    let rss = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Drenn Herald</title><link>https://herald.example</link><description>d</description><language>en</language>\
         <item><title>Mill &amp; bridge hit</title><link>https://herald.example/1</link><pubDate>Tue, 14 May 2024 07:00:00 +0200</pubDate><dc:creator>Marta Ilves</dc:creator><content:encoded><![CDATA[<p>{TEXT}</p><p>{TEXT}</p>]]></content:encoded></item>\
         <item><title>Truce</title><link>https://herald.example/2</link><description>{TEXT}</description></item><item><title>Nothing</title><link>https://herald.example/3</link></item></channel></rss>"
    );
    check(
        "feed.rss",
        rss.as_bytes(),
        expect![[r#"
        feed.rss:1: https://herald.example/1 [2024-05-14T05:00:00+00:00] "Mill & bridge hit" by "Marta Ilves" of "Drenn Herald" 186 bytes duplicated-paragraph
        feed.rss:2: https://herald.example/2 [undated] "Truce" by "" of "Drenn Herald" 92 bytes summary-only
        no-text: feed.rss:3: no text: the report has no "text" field, or nothing in it
    "#]],
    );
    let atom = format!(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><id>w</id><updated>2024-05-14T07:00:00Z</updated><entry><title>Mill hit</title><id>e1</id><link href='https://wire.example/1'/><published>2024-05-14T07:00:00Z</published><updated>2024-05-14T09:00:00Z</updated><author><name>A. Sterk</name></author><content type='html'>&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"
    );
    check(
        "feed.xml",
        atom.as_bytes(),
        expect![[r#"
        feed.xml:1: https://wire.example/1 [2024-05-14T07:00:00+00:00] "Mill hit" by "A. Sterk" of "Wire" 92 bytes
    "#]],
    );
    check(
        "broken.rss",
        b"<rss><channel><item>",
        expect![[r#"
        bad-feed: broken.rss: not a feed: unable to parse feed: no root element
    "#]],
    );
}

#[test]
fn tables_and_exports_of_collectors_are_read() {
    let media_cloud = "stories_id,publish_date,title,url,language,media_name\n17,2024-05-14 07:00:00,\"Shells hit the mill in Orvash, mayor says\",https://herald.example/17,en,Drenn Herald\n";
    check(
        "media-cloud.csv",
        media_cloud.as_bytes(),
        expect![[r#"
        media-cloud.csv:2: 17 [2024-05-14T07:00:00] "Shells hit the mill in Orvash, mayor says" by "" of "Drenn Herald" 41 bytes headline-only
    "#]],
    );
    let own = format!("Kopf,Body\nMill hit,\"{TEXT}\"\n,\n");
    expect![[r#"
        own.csv:2: r3ca27439bea1ad6c [undated] "Mill hit" by "" of "" 92 bytes
        no-text: own.csv:3: no text: the report has no "text" field, or nothing in it
    "#]]
    .assert_eq(&shown("own.csv", own.as_bytes(), Options::default().columns("text=Body,title=Kopf").unwrap()));
    expect![[r#"
        no-column: own.csv: no column "Corpo"; the table has Kopf, Body (--columns)
    "#]]
    .assert_eq(&shown("own.csv", own.as_bytes(), Options::default().columns("text=Corpo").unwrap()));
    assert!(Options::default().columns("colour=red").is_err());
    let news_please = format!(
        "{{\"authors\": [\"Marta Ilves\", \"Jonas Wehr\"], \"date_publish\": \"2024-05-14 07:00:00\", \"maintext\": {TEXT:?}, \"title\": \"Mill hit\", \"source_domain\": \"herald.example\", \"url\": \"https://herald.example/1\", \"language\": \"en\", \"image_url\": null}}"
    );
    check(
        "news-please.json",
        news_please.as_bytes(),
        expect![[r#"
        news-please.json:1: r6871e7fd113fe8ad [2024-05-14T07:00:00] "Mill hit" by "Marta Ilves, Jonas Wehr" of "herald.example" 92 bytes
    "#]],
    );
    check(
        "array.json",
        format!("[{news_please}, 3]").as_bytes(),
        expect![[r#"
        array.json:1: r6871e7fd113fe8ad [2024-05-14T07:00:00] "Mill hit" by "Marta Ilves, Jonas Wehr" of "herald.example" 92 bytes
        invalid-json: array.json:2: invalid JSON: not an object in braces
    "#]],
    );
    check(
        "lines.jsonl",
        format!("{news_please}\n").as_bytes(),
        expect![[r#"
        lines.jsonl:1: r926901a41fd6ca06 [2024-05-14T07:00:00] "Mill hit" by "Marta Ilves, Jonas Wehr" of "herald.example" 92 bytes
    "#]],
    );
}

#[test]
fn messages_are_read_with_what_is_attached() {
    let mail = format!(
        "From: Marta Ilves <marta@herald.example>\r\nTo: desk@example.org\r\nSubject: =?utf-8?q?Mill_hit?=\r\nDate: Tue, 14 May 2024 07:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{TEXT}\r\n--b\r\nContent-Type: text/html; name=\"../page.html\"\r\nContent-Disposition: attachment; filename=\"../page.html\"\r\n\r\n{}\r\n--b--\r\n",
        page("Attached")
    );
    check(
        "message.eml",
        mail.as_bytes(),
        expect![[r#"
        message.eml: message.eml [2024-05-14T07:00:00+02:00] "Mill hit" by "Marta Ilves" of "herald.example" 92 bytes
        message.eml/1-page.html: message.eml/1-page.html [2024-05-14T07:00:00Z] "Attached" by "" of "" 203 bytes furniture-left-out
    "#]],
    );
    check(
        "none.eml",
        b"\r\nnothing",
        expect![[r#"
        bad-mail: none.eml: not a message: no subject, sender or date
    "#]],
    );
}

#[test]
fn documents_are_read() {
    let xml = format!(
        "<?xml version='1.0'?><w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Shells &amp; mines</w:t></w:r></w:p><w:p><w:r><w:t xml:space='preserve'>{TEXT} </w:t></w:r><w:r><w:t>Nobody else was hurt.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Orvash</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
    );
    let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>Mill hit</dc:title><dc:creator>Marta Ilves</dc:creator></cp:coreProperties>";
    let docx = zipped(&[("word/document.xml", xml.as_bytes()), ("docProps/core.xml", core.as_bytes())]);
    check(
        "report.docx",
        &docx,
        expect![[r#"
        report.docx: report.docx [undated] "Mill hit" by "Marta Ilves" of "" 142 bytes
    "#]],
    );
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.docx"), &docx).unwrap();
    let report = Intake::new([folder.path()], Options::default()).next().unwrap().unwrap();
    assert_eq!(report.text, format!("Shells & mines\n\n{TEXT} Nobody else was hurt.\n\nOrvash | 2"));
    check(
        "broken.docx",
        b"PK\x05\x06",
        expect![[r#"
        bad-archive: broken.docx: broken archive: i/o error
    "#]],
    );
}

/// The smallest file of one page that readers take.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let shown: String = lines.iter().map(|l| format!("({l}) Tj 0 -14 Td ")).collect();
    let stream = format!("BT /F1 12 Tf 72 720 Td {shown}ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{stream}\nendstream", stream.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj{object}endobj\n", i + 1).bytes());
    }
    let at = bytes.len();
    bytes.extend(b"xref\n0 6\n0000000000 65535 f \n");
    offsets.iter().for_each(|o| bytes.extend(format!("{o:010} 00000 n \n").bytes()));
    bytes.extend(format!("trailer<</Size 6/Root 1 0 R>>\nstartxref\n{at}\n%%EOF").bytes());
    bytes
}

#[test]
fn pdf_files_are_read_and_broken_ones_named() {
    let file =
        pdf(&["Shells hit the mill in Orvash on Tuesday and", "killed two millers, the mayor of the town said."]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), &file).unwrap();
    let report = Intake::new([folder.path()], Options::default()).next().unwrap().unwrap();
    assert_eq!(report.text.trim(), TEXT);
    check(
        "broken.pdf",
        b"%PDF-1.7 nonsense",
        expect![[r#"
        bad-pdf: broken.pdf: no text from the PDF: PDF error: couldn't parse input: invalid file header
    "#]],
    );
    // A reader that never ends, one that breaks, and one that is not there.
    let reader = |program: &str, args: &[&str]| {
        shown(
            "a.pdf",
            &file,
            Options::default().pdf_reader(program.into(), args).max_time(std::time::Duration::from_millis(300)),
        )
    };
    assert!(reader("sleep", &["60"]).starts_with("too-slow"), "{}", reader("sleep", &["60"]));
    assert!(reader("false", &[]).starts_with("bad-pdf"));
    assert!(reader("/no/such/program", &[]).starts_with("unreadable"));
}

#[test]
fn a_crawl_of_many_records_is_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.warc.gz");
    let mut file = GzEncoder::new(std::fs::File::create(&path).unwrap(), Compression::fast());
    let one = record(
        "response",
        "https://herald.example/a",
        "application/http",
        &response("200 OK", "text/html", page("Mill hit").as_bytes()),
    );
    for _ in 0..2_000 {
        file.write_all(&one).unwrap();
    }
    file.finish().unwrap();
    let reports = Intake::new([Path::new(&path)], Options::default()).filter(|r| r.is_ok()).count();
    assert_eq!(reports, 2_000);
}
