//! What is watched, and when each address is to be asked for: what makes a watch resume where it was broken off.
use crate::{Ledger, Result};
use rusqlite::{Row, Transaction, TransactionBehavior, params};
use serde_json::json;

/// What a server gave to ask with whether anything is new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// A feed, a list, or a page that one of them names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub url: String,
    /// Its host: those of one host are not asked for at the same time.
    pub host: String,
    /// The feed or list that names it; absent where it is one itself.
    pub list: Option<String>,
    /// The date that the feed gives it.
    pub published: Option<String>,
    /// Of what was kept last.
    pub validators: Validators,
    /// How often it was answered.
    pub visits: u32,
    /// How often it failed since.
    pub tries: u32,
}

/// A page that a feed or list names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its address.
    pub url: String,
    /// Its host.
    pub host: String,
    /// The date that the feed gives it.
    pub published: Option<String>,
}

const ADDRESS: &str = "SELECT url, host, list, published, etag, modified, visits, tries FROM address";

fn address(row: &Row<'_>) -> rusqlite::Result<Address> {
    Ok(Address {
        url: row.get(0)?,
        host: row.get(1)?,
        list: row.get(2)?,
        published: row.get(3)?,
        validators: Validators { etag: row.get(4)?, modified: row.get(5)? },
        visits: row.get(6)?,
        tries: row.get(7)?,
    })
}

impl Ledger {
    /// Takes a feed or list in, due at once, where it is not there yet. One that was last missed for `ours`, a reason of
    /// our own that the user may have lifted since, is due at once, too.
    pub fn watch_list(&mut self, url: &str, host: &str, ours: &str) -> Result<()> {
        self.writable()?;
        let sql = "INSERT INTO address (url, host, due) VALUES (?1, ?2, 0) \
                   ON CONFLICT (url) DO UPDATE SET due = 0 WHERE problem = ?3";
        self.run(sql, [url, host, ours])
    }

    /// The address that has been due for longest at `now`, of these lists or named by them, on none of these hosts.
    pub fn next_due(&self, now: i64, lists: &[&str], not_on: &[&str]) -> Result<Option<Address>> {
        let sql = format!(
            "{ADDRESS} WHERE due <= ?1 AND COALESCE(list, url) IN (SELECT value FROM json_each(?2)) \
             AND host NOT IN (SELECT value FROM json_each(?3)) ORDER BY due, list IS NOT NULL, rowid LIMIT 1"
        );
        let with = params![now, json!(lists).to_string(), json!(not_on).to_string()];
        Ok(self.collect(&sql, with, address)?.pop())
    }

    /// When the next of these is due; absent where nothing ever is.
    pub fn due_next(&self, lists: &[&str]) -> Result<Option<i64>> {
        let sql = "SELECT MIN(due) FROM address WHERE COALESCE(list, url) IN (SELECT value FROM json_each(?1))";
        Ok(self.collect(sql, [json!(lists).to_string()], |row| row.get(0))?.pop().flatten())
    }

    /// An address was answered, and what came of it is in the ledger. What a list names, and the list's own validators, are
    /// stored together: a process that dies leaves both or none. Answers how many of the pages are new.
    pub fn visited(
        &mut self,
        url: &str,
        validators: &Validators,
        found: &[Found],
        now: i64,
        due: Option<i64>,
    ) -> Result<usize> {
        self.writable()?;
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(|e| self.error(e))?;
        let before = self.connection.total_changes();
        for page in found {
            let sql = "INSERT OR IGNORE INTO address (url, host, list, published, due) VALUES (?1, ?2, ?3, ?4, 0)";
            self.run(sql, params![page.url, page.host, url, page.published])?;
        }
        let n_new = self.connection.total_changes() - before;
        let sql = "UPDATE address SET etag = ?2, modified = ?3, kept = ?4, due = ?5, visits = visits + 1, tries = 0, \
                   problem = NULL WHERE url = ?1";
        self.run(sql, params![url, validators.etag, validators.modified, now, due])?;
        transaction.commit().map_err(|e| self.error(e))?;
        Ok(n_new as usize)
    }

