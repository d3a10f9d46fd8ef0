//! Tables (CSV, TSV), a row at a time.
use crate::collected;
use crate::container::{Container, Held};
use crate::failure::FailureKind;
use crate::options::Options;
use csv::StringRecord;
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::collections::HashMap;
use std::io::Read;
use variorum_model::stable_id;

/// The rows of one table.
pub(crate) struct Table {
    rows: csv::Reader<Box<dyn Read + Send>>,
    /// Column by its name in lower case.
    columns: HashMap<String, usize>,
    row: StringRecord,
    over: bool,
}

impl Table {
    /// Reads the first row, which names the columns.
    ///
    /// # Errors
    /// [`FailureKind::NoColumn`] where a column that the user maps is not there, or none can be the text or the headline.
    pub(crate) fn new(bytes: Box<dyn Read + Send>, delimiter: u8, options: &Options) -> Result<Self, FailureKind> {
        let decoded =
            DecodeReaderBytesBuilder::new().bom_override(true).utf8_passthru(true).strip_bom(true).build(bytes);
        // A quotation mark that is never closed would make one row of the rest of the file.
        let bounded: Box<dyn Read + Send> = Box::new(decoded);
        let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bounded);
        let header = rows.headers().map_err(|e| FailureKind::InvalidTable(e.to_string()))?.clone();
        let columns: HashMap<String, usize> =
            (0..header.len()).rev().map(|i| (header[i].trim().to_lowercase(), i)).collect();
        for column in options.columns.values() {
            if !columns.contains_key(&column.to_lowercase()) {
                let names = header.iter().collect::<Vec<_>>().join(", ");
                return Err(FailureKind::NoColumn { column: column.clone(), columns: names });
            }
        }
        Ok(Table { rows, columns, row: StringRecord::new(), over: false })
    }
}

impl Container for Table {
    fn next(&mut self, options: &Options) -> Option<Held> {
        if self.over {
            return None;
        }
        let line = self.rows.position().line();
        let read = match self.rows.read_record(&mut self.row) {
            Ok(false) => return None,
            Ok(true) => {
                let size = self.row.as_slice().len() as u64;
                match size > options.max_bytes {
                    true => Err(FailureKind::TooLarge { size, limit: options.max_bytes }),
                    false => {
                        let get =
                            |name: &str| self.row.get(*self.columns.get(&name.to_lowercase())?).map(str::to_owned);
                        collected::from_fields(get, || stable_id("r", &[self.row.as_slice()]), options)
                    }
                }
            }
            Err(e) => {
                self.over = e.is_io_error();
                Err(FailureKind::InvalidTable(e.to_string()))
            }
        };
        Some(Held::numbered(line, read))
    }
}
