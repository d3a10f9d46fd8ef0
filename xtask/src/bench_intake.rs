//! `cargo xtask bench-intake [PAGES] [--data DIR]`: a web archive of so many pages (10,000), read by the intake alone and then
//! end to end into a ledger.
//!
//! Half of the pages are made here, half are those of an evaluation set (no part of the project; left out where it is not
//! there) with some of their words changed. Pages a second are by processor time of one core; the busy share is processor time
//! over wall-clock time of all cores, of the whole of `variorum read`, linking included.
use crate::program;
use anyhow::{Context, bail};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use std::fmt::Write as _;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const OUT: &str = "target/bench-intake";

/// Runs the task.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let mut data = PathBuf::from("../shared");
    let mut n = 10_000;
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--data" => data = rest.next().context("--data needs a folder")?.into(),
            "--intake" => return intake_alone(rest.next().context("--intake needs a file")?),
            _ => n = arg.parse().context("a number of pages is needed")?,
        }
    }
    std::fs::create_dir_all(OUT)?;
    let archive = Path::new(OUT).join(format!("{n}.warc.gz"));
    let (raw, n_sets) = write_archive(&archive, n, &data.join("gold/html/pages"))?;
    let packed = std::fs::metadata(&archive)?.len() as f64 / 1e6;
    println!("{n} pages, {raw:.0} MB ({packed:.0} MB packed); {n_sets} of them altered pages of an evaluation set");

    let mut alone = Command::new(std::env::current_exe()?);
    let alone = watched(alone.args(["bench-intake", "--intake"]).arg(&archive))?;
    println!(
        "intake alone: {:.0} pages/s and {:.1} MB/s a core, largest memory {} MB",
        n as f64 / alone.processor,
        raw / alone.processor,
        alone.megabytes
    );
    let binary = program::built()?;
    let ledger = Path::new(OUT).join("ledger.db");
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", ledger.display()));
    }
    let whole = watched(Command::new(binary).args(["read", "--quiet"]).arg(&archive).arg("--ledger").arg(&ledger))?;
    let cores = std::thread::available_parallelism()?.get() as f64;
    println!(
        "read end to end: {:.0} s, {:.0} pages/s, {:.0} % of {cores} cores busy, largest memory {} MB",
        whole.wall,
        n as f64 / whole.wall,
        100.0 * whole.processor / (whole.wall * cores),
        whole.megabytes
    );
    Ok(())
}

/// What a process took.
struct Took {
    wall: f64,
    processor: f64,
    megabytes: u64,
}

/// Runs a process and looks at it until it ends.
fn watched(command: &mut Command) -> anyhow::Result<Took> {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).spawn()?;
    let (mut ticks, mut megabytes) = (0.0, 0);
    let status = loop {
        if let Some((t, m)) = so_far(child.id()) {
            (ticks, megabytes) = (t, m);
        }
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    // 1: some pages could not be read.
    if !matches!(status.code(), Some(0 | 1)) {
        bail!("{command:?} ended with {status}");
    }
    Ok(Took { wall: start.elapsed().as_secs_f64(), processor: ticks / 100.0, megabytes })
}

/// Clock ticks of all threads (100 a second on Linux) and the most memory, in MB; none when the process has ended.
fn so_far(id: u32) -> Option<(f64, u64)> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some((ticks, line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()? / 1024))
}

fn intake_alone(archive: &str) -> anyhow::Result<()> {
    let mut n = 0;
    let mut letters = 0;
    for report in variorum_intake::Intake::new([archive], variorum_intake::Options::default()).flatten() {
        n += 1;
        letters += report.text.len();
    }
    println!("{n} reports, {:.1} MB of text", letters as f64 / 1e6);
    Ok(())
}

/// Writes the archive, a gzip member a record; megabytes of pages and how many are of the set.
fn write_archive(path: &Path, n: usize, set: &Path) -> anyhow::Result<(f64, usize)> {
    let mut pages: Vec<String> = Vec::new();
    let mut names: Vec<PathBuf> = std::fs::read_dir(set).into_iter().flatten().flatten().map(|e| e.path()).collect();
    names.sort();
    for name in names {
        let mut page = Vec::new();
        GzDecoder::new(std::fs::File::open(&name)?).read_to_end(&mut page)?;
        pages.push(String::from_utf8_lossy(&page).into_owned());
    }
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    let (mut bytes, mut of_set) = (0, 0);
    for k in 0..n {
        let page = match pages.get(k / 2 % pages.len().max(1)) {
            Some(page) if k % 2 == 1 => {
                of_set += 1;
                altered(page, k as u64)
            }
            _ => made(k as u64),
        };
        bytes += page.len();
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{page}",
            page.len()
        );
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://outlet{}.example/news/{k}\r\nWARC-Date: \
             2031-05-{:02}T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
            k % 40,
            1 + k % 28,
            answer.len()
        );
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        member.write_all(record.as_bytes())?;
        out.write_all(&member.finish()?)?;
    }
    out.flush()?;
    Ok((bytes as f64 / 1e6, of_set))
}