    /// An address was not to be had: it is due again then, or never.
    pub fn missed(&mut self, url: &str, problem: &str, due: Option<i64>) -> Result<()> {
        self.writable()?;
        let sql = "UPDATE address SET tries = tries + 1, problem = ?2, due = ?3 WHERE url = ?1";
        self.run(sql, params![url, problem, due])
    }

    /// Nothing of this host is due before then.
    pub fn spare_host(&mut self, host: &str, until: i64) -> Result<()> {
        self.writable()?;
        self.run("UPDATE address SET due = ?2 WHERE host = ?1 AND due < ?2", params![host, until])
    }

    /// `robots.txt` of all origins (scheme, host, port), and when each was fetched.
    pub fn robots(&self) -> Result<Vec<(String, Vec<u8>, i64)>> {
        let sql = "SELECT origin, body, fetched FROM robots ORDER BY origin";
        self.collect(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    /// Keeps the `robots.txt` of an origin.
    pub fn keep_robots(&mut self, origin: &str, body: &[u8], now: i64) -> Result<()> {
        self.writable()?;
        let sql = "INSERT OR REPLACE INTO robots (origin, body, fetched) VALUES (?1, ?2, ?3)";
        self.run(sql, params![origin, body, now])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "https://courier.example/feed";

    fn page(n: u32) -> Found {
        Found { url: format!("https://courier.example/{n}"), host: "courier.example".to_owned(), published: None }
    }

    #[test]
    fn what_a_list_names_is_due_once() {
        let mut ledger = Ledger::in_memory().unwrap();
        ledger.watch_list(FEED, "courier.example", "private-address").unwrap();
        let next = |l: &Ledger, now| l.next_due(now, &[FEED], &[]).unwrap().map(|a| a.url);
        assert_eq!(next(&ledger, 10).as_deref(), Some(FEED));
        let fresh = Validators { etag: Some("\"1\"".to_owned()), modified: None };
        assert_eq!(ledger.visited(FEED, &fresh, &[page(1), page(2)], 10, Some(1000)).unwrap(), 2);
        assert_eq!(next(&ledger, 10).as_deref(), Some("https://courier.example/1"));
        ledger.visited("https://courier.example/1", &Validators::default(), &[], 20, None).unwrap();
        ledger.missed("https://courier.example/2", "too-slow", Some(500)).unwrap();
        assert_eq!(next(&ledger, 499), None);
        assert_eq!(ledger.due_next(&[FEED]).unwrap(), Some(500));
        assert_eq!(ledger.next_due(500, &[FEED], &[]).unwrap().unwrap().tries, 1);
        // Named once more: known already.
        assert_eq!(ledger.visited(FEED, &fresh, &[page(1), page(3)], 1000, Some(2000)).unwrap(), 1);
    }

    #[test]
    fn hosts_are_left_alone_and_lists_that_are_not_asked_for_too() {
        let mut ledger = Ledger::in_memory().unwrap();
        ledger.watch_list(FEED, "courier.example", "private-address").unwrap();
        assert_eq!(ledger.next_due(10, &[], &[]).unwrap(), None);
        assert_eq!(ledger.next_due(10, &[FEED], &["courier.example"]).unwrap(), None);
        ledger.spare_host("courier.example", 700).unwrap();
        assert_eq!(ledger.next_due(699, &[FEED], &[]).unwrap(), None);
        assert!(ledger.next_due(700, &[FEED], &[]).unwrap().is_some());
        for (problem, is_due) in [("too-slow", false), ("private-address", true)] {
            ledger.missed(FEED, problem, Some(900)).unwrap();
            ledger.watch_list(FEED, "courier.example", "private-address").unwrap();
            assert_eq!(ledger.next_due(10, &[FEED], &[]).unwrap().is_some(), is_due, "{problem}");
        }
    }
}
