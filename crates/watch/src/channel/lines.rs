//! A file of JSON Lines.
use crate::channel::Undelivered;
use std::fs::OpenOptions;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

pub(crate) struct Lines(pub(crate) PathBuf);

impl Lines {
    /// Adds a line, and waits until it is on disk.
    pub(crate) fn deliver(&self, body: &str) -> Result<(), Undelivered> {
        self.append(body).map_err(|e| Undelivered::Later(format!("{}: {e}", self.0.display()), None))
    }

    fn append(&self, body: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(&self.0)?;
        // A process that died may have left half a line.
        let mut last = [b'\n'];
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
        }
        let start = if last == [b'\n'] { "" } else { "\n" };
        file.write_all(format!("{start}{body}\n").as_bytes())?;
        file.sync_data()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_line_is_closed_before_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alerts.jsonl");
        std::fs::write(&path, "{\"key\":\"a1\"}\n{\"ke").unwrap();
        let lines = Lines(path.clone());
        lines.deliver("{\"key\":\"a2\"}").unwrap();
        lines.deliver("{\"key\":\"a3\"}").unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(text, "{\"key\":\"a1\"}\n{\"ke\n{\"key\":\"a2\"}\n{\"key\":\"a3\"}\n");
    }
}
