//! Alerts on their way out: to a receiver that fails, over a process that dies, to a mail server.
mod common;
use common::{Server, send};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use variorum_ledger::{Added, Ledger, LedgerError};
use variorum_model::{IncidentPlace, IncidentTime, Report, SCHEMA};
use variorum_watch::{Alert, Config, Desk, Kind, News, signature, watch};

#[derive(Default)]
struct Shown {
    alerts: Vec<String>,
    lost: Vec<String>,
}

impl Desk for Shown {
    fn read(&mut self, _: &mut Ledger, _: Report) -> Result<Added, LedgerError> {
        unreachable!("nothing is fetched")
    }
    fn link(&mut self, ledger: &mut Ledger) -> Result<(), LedgerError> {
        ledger.relink().map(|_| ())
    }
    fn show(&mut self, alert: &Alert) -> std::io::Result<()> {
        self.alerts.push(alert.key.clone());
        Ok(())
    }
    fn say(&mut self, news: News<'_>) {
        if let News::Undelivered { why, lost: true, .. } = news {
            self.lost.push(why.to_owned());
        }
    }
}

fn alert(key: &str) -> Alert {
    Alert {
        schema: SCHEMA,
        key: key.to_owned(),
        at: "2031-05-16T08:00:00Z".to_owned(),
        kind: Kind::Incident,
        message: "New incident: Shelling of the mill\r\nBcc: all@desk.example (Šorrivo)".to_owned(),
        incident: "i0001".to_owned(),
        title: "Shelling of the mill".to_owned(),
        time: IncidentTime::default(),
        place: IncidentPlace::default(),
        figure: None,
        disagreement: None,
        reports: vec!["https://courier.example/1".to_owned()],
        change: 1,
    }
}

struct Place {
    folder: TempDir,
    channel: String,
    send: String,
}

impl Place {
    /// A ledger in which these alerts wait for `channel`.
    fn new(channel: &str, send: &str, keys: &[&str]) -> Self {
        let place = Place { folder: tempfile::tempdir().unwrap(), channel: channel.to_owned(), send: send.to_owned() };
        let letter = |key: &&str| (channel.to_owned(), (*key).to_owned(), serde_json::to_string(&alert(key)).unwrap());
        place.ledger().post(&keys.iter().map(letter).collect::<Vec<_>>(), 0).unwrap();
        place
    }

    fn ledger(&self) -> Ledger {
        Ledger::open_or_create(self.folder.path().join("ledger.db")).unwrap()
    }

    /// Watches a feed of a host that is not there, until nothing waits, for ten seconds at most.
    fn watch(&self) -> Shown {
        let text = format!(
            "contact = 'desk@desk.example'\nallow = ['127.0.0.1']\n[politeness]\nretry = '40ms'\n[limits]\ntotal = '1s'\n\
             [[feed]]\nurl = 'http://10.255.255.1/'\n{}",
            self.send
        );
        let (start, ledger) = (Instant::now(), Mutex::new(self.ledger()));
        let is_empty = || ledger.lock().unwrap().letters_waiting().unwrap().is_empty();
        let mut desk = Shown::default();
        let stop = || is_empty() || start.elapsed() > Duration::from_secs(10);
        // A loop that has nothing to send ends at once; the one that has, when it is sent.
        watch(&Config::parse(&text).unwrap(), &mut self.ledger(), &mut desk, &stop, false, false).unwrap();
        assert_eq!(self.ledger().next_letter(&self.channel).unwrap(), None);
        desk
    }
}

fn webhook(server: &Server, more: &str) -> (String, String) {
    let url = server.url("/hook");
    (format!("webhook {url}"), format!("[[send]]\nto = 'webhook'\nurl = '{url}'\n{more}"))
}

#[test]
fn a_webhook_is_signed_and_tried_under_one_key_until_it_is_taken() {
    // SAFETY: no other thread of this process reads the environment at this time or depends on this variable.
    unsafe { std::env::set_var("VARIORUM_TEST_SECRET", "sorrivo") };
    let server = Server::start("127.0.0.1", |_, n, stream| match n {
        0 => send(stream, "500 Internal Server Error", &[], b""),
        // Taken, perhaps, and never said so.
        1 => Ok(()),
        _ => send(stream, "204 No Content", &[], b""),
    });
    let (channel, keys) = webhook(&server, "secret_env = 'VARIORUM_TEST_SECRET'");
    Place::new(&channel, &keys, &["a1", "a2"]).watch();
    let seen = server.seen();
    let ids: Vec<_> = seen.iter().map(|r| r.header("webhook-id").unwrap()).collect();
    assert_eq!(ids, ["a1", "a1", "a1", "a2"]);
    for request in &seen {
        assert_eq!(request.header("idempotency-key"), request.header("webhook-id"));
        let body = std::str::from_utf8(&request.body).unwrap();
        let (id, at) = (request.header("webhook-id").unwrap(), request.header("webhook-timestamp").unwrap());
        assert_eq!(request.header("webhook-signature"), Some(signature(b"sorrivo", id, at, body).as_str()));
        assert_ne!(signature(b"another", id, at, body), signature(b"sorrivo", id, at, body));
        assert_eq!(serde_json::from_str::<Alert>(body).unwrap(), alert(id));
    }
    assert_eq!(seen[0].body, seen[2].body);
    let gaps: Vec<_> = seen.windows(2).map(|w| w[1].at - w[0].at).collect();
    assert!(gaps[0] >= Duration::from_millis(35) && gaps[1] >= Duration::from_millis(75), "{gaps:?}");
}

