//! Inputs, ledgers and interruptions that a run must survive.
use expect_test::expect;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const TEXT: &str = "Two shells hit the mill in Orvash on Tuesday, the mayor said. Three millers were killed.";

fn variorum(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.current_dir(folder).env("NO_COLOR", "1").env_remove("VARIORUM_LEDGER");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    variorum(folder).args(args).output().unwrap()
}

/// Exit code and what stands on standard error, without rates.
fn told(output: &Output) -> String {
    let words = String::from_utf8_lossy(&output.stderr);
    let lines = words.lines().filter(|l| !l.contains("/s") && !l.contains("the ledger holds"));
    format!("exit {}\n{}\n", output.status.code().unwrap_or(-1), lines.collect::<Vec<_>>().join("\n"))
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn pile(n: usize) -> Vec<u8> {
    (0..n).map(|i| format!("{{\"id\": \"r{i}\", \"text\": \"Report {i}. {TEXT}\"}}\n")).collect::<String>().into_bytes()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn a_file_of_fifty_megabytes_is_refused_by_its_size() {
    let folder = folder(&[("good.txt", TEXT.as_bytes())]);
    let huge = std::fs::File::create(folder.path().join("huge.txt")).unwrap();
    huge.set_len(50_000_000).unwrap();
    let output = run(folder.path(), &["analyze", "huge.txt", "good.txt"]);
    expect![[r#"
        exit 1
        variorum: 1 input failed (too-large 1)
        variorum:   huge.txt: too large: 50.0 MB, the limit for one report is 5.0 MB
    "#]]
    .assert_eq(&told(&output));
    assert_eq!(lines(&output).len(), 1);
}

#[test]
fn a_line_of_a_megabyte_without_a_space_is_kept_and_not_coded() {
    let long = "x".repeat(1_000_000);
    let mixed = format!("{TEXT}\n\n{long}\n\n{TEXT}");
    let folder = folder(&[("long.txt", long.as_bytes()), ("mixed.txt", mixed.as_bytes())]);
    let start = Instant::now();
    let output = run(folder.path(), &["analyze", "long.txt", "mixed.txt"]);
    expect![[r#"
        exit 1
        variorum: noticed: duplicated-paragraph 1
        variorum: 1 input failed (no-words 1)
        variorum:   long.txt: not coded: nothing in the text reads as words of an article
    "#]]
    .assert_eq(&told(&output));
    let reports = lines(&output);
    assert_eq!(reports[0]["claims"].as_array().unwrap().len(), 0);
    assert!(!reports[1]["claims"].as_array().unwrap().is_empty());
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn a_report_in_another_language_is_kept_and_not_coded() {
    let text = "В результате обстрела города Орваш погибли два человека, сообщил мэр в понедельник.";
    let folder = folder(&[("russian.txt", text.as_bytes())]);
    let output = run(folder.path(), &["analyze", "russian.txt"]);
    expect![[r#"
        exit 1
        variorum: 1 input failed (language-unsupported 1)
        variorum:   russian.txt: not coded: the text is in "ru"; only English is coded
    "#]]
    .assert_eq(&told(&output));
    let report = &lines(&output)[0];
    assert_eq!(report["report"]["text"], text);
    assert_eq!(report["report"]["language"], "ru");
    assert_eq!(report["claims"].as_array().unwrap().len(), 0);
}

#[test]
#[cfg(unix)]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("closed.txt", TEXT.as_bytes()), ("good.txt", TEXT.as_bytes())]);
    std::os::unix::fs::symlink("gone.txt", folder.path().join("dangling.txt")).unwrap();
    let closed = folder.path().join("closed.txt");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    let may_read_all = std::fs::read(&closed).is_ok();
    let output = run(folder.path(), &["analyze", "."]);
    let told = told(&output);
    assert!(told.contains("./dangling.txt: no such file or folder"), "{told}");
    assert!(may_read_all || told.contains("./closed.txt: cannot be read"), "{told}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn failures_are_written_down() {
    let folder = folder(&[("pile.jsonl", b"{\"id\": \"a\"}\n{oops\n"), ("good.txt", TEXT.as_bytes())]);
    let output = run(folder.path(), &["analyze", ".", "--failures", "failed.jsonl", "--quiet"]);
    assert_eq!(output.status.code(), Some(1));
    expect![[r#"
        {"input":"./pile.jsonl","line":1,"code":"no-text","reason":"no text: the report has no \"text\" field, or nothing in it"}
        {"input":"./pile.jsonl","line":2,"code":"invalid-json","reason":"invalid JSON: key must be a string at column 2"}
    "#]].assert_eq(&std::fs::read_to_string(folder.path().join("failed.jsonl")).unwrap());
}

#[test]
fn the_order_is_that_of_the_input_whatever_the_number_of_jobs() {
    let mut pile = pile(60);
    // Some reports take longer than others.
    pile.extend(format!("{{\"id\": \"long\", \"text\": \"{}\"}}\n", TEXT.repeat(60)).bytes());
    pile.extend(format!("{{\"id\": \"last\", \"text\": \"{TEXT}\"}}\n").bytes());
    let folder = folder(&[("pile.jsonl", &pile)]);
    let one = run(folder.path(), &["analyze", "pile.jsonl", "--jobs", "1"]);
    let four = run(folder.path(), &["analyze", "pile.jsonl", "--jobs", "4"]);
    assert_eq!(lines(&one).len(), 62);
    assert!(one.stdout == four.stdout, "the output differs between one job and four");
}

#[test]
fn standard_input_is_read_as_lines_or_as_a_text() {
    let folder = folder(&[]);
    for (input, n) in [(pile(3), 3), (TEXT.as_bytes().to_vec(), 1)] {
        let mut command = variorum(folder.path());
        let mut child = command.args(["analyze", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(&input).unwrap();
        assert_eq!(lines(&child.wait_with_output().unwrap()).len(), n);
    }
}

#[test]
fn a_closed_pipe_ends_the_run_silently() {
    let folder = folder(&[("pile.jsonl", &pile(400))]);
    let mut child = variorum(folder.path())
        .args(["analyze", "pile.jsonl", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let text = "\u{1b}]0;owned\u{7}Two shells hit \u{202e}Orvash\u{1b}[2J, the mayor said.";
    let folder = folder(&[("bad\u{1b}[31m.txt", text.as_bytes()), ("worse\u{1b}[31m.txt", b"")]);
    let read = run(folder.path(), &["read", ".", "--ledger", "war.db"]);
    let mut shown = vec![read.stderr];
    for args in [vec!["claims"], vec!["incidents"], vec!["summary"], vec!["show", "bad"]] {
        let output = variorum(folder.path()).args(&args).args(["--ledger", "war.db"]).output().unwrap();
        shown.extend([output.stdout, output.stderr]);
    }
    for bytes in shown {
        let words = String::from_utf8(bytes).unwrap();
        let hostile = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!words.contains(hostile), "{words:?}");
    }
}

/// A ledger of three reports in a folder, and its bytes.
fn ledger() -> (TempDir, Vec<u8>) {
    let folder = folder(&[("pile.jsonl", &pile(3)), ("more.txt", TEXT.as_bytes())]);
    assert_eq!(run(folder.path(), &["read", "pile.jsonl", "--ledger", "war.db"]).status.code(), Some(0));
    let bytes = std::fs::read(folder.path().join("war.db")).unwrap();
    (folder, bytes)
}

#[test]
fn a_ledger_that_cannot_be_used_is_left_as_it_was() {
    let (folder, sound) = ledger();
    let mut newer = sound.clone();
    newer[60..64].copy_from_slice(&999u32.to_be_bytes());
    let damaged = [&sound[..100], &vec![0xa5; sound.len() - 100][..]].concat();
    let other = b"This is no ledger but a letter, and it is long enough to be looked at as one.".repeat(4);
    for (bytes, what) in
        [(newer, "newer"), (damaged, "damaged"), (other, "not a ledger"), (sound[..1000].to_vec(), "war.db")]
    {
        std::fs::remove_file(folder.path().join("war.db-wal")).ok();
        std::fs::remove_file(folder.path().join("war.db-shm")).ok();
        std::fs::write(folder.path().join("war.db"), &bytes).unwrap();
        for args in [vec!["read", "more.txt"], vec!["incidents"], vec!["check"]] {
            let output = variorum(folder.path()).args(&args).args(["--ledger", "war.db"]).output().unwrap();
            let told = told(&output);
            assert_eq!(output.status.code(), Some(2), "{what}, {args:?}: {told}");
            assert!(told.contains("war.db") && told.contains(what), "{what}, {args:?}: {told}");
            assert!(std::fs::read(folder.path().join("war.db")).unwrap() == bytes, "{what}, {args:?} changed the file");
        }
    }
}

#[test]
fn a_run_that_was_killed_is_finished_by_the_same_command() {
    let folder = folder(&[("pile.jsonl", &pile(300))]);
    let args = ["read", "pile.jsonl", "--ledger", "war.db", "--quiet"];
    let mut killed = variorum(folder.path()).args(args).spawn().unwrap();
    wait_for_reports(&mut killed, folder.path());
    killed.kill().unwrap();
    killed.wait().unwrap();

    let check = run(folder.path(), &["check", "--ledger", "war.db"]);
    let after_kill = String::from_utf8_lossy(&check.stdout).into_owned();
    // Whole reports or none; that they are not linked yet is all there is to say.
    let only_pending = after_kill.contains("war.db 1 problem\n  pending: ");
    assert!(after_kill.contains("sound") || only_pending, "{after_kill}");
    let finished = run(folder.path(), &args);
    assert_eq!(finished.status.code(), Some(0), "{}", told(&finished));
    let in_one_go = run(folder.path(), &["read", "pile.jsonl", "--ledger", "whole.db", "--quiet"]);
    assert_eq!(in_one_go.status.code(), Some(0));
    for list in ["claims", "incidents"] {
        let of = |db: &str| run(folder.path(), &[list, "--ledger", db, "--format", "jsonl"]).stdout;
        assert!(of("war.db") == of("whole.db"), "{list} differ from those of a run in one go ({after_kill})");
    }
    assert_eq!(run(folder.path(), &["check", "--ledger", "war.db"]).status.code(), Some(0));
}

/// Waits until the run has stored something.
fn wait_for_reports(run: &mut Child, folder: &Path) {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) && run.try_wait().unwrap().is_none() {
        let size = |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |m| m.len());
        if size("war.db-wal") > 40_000 {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_the_run_after_the_reports_at_hand() {
    let folder = folder(&[("pile.jsonl", &pile(3000))]);
    let args = ["read", "pile.jsonl", "--ledger", "war.db"];
    let mut stopped = variorum(folder.path()).args(args).stderr(Stdio::piped()).spawn().unwrap();
    wait_for_reports(&mut stopped, folder.path());
    let kill = Command::new("kill").args(["-INT", &stopped.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let output = stopped.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", told(&output));
    let check = run(folder.path(), &["check", "--ledger", "war.db"]);
    let holds = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(holds.starts_with("war.db: sound") && !holds.contains(" 3000 reports"), "{holds}");
}
