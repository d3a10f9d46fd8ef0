//! What the fuzz targets drive, driven by chance as well: files of every kind, damaged. Nothing may panic, and every span
//! must read back.
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use std::io::Write;
use variorum_intake::{Intake, Options};

const TEXT: &str = "Shells hit the mill in Orvash on Tuesday and killed two millers, the mayor of the town said.";

/// One file of each kind that is read in this process.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let page = format!(
        "<html lang=en><head><meta charset=utf-8><title>Mill hit</title><script type='application/ld+json'>{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Mill hit\",\"datePublished\":\"2024-05-14T07:00:00Z\",\"author\":[{{\"name\":\"Marta Ilves\"}}]}}</script></head>\
         <body><nav>Home</nav><h1>Mill hit</h1><p class=byline>By Marta Ilves</p><p>{TEXT}</p><table><tr><td>Orvash<td>2</table><ul><li>“Łukań”</ul><p>{TEXT}</p></body></html>"
    );
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{page}\r\n0\r\n\r\n",
        page.len()
    );
    let warc = format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n", response.len()).repeat(2);
    let feed = format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>W</title><item><title>Mill &amp; hit</title><link>https://a.example/1</link><pubDate>Tue, 14 May 2024 07:00:00 +0200</pubDate><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item></channel></rss>"
    );
    let text = format!(
        "Mill hit\n\nBy Marta Ilves\n\n17:40 GMT\n\n{TEXT}\n\n14 May 2024, 3:05 p.m.\n\n{TEXT}\n\n09:12\n\n“Łukań” (AFP)\n\nSource: https://a.example/2024/05/14/x\n\nBridge closed at Tolvany\n\n{TEXT}\n\nLeave a Reply\n"
    );
    let lines = format!("{{\"id\": 7, \"text\": {TEXT:?}}}\n{{\"maintext\": {TEXT:?}, \"title\": \"é\"}}\n");
    let mail = format!(
        "From: A <a@b.example>\r\nSubject: =?utf-8?q?Mill?=\r\nDate: Tue, 14 May 2024 07:00:00 +0200\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{TEXT}\r\n--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=a.html\r\n\r\n{page}\r\n--b--\r\n"
    );
    let table = format!("id,publish_date,title,text\n1,2024-05-14,\"Mill, hit\",\"{TEXT}\"\n2,,x,\n");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("../a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
    let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    let mut header = tar::Header::new_gnu();
    header.set_size(page.len() as u64);
    tar.append_data(&mut header, "a.html", page.as_bytes()).unwrap();
    let json = format!("[{{\"maintext\": {TEXT:?}}}, 3]");
    vec![
        ("a.html", page.into_bytes()),
        ("a.warc", warc.into_bytes()),
        ("a.rss", feed.into_bytes()),
        ("a.txt", text.into_bytes()),
        ("a.jsonl", lines.into_bytes()),
        ("a.json", json.into_bytes()),
        ("a.eml", mail.into_bytes()),
        ("a.csv", table.into_bytes()),
        ("a.zip", zip.finish().unwrap().into_inner()),
        ("a.tar.gz", tar.into_inner().unwrap().finish().unwrap()),
    ]
}

fn read(name: &str, bytes: Vec<u8>) -> usize {
    let mut n = 0;
    for item in Intake::of_bytes(name, bytes, Options::default()).take(1_000) {
        n += 1;
        let Ok(report) = item else { continue };
        let articles = report.articles.iter().map(|a| a.span);
        for span in articles.chain(report.junk.iter().map(|j| j.span)) {
            assert!(report.text.get(span.start..span.end).is_some(), "{name}: {span:?}");
        }
        assert!(report.junk.windows(2).all(|j| j[0].span.end <= j[1].span.start), "{name}: {:?}", report.junk);
    }
    n
}

/// One blow to a file.
#[derive(Debug, Clone)]
enum Blow {
    Set(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Drop(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize, usize),
    Insert(prop::sample::Index, Vec<u8>),
}

fn blow() -> impl Strategy<Value = Blow> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(i, b)| Blow::Set(i, b)),
        at().prop_map(Blow::Cut),
        (at(), 1..40usize).prop_map(|(i, n)| Blow::Drop(i, n)),
        (at(), 1..80usize, 2..20usize).prop_map(|(i, n, times)| Blow::Repeat(i, n, times)),
        (at(), proptest::collection::vec(any::<u8>(), 1..12)).prop_map(|(i, b)| Blow::Insert(i, b)),
    ]
}

fn struck(mut bytes: Vec<u8>, blows: &[Blow]) -> Vec<u8> {
    for blow in blows {
        if bytes.is_empty() {
            break;
        }
        let len = bytes.len();
        match blow {
            Blow::Set(i, b) => bytes[i.index(len)] = *b,
            Blow::Cut(i) => bytes.truncate(i.index(len)),
            Blow::Drop(i, n) => drop(bytes.drain(i.index(len)..(i.index(len) + n).min(len))),
            Blow::Repeat(i, n, times) => {
                let part = bytes[i.index(len)..(i.index(len) + n).min(len)].repeat(*times);
                bytes.splice(i.index(len)..i.index(len), part);
            }
            Blow::Insert(i, part) => drop(bytes.splice(i.index(len)..i.index(len), part.iter().copied())),
        }
    }
    bytes
}

#[test]
fn the_seeds_are_read() {
    for (name, bytes) in seeds() {
        assert!(read(name, bytes.clone()) > 0, "{name}");
        assert!(Intake::of_bytes(name, bytes, Options::default()).any(|r| r.is_ok()), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn damaged_files_end_in_reports_or_failures(seed in 0..10usize, blows in proptest::collection::vec(blow(), 1..6)) {
        let (name, bytes) = seeds().swap_remove(seed);
        read(name, struck(bytes, &blows));
    }

    #[test]
    fn any_bytes_under_any_name(bytes in proptest::collection::vec(any::<u8>(), 0..400), seed in 0..10usize) {
        read(seeds()[seed].0, bytes.clone());
        read("unnamed", bytes);
    }
}
