//! `variorum watch` from end to end: pages to incidents to alerts, and a process that is killed.
#[path = "../../watch/tests/common/mod.rs"]
mod common;
use common::{Server, feed, send};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const FIRST: &str = "<p>Nine civilians were killed when shells hit the market in Sorrivo on Wednesday, the mayor, Pavel Drusk, said. \
    Twenty people were wounded, he said.</p><p>The mayor said that the shells were fired by Karovian forces from the hills above \
    the town.</p>";
const SECOND: &str = "<p>Fourteen civilians were killed when shells hit the market in Sorrivo on Wednesday, the district hospital \
    said.</p><p>The Karovian defence ministry denied that its forces had shelled the market in Sorrivo on Wednesday.</p>";

fn page(title: &str, text: &str) -> String {
    format!(
        "<html><head><title>{title}</title><meta property='article:published_time' content='2031-05-14T18:00:00Z'></head>\
         <body><article><h1>{title}</h1>{text}</article></body></html>"
    )
}

/// A site of two pages; the second one hangs the first `n_hangs` times that it is asked for.
fn site(n_hangs: usize) -> Server {
    Server::start("127.0.0.1", move |request, n, stream| {
        let host = request.header("host").unwrap_or_default();
        let urls = ["/1", "/2"].map(|p| format!("http://{host}{p}"));
        let html = [("Content-Type", "text/html")];
        match request.path.as_str() {
            "/feed" => send(stream, "200 OK", &[], feed(&urls).as_bytes()),
            "/1" => send(stream, "200 OK", &html, page("Nine killed as shells hit market", FIRST).as_bytes()),
            "/2" if n < n_hangs => {
                std::thread::sleep(Duration::from_secs(60));
                Ok(())
            }
            "/2" => send(stream, "200 OK", &html, page("Market shelling killed fourteen", SECOND).as_bytes()),
            _ => send(stream, "404 Not Found", &[], b""),
        }
    })
}

fn folder(server: &Server) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "contact = 'desk@desk.example'\nallow = ['127.0.0.1']\n[politeness]\ndelay = '10ms'\n\
         [[feed]]\nurl = '{}'\npublisher = 'Malvek Courier'\n\
         [[alert]]\nwhen = 'incident'\n[[alert]]\nwhen = 'contradiction'\n[[alert]]\nwhen = 'toll'\nat_least = 9\n\
         [[alert]]\nwhen = 'place'\nplaces = ['Sorrivo']\n\
         [[send]]\nto = 'terminal'\n[[send]]\nto = 'file'\npath = 'alerts.jsonl'\n",
        server.url("/feed")
    );
    std::fs::write(folder.path().join("war.toml"), config).unwrap();
    folder
}

fn variorum(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.current_dir(folder).env("NO_COLOR", "1").env_remove("VARIORUM_LEDGER").args(args);
    command
}

fn once(folder: &Path) -> Output {
    variorum(folder, &["watch", "war.toml", "--ledger", "war.db", "--once"]).output().unwrap()
}

fn alerts(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("alerts.jsonl")).unwrap_or_default();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what} did not come about");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn new_pages_become_incidents_and_alerts() {
    let server = site(0);
    let folder = folder(&server);
    let output = once(folder.path());
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("2 pages read"), "{told}");
    let alerts = alerts(folder.path());
    for kind in ["incident", "contradiction", "toll", "place"] {
        assert!(alerts.iter().any(|a| a["kind"] == kind), "no alert of a new {kind}: {alerts:?}");
    }
    assert!(alerts.iter().all(|a| a["place"]["name"] == "Sorrivo" && a["reports"].as_array().unwrap().len() == 2));
    let toll = alerts.iter().find(|a| a["kind"] == "toll").unwrap();
    assert_eq!((&toll["figure"]["min"], &toll["figure"]["max"]), (&Value::from(9.0), &Value::from(14.0)));
    let shown = String::from_utf8_lossy(&output.stdout);
    assert_eq!(shown.lines().count(), alerts.len());
    // Nothing is due, nothing is said twice.
    let again = once(folder.path());
    assert!(String::from_utf8_lossy(&again.stderr).contains("nothing was due"));
    assert_eq!((again.stdout.len(), self::alerts(folder.path()).len()), (0, alerts.len()));
    assert_eq!(server.paths(), ["/robots.txt", "/feed", "/1", "/2"]);
    let check = variorum(folder.path(), &["check", "--ledger", "war.db"]).output().unwrap();
    assert_eq!(check.status.code(), Some(0), "{}", String::from_utf8_lossy(&check.stdout));
}

#[test]
fn a_watch_that_was_killed_fetches_only_the_page_in_hand_again() {
    let server = site(1);
    let folder = folder(&server);
    let mut watch = variorum(folder.path(), &["watch", "war.toml", "--ledger", "war.db", "--quiet"]).spawn().unwrap();
    wait_until("the second page", || server.count("/2") == 1);
    // Nobody else may watch meanwhile.
    let other = once(folder.path());
    assert_eq!(other.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&other.stderr).contains("another watch is running"));
    watch.kill().unwrap();
    watch.wait().unwrap();
    let output = once(folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(["/robots.txt", "/feed", "/1", "/2"].map(|p| server.count(p)), [1, 1, 1, 2]);
    let mut keys: Vec<String> = alerts(folder.path()).iter().map(|a| a["key"].to_string()).collect();
    let n = keys.len();
    keys.sort();
    keys.dedup();
    assert!(n > 0 && keys.len() == n, "{keys:?}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_watch_cleanly() {
    let server = site(1);
    let folder = folder(&server);
    let mut watch = variorum(folder.path(), &["watch", "war.toml", "--ledger", "war.db"]);
    let watch = watch.stderr(std::process::Stdio::piped()).spawn().unwrap();
    wait_until("the second page", || server.count("/2") == 1);
    let start = Instant::now();
    Command::new("kill").args(["-INT", &watch.id().to_string()]).status().unwrap();
    let output = watch.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    // What was read before is linked; its alerts wait for the next run.
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("1 page read") && told.contains("waiting"), "{told}");
    once(folder.path());
    assert!(alerts(folder.path()).iter().any(|a| a["kind"] == "incident"));
}

#[test]
fn a_configuration_is_checked_before_anything_is_fetched() {
    let server = site(0);
    let folder = folder(&server);
    let check = |text: &str| {
        std::fs::write(folder.path().join("bad.toml"), text).unwrap();
        let output = variorum(folder.path(), &["watch", "bad.toml", "--ledger", "war.db"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let feed = format!("contact = 'desk@desk.example'\n[[feed]]\nurl = '{}'\n", server.url("/feed"));
    assert!(check(&format!("{feed}evry = '5m'")).contains("line 4"));
    let secret = "[[alert]]\nwhen = 'incident'\n[[send]]\nto = 'webhook'\nurl = 'https://desk.example/'\nsecret_env = 'VARIORUM_NO'";
    assert!(check(&format!("{feed}{secret}")).contains("VARIORUM_NO is not set"));
    assert_eq!(server.seen().len(), 0);
    let output = variorum(folder.path(), &["watch", "war.toml", "--check"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
}