#[test]
fn an_alert_that_a_receiver_refuses_does_not_hold_back_the_next() {
    let server = Server::start("127.0.0.1", |request, _, stream| match request.header("webhook-id") {
        Some("a1") => send(stream, "400 Bad Request", &[], b""),
        _ => send(stream, "200 OK", &[], b""),
    });
    let (channel, keys) = webhook(&server, "");
    let shown = Place::new(&channel, &keys, &["a1", "a2"]).watch();
    assert_eq!(shown.lost, ["the receiver says 400"]);
    assert_eq!(server.seen().len(), 2);
    assert!(server.seen()[0].header("webhook-signature").is_none());
}

#[test]
fn what_was_taken_and_not_noted_is_sent_again_under_the_same_key() {
    let server = Server::start("127.0.0.1", |_, _, stream| send(stream, "200 OK", &[], b""));
    let (channel, keys) = webhook(&server, "");
    let place = Place::new(&channel, &keys, &["a1"]);
    // A process that dies between the two leaves the ledger as it was before.
    let before = std::fs::read(place.folder.path().join("ledger.db")).unwrap();
    place.watch();
    drop(std::fs::remove_file(place.folder.path().join("ledger.db-wal")));
    std::fs::write(place.folder.path().join("ledger.db"), before).unwrap();
    place.watch();
    let ids: Vec<_> = server.seen().iter().map(|r| r.header("webhook-id").unwrap().to_owned()).collect();
    assert_eq!(ids, ["a1", "a1"]);
}

#[test]
fn the_terminal_and_a_file() {
    let shown = Place::new("terminal", "[[send]]\nto = 'terminal'", &["a1", "a2"]).watch();
    assert_eq!(shown.alerts, ["a1", "a2"]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("alerts.jsonl");
    let send = format!("[[send]]\nto = 'file'\npath = '{}'", path.display());
    Place::new(&format!("file {}", path.display()), &send, &["a1", "a2"]).watch();
    let text = std::fs::read_to_string(path).unwrap();
    let keys: Vec<_> = text.lines().map(|l| serde_json::from_str::<Alert>(l).unwrap().key).collect();
    assert_eq!(keys, ["a1", "a2"]);
}

/// A mail server that puts off the first message and takes the others. Gives what it took.
fn sink() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let taken: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = taken.clone();
    std::thread::spawn(move || {
        for (n, stream) in listener.incoming().enumerate() {
            let Ok(mut stream) = stream else { continue };
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let mut say = |words: &str| drop(write!(stream, "{words}\r\n"));
            say("220 sink.example");
            let mut message = String::new();
            while let Some(line) = lines.next() {
                match line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
                    "EHLO" => say("250 sink.example"),
                    "MAIL" if n == 0 => say("451 come back later"),
                    "MAIL" | "RCPT" => {
                        message.push_str(&format!("{line}\n"));
                        say("250 ok");
                    }
                    "DATA" => {
                        say("354 go on");
                        for line in lines.by_ref().take_while(|l| l != ".") {
                            message.push_str(&format!("{line}\n"));
                        }
                        kept.lock().unwrap().push(std::mem::take(&mut message));
                        say("250 ok");
                    }
                    "QUIT" => {
                        say("221 bye");
                        break;
                    }
                    _ => say("250 ok"),
                }
            }
        }
    });
    (address, taken)
}

#[test]
fn mail_is_sent_when_the_server_takes_it() {
    let (address, taken) = sink();
    let send = format!(
        "[[send]]\nto = 'mail'\nserver = '{address}'\ntls = 'none'\nfrom = 'Variorum <alerts@desk.example>'\n\
         recipients = ['desk@desk.example', 'night@desk.example']"
    );
    Place::new("mail desk@desk.example, night@desk.example", &send, &["a1"]).watch();
    let taken = taken.lock().unwrap();
    assert_eq!(taken.len(), 1);
    let message = &taken[0];
    for line in [
        "MAIL FROM:<alerts@desk.example>",
        "RCPT TO:<desk@desk.example>",
        "RCPT TO:<night@desk.example>",
        "Message-ID: <a1@desk.example>",
        "Content-Type: text/plain; charset=utf-8",
        "  https://courier.example/1",
    ] {
        assert!(message.lines().any(|l| l.starts_with(line)), "{line}\n{message}");
    }
    // A line end in a title makes no header.
    assert!(!message.lines().take_while(|l| !l.is_empty()).any(|l| l.starts_with("Bcc")), "{message}");
}
