//! Alerts on their way: made in one transaction with the mark of how far the change feed was read, kept until delivered.
use crate::changes::{Change, Since};
use crate::{Ledger, Result};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

/// One alert for one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Order of posting.
    pub number: i64,
    /// The same at every attempt to deliver it.
    pub key: String,
    /// JSON.
    pub body: String,
    /// Attempts so far.
    pub tries: u32,
    /// When the next is due, in milliseconds since 1970.
    pub due: i64,
}

/// How an attempt to deliver came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It was taken.
    Sent,
    /// It never will be, and why.
    Refused(String),
    /// It is to be tried again, then (milliseconds since 1970).
    Later(i64),
}

impl Ledger {
    /// What became of incidents since alerts were last made. The first time nothing: what was there is not news.
    pub fn unalerted(&mut self) -> Result<Vec<Change>> {
        self.writable()?;
        self.run(
            "INSERT OR IGNORE INTO alerted (one, upto) VALUES (1, (SELECT COALESCE(MAX(seq), 0) FROM change))",
            [],
        )?;
        let upto: i64 = self
            .prepare("SELECT upto FROM alerted")?
            .query_row([], |row| row.get(0))
            .optional()
            .map_err(|e| self.error(e))?
            .unwrap_or(0);
        self.changes(Since::Seq(upto)).collect()
    }

    /// Posts alerts (channel, key, JSON), and notes that those of all changes as far as `upto` are made: both or neither. A
    /// key that a channel has had is not posted again. Answers how many were new.
    pub fn post(&mut self, alerts: &[(String, String, String)], upto: i64) -> Result<usize> {
        self.writable()?;
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(|e| self.error(e))?;
        let before = self.connection.total_changes();
        for (channel, key, body) in alerts {
            let sql = "INSERT OR IGNORE INTO outbox (channel, key, body, due) VALUES (?1, ?2, ?3, 0)";
            self.run(sql, [channel, key, body])?;
        }
        let n_new = self.connection.total_changes() - before;
        self.run("INSERT OR REPLACE INTO alerted (one, upto) VALUES (1, ?1)", [upto])?;
        transaction.commit().map_err(|e| self.error(e))?;
        Ok(n_new as usize)
    }

    /// The first letter that waits for this channel, due or not.
    pub fn next_letter(&self, channel: &str) -> Result<Option<Letter>> {
        let sql = "SELECT number, key, body, tries, due FROM outbox WHERE channel = ?1 AND settled IS NULL \
                   ORDER BY number LIMIT 1";
        let letter = |row: &rusqlite::Row<'_>| {
            Ok(Letter {
                number: row.get(0)?,
                key: row.get(1)?,
                body: row.get(2)?,
                tries: row.get(3)?,
                due: row.get(4)?,
            })
        };
        Ok(self.collect(sql, [channel], letter)?.pop())
    }

    /// Notes how an attempt came out.
    pub fn settle_letter(&mut self, number: i64, how: &Settled) -> Result<()> {
        self.writable()?;
        let (settled, due) = match how {
            Settled::Sent => (Some("sent"), None),
            Settled::Refused(why) => (Some(why.as_str()), None),
            Settled::Later(due) => (None, Some(*due)),
        };
        let sql = "UPDATE outbox SET tries = tries + 1, settled = ?2, due = COALESCE(?3, due) WHERE number = ?1";
        self.run(sql, params![number, settled, due])
    }

    /// How many letters wait, by channel.
    pub fn letters_waiting(&self) -> Result<Vec<(String, usize)>> {
        let sql = "SELECT channel, COUNT(*) FROM outbox WHERE settled IS NULL GROUP BY channel ORDER BY channel";
        self.collect(sql, [], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(key: &str) -> (String, String, String) {
        ("desk".to_owned(), key.to_owned(), "{}".to_owned())
    }

    #[test]
    fn letters_wait_in_their_order_until_they_are_settled() {
        let mut ledger = Ledger::in_memory().unwrap();
        assert_eq!(ledger.unalerted().unwrap(), []);
        assert_eq!(ledger.post(&[alert("a"), alert("b")], 7).unwrap(), 2);
        // The same key again, after a crash or from another change: nothing new.
        assert_eq!(ledger.post(&[alert("a")], 8).unwrap(), 0);
        let first = ledger.next_letter("desk").unwrap().unwrap();
        assert_eq!(first.key, "a");
        ledger.settle_letter(first.number, &Settled::Later(90)).unwrap();
        let again = ledger.next_letter("desk").unwrap().unwrap();
        assert_eq!((again.key.as_str(), again.tries, again.due), ("a", 1, 90));
        ledger.settle_letter(again.number, &Settled::Sent).unwrap();
        let second = ledger.next_letter("desk").unwrap().unwrap();
        assert_eq!(second.key, "b");
        assert_eq!(ledger.letters_waiting().unwrap(), [("desk".to_owned(), 1)]);
        ledger.settle_letter(second.number, &Settled::Refused("the server says 400".to_owned())).unwrap();
        assert_eq!(ledger.next_letter("desk").unwrap(), None);
        assert_eq!(ledger.post(&[alert("b")], 9).unwrap(), 0);
    }
}