/// The page with one in ten of its longer words outside of tags turned round: another text of the same make.
fn altered(page: &str, k: u64) -> String {
    let mut out = String::with_capacity(page.len());
    let (mut in_tag, mut word) = (false, String::new());
    for c in page.chars() {
        if c.is_alphabetic() && !in_tag {
            word.push(c);
            continue;
        }
        if word.len() > 5 && mix(k ^ hash(&word)).is_multiple_of(10) {
            word = word.chars().rev().collect();
        }
        out.push_str(&word);
        word.clear();
        in_tag = match c {
            '<' => true,
            '>' => false,
            _ => in_tag,
        };
        out.push(c);
    }
    out + &word
}

/// A page of an invented outlet about an invented war: eight in a row are about the same district and week.
fn made(k: u64) -> String {
    let district = mix(k / 16);
    let towns: Vec<String> = (0..4).map(|i| town(mix(district ^ i))).collect();
    let towns: Vec<&str> = towns.iter().map(String::as_str).collect();
    let day = format!("{}-{:02}-{:02}", 2019 + district % 9, 1 + district / 16 % 12, 1 + district / 512 % 28);
    let mut state = mix(k);
    let mut pick = |from: &[&'static str]| {
        state = mix(state);
        from[state as usize % from.len()]
    };
    let mut body = String::new();
    let at = |i: u64| towns[mix(k ^ i) as usize % towns.len()];
    let title = format!("{} in {}, {} says", pick(&HAPPENED), at(99), pick(&SPEAKERS));
    for i in 0..9 {
        let (n, m) = (pick(&NUMBERS), pick(&NUMBERS));
        let _ = writeln!(
            body,
            "<p>{} said on {} that {n} people had been killed and {m} wounded when {} the {} in {}. The {} near {} was damaged \
             as well, according to {}, who spoke of {} hours without power.</p>",
            pick(&SPEAKERS),
            pick(&DAYS),
            pick(&DEEDS),
            pick(&SPOTS),
            at(2 * i),
            pick(&SPOTS),
            at(2 * i + 1),
            pick(&SPEAKERS),
            pick(&NUMBERS),
        );
    }
    let menu: String = towns.iter().map(|t| format!("<li><a href=\"/{t}\">{t}</a></li>")).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | The Estuary Post</title>\
         <script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\
         \"{title}\",\"datePublished\":\"{day}T07:00:00Z\",\"author\":{{\"name\":\"Marta Ilves\"}}}}</script></head><body>\
         <header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1><p class=\"byline\">By Marta Ilves</p>{body}\
         </article><aside><h2>Most read</h2><ul>{menu}</ul></aside></main><footer>Share this on every network. Cookie \
         settings.</footer></body></html>"
    )
}

const HAPPENED: [&str; 6] = ["Shelling", "A drone strike", "A raid", "Heavy fighting", "An explosion", "An ambush"];
/// The name of an invented town.
fn town(seed: u64) -> String {
    let part = |parts: &[&'static str], shift: u32| parts[(seed >> shift) as usize % parts.len()];
    let first = part(&["Or", "Mal", "Sor", "Bren", "Kol", "Vash", "Tol", "Ruv", "Krav", "Step", "Ilm", "Drav"], 3);
    let middle = part(&["a", "e", "i", "o", "ani", "eri", "iva", "ova", "una", "ola"], 13);
    format!(
        "{first}{middle}{}",
        part(&["lec", "vek", "vo", "na", "tiv", "ny", "ka", "ce", "nor", "sk", "mar", "dol"], 23)
    )
}

const SPEAKERS: [&str; 8] = [
    "the governor",
    "the harbour office",
    "the Defence Ministry",
    "a doctor at the hospital",
    "the rebels",
    "the police",
    "an aid worker",
    "the mayor",
];
const NUMBERS: [&str; 10] =
    ["two", "three", "four", "at least 5", "seven", "11", "more than 12", "17", "about 20", "34"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const DEEDS: [&str; 6] = [
    "shells hit",
    "a drone struck",
    "gunmen attacked",
    "rockets fell on",
    "a mine went off beside",
    "soldiers stormed",
];
const SPOTS: [&str; 8] =
    ["grain silo", "market", "railway station", "school", "power plant", "bridge", "bakery", "ferry landing"];

fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The finaliser of SplitMix64.
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
