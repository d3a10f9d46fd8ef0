//! Zip and tar archives. Members are read into memory, one at a time; no file is ever written.
use crate::container::{Container, Held, is_left_behind};
use crate::failure::FailureKind;
use crate::limits::{check_ratio, read_error, read_limited};
use crate::options::Options;
use std::io::{Read, Seek};
use zip::ZipArchive;

pub(crate) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// Name of a member, and its bytes or why they cannot be had.
type Member = (String, Result<Vec<u8>, FailureKind>);

/// A zip archive.
pub(crate) struct Zip {
    archive: ZipArchive<Box<dyn ReadSeek>>,
    next: usize,
    /// Size of the whole, and what was inflated so far, in bytes.
    stored: u64,
    inflated: u64,
}

impl Zip {
    /// Reads the directory. `stored` is the size of the archive in bytes.
    pub(crate) fn new(bytes: Box<dyn ReadSeek>, stored: u64, options: &Options) -> Result<Self, FailureKind> {
        let archive = ZipArchive::new(bytes).map_err(|e| FailureKind::BadArchive(e.to_string()))?;
        if archive.len() > options.max_members {
            return Err(FailureKind::TooManyMembers { limit: options.max_members });
        }
        Ok(Zip { archive, next: 0, stored, inflated: 0 })
    }

    /// Whether it is a document of a word processor.
    pub(crate) fn is_docx(&self) -> bool {
        self.archive.index_for_name("word/document.xml").is_some()
    }

    /// A member by name.
    pub(crate) fn named(&mut self, name: &str, options: &Options) -> Option<Result<Vec<u8>, FailureKind>> {
        self.archive.index_for_name(name).map(|i| self.read(i, options).map(|(_, bytes)| bytes))
    }

    fn read(&mut self, i: usize, options: &Options) -> Result<(String, Vec<u8>), FailureKind> {
        let mut file = self.archive.by_index(i).map_err(|e| FailureKind::BadArchive(e.to_string()))?;
        check_ratio(file.size(), file.compressed_size(), options)?;
        let name = file.name().to_owned();
        let bytes = read_limited(&mut file, options.max_member_bytes)?;
        drop(file);
        // Members may overlap, so that each is small beside what is stored and all together are not.
        self.inflated += bytes.len() as u64;
        check_ratio(self.inflated, self.stored, options)?;
        Ok((name, bytes))
    }
}

impl Container for Zip {
    fn next(&mut self, options: &Options) -> Option<Held> {
        loop {
            let i = self.next;
            self.next += 1;
            let name = self.archive.name_for_index(i)?.to_owned();
            if name.ends_with('/') || is_left_behind(&name) {
                continue;
            }
            let read = self.read(i, options);
            if matches!(read, Err(FailureKind::RatioTooHigh { .. })) {
                self.next = usize::MAX - 1;
            }
            return Some(Held::member(name, read.map(|(_, bytes)| bytes)));
        }
    }
}

/// A tar archive, read in order.
pub(crate) struct Tar {
    bytes: Box<dyn Read + Send>,
    n_members: usize,
    over: bool,
}

/// Tar pads to blocks of this size, in bytes.
const BLOCK: u64 = 512;

impl Tar {
    pub(crate) fn new(bytes: Box<dyn Read + Send>) -> Self {
        Tar { bytes, n_members: 0, over: false }
    }

    /// The next regular file. Each is opened as an archive of its own, since entries borrow theirs.
    fn member(&mut self, options: &Options) -> Result<Option<Member>, FailureKind> {
        loop {
            let mut archive = tar::Archive::new(&mut self.bytes);
            let entry = archive.entries().map_err(read_error)?.next();
            let Some(mut entry) = entry.transpose().map_err(read_error)? else { return Ok(None) };
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let (size, is_file) = (entry.size(), entry.header().entry_type().is_file());
            let wanted = is_file && !is_left_behind(&name);
            let read = match wanted && size <= options.max_member_bytes {
                true => read_limited(&mut entry, options.max_member_bytes),
                false => std::io::copy(&mut entry, &mut std::io::sink()).map(|_| Vec::new()).map_err(read_error),
            };
            let padding = (BLOCK - size % BLOCK) % BLOCK;
            std::io::copy(&mut self.bytes.by_ref().take(padding), &mut std::io::sink()).map_err(read_error)?;
            if wanted {
                let limit = options.max_member_bytes;
                let too_large = size > limit && read.is_ok();
                return Ok(Some((name, if too_large { Err(FailureKind::TooLarge { size, limit }) } else { read })));
            }
            read?;
        }
    }
}

impl Container for Tar {
    fn next(&mut self, options: &Options) -> Option<Held> {
        if self.over {
            return None;
        }
        self.n_members += 1;
        let found = match self.n_members > options.max_members {
            true => Err(FailureKind::TooManyMembers { limit: options.max_members }),
            false => self.member(options),
        };
        match found {
            Ok(Some((name, read))) => {
                // Past a broken member nothing can be found.
                self.over = matches!(read, Err(FailureKind::Unreadable(_) | FailureKind::RatioTooHigh { .. }));
                Some(Held::member(name, read))
            }
            Ok(None) => None,
            Err(kind) => {
                self.over = true;
                Some(Held { line: None, name: None, what: Err(kind) })
            }
        }
    }
}
