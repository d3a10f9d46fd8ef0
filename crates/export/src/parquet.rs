use crate::Result;
use crate::table::{Cell, Kind, Table};
use ::parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::Type;
use std::io::Write;
use std::sync::Arc;

/// Rows of one row group: a reader fetches whole groups.
const GROUP: usize = 100_000;

/// Writes a table as Parquet: every column optional; text as UTF-8, whole numbers as INT64, others as DOUBLE.
///
/// # Errors
/// When the output cannot be written.
pub fn write_parquet(table: &Table, out: impl Write + Send) -> Result<()> {
    let mut fields = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let physical = match column.kind {
            Kind::Text => Physical::BYTE_ARRAY,
            Kind::Integer => Physical::INT64,
            Kind::Real => Physical::DOUBLE,
            Kind::Boolean => Physical::BOOLEAN,
        };
        let field = Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL);
        let field = match column.kind {
            Kind::Text => field.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8),
            _ => field,
        };
        fields.push(Arc::new(field.build()?));
    }
    let schema = Arc::new(Type::group_type_builder(&table.name).with_fields(fields).build()?);
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(WriterProperties::builder().build()))?;
    for rows in table.rows.chunks(GROUP) {
        let mut group = writer.next_row_group()?;
        for (at, column) in table.columns.iter().enumerate() {
            let cells = || rows.iter().map(move |row| &row[at]);
            match column.kind {
                Kind::Text => write_column::<ByteArrayType, _>(&mut group, cells(), |cell| match cell {
                    Cell::Text(words) => Some(ByteArray::from(words.as_str())),
                    _ => None,
                }),
                Kind::Integer => write_column::<Int64Type, _>(&mut group, cells(), |cell| match cell {
                    Cell::Integer(n) => Some(*n),
                    _ => None,
                }),
                Kind::Real => write_column::<DoubleType, _>(&mut group, cells(), |cell| match cell {
                    Cell::Real(n) => Some(*n),
                    _ => None,
                }),
                Kind::Boolean => write_column::<BoolType, _>(&mut group, cells(), |cell| match cell {
                    Cell::Boolean(b) => Some(*b),
                    _ => None,
                }),
            }?;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

/// One column of a row group; absent values are definition level 0.
fn write_column<'c, D: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: impl Iterator<Item = &'c Cell>,
    value: impl Fn(&Cell) -> Option<D::T>,
) -> Result<()> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        let value = value(cell);
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    let mut writer = group.next_column()?.ok_or_else(|| {
        crate::ExportError::Data("a table has fewer columns in its schema than in its rows".to_owned())
    })?;
    writer.typed::<D>().write_batch(&values, Some(&levels), None)?;
    writer.close()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    use ::parquet::record::Field;

    #[test]
    fn what_is_written_is_read_back() {
        let columns = [("id", Kind::Text), ("n", Kind::Integer), ("lat", Kind::Real), ("state", Kind::Boolean)];
        let mut table = Table::new("incidents", &columns);
        table.push(vec!["Łuk".into(), 12usize.into(), 44.5.into(), true.into()]);
        table.push(vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
        table.push(vec!["b".into(), 30usize.into(), (-3.25).into(), false.into()]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("incidents.parquet");
        write_parquet(&table, std::fs::File::create(&path).unwrap()).unwrap();
        let reader = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
        let rows: Vec<Vec<Field>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().into_columns().into_iter().map(|(_, field)| field).collect())
            .collect();
        assert_eq!(rows[0], [Field::Str("Łuk".into()), Field::Long(12), Field::Double(44.5), Field::Bool(true)]);
        assert_eq!(rows[1], [Field::Null, Field::Null, Field::Null, Field::Null]);
        assert_eq!(rows[2], [Field::Str("b".into()), Field::Long(30), Field::Double(-3.25), Field::Bool(false)]);
    }
}
