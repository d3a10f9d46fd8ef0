//! `cargo xtask region-points FILE`: gives the rows of `data/gazetteer/regions.tsv` that have a GeoNames id GeoNames' own points.
//!
//! `FILE` is a table of GeoNames, such as `no-country.txt` of its dump (<https://download.geonames.org/export/dump/>, CC BY
//! 4.0), in which the regions and waters that lie in no one country stand. Rows whose id it does not hold stay as they are.
use anyhow::{Context, bail};
use std::collections::HashMap;

const TABLE: &str = "data/gazetteer/regions.tsv";

/// Runs the task.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let [file] = args else { bail!("usage: cargo xtask region-points FILE (a table of GeoNames)") };
    let read = |path: &str| std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"));
    let (table, taken) = with_points(&read(TABLE)?, &read(file)?);
    std::fs::write(TABLE, table).with_context(|| format!("cannot write {TABLE}"))?;
    println!("{TABLE}: points of {taken} rows are those of {file}");
    Ok(())
}

/// The table with the points of the dump, and how many rows have one.
fn with_points(table: &str, dump: &str) -> (String, usize) {
    let points: HashMap<&str, (&str, &str)> = dump
        .lines()
        .filter_map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            Some((*fields.first()?, (*fields.get(4)?, *fields.get(5)?)))
        })
        .collect();
    let mut taken = 0;
    let rows = table.lines().map(|line| {
        let mut fields: Vec<&str> = line.split('\t').collect();
        let point = fields.get(6).and_then(|id| points.get(id)).filter(|_| !line.starts_with('#'));
        let Some((lat, lon)) = point else { return format!("{line}\n") };
        let point = format!("{lat},{lon}");
        fields[3] = &point;
        taken += 1;
        format!("{}\n", fields.join("\t"))
    });
    (rows.collect(), taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_an_id_take_the_point_of_the_dump() {
        let table =
            "# kind\nregion\tVale\tthe Vale\t1,2\t\tValish\t77\nregion\tMoor\t\t3,4\nsea\tTarn\t\t5,6\t\t\t88\n";
        let dump = "77\tVale\tVale\t\t10.5\t20.25\tL\tRGN\n99\tFell\tFell\t\t1\t1\tL\tRGN\n";
        let (made, taken) = with_points(table, dump);
        assert_eq!(taken, 1);
        let vale = "region\tVale\tthe Vale\t10.5,20.25\t\tValish\t77\n";
        assert_eq!(made, table.replace("region\tVale\tthe Vale\t1,2\t\tValish\t77\n", vale));
    }
}
