//! Representative points of countries: the geographic coordinates of the CIA World Factbook (public domain), which
//! GeoNames rounds to as well, as Marble's placemark cache carries them.
use anyhow::{Context, bail, ensure};
use std::collections::HashMap;
use std::path::Path;

/// Points by ISO code, (latitude, longitude) in degrees.
pub type Points = HashMap<String, (f64, f64)>;

/// Reads `boundaryplacemarks.cache` in `dir`.
pub fn read(dir: &Path) -> anyhow::Result<Points> {
    let path = dir.join("boundaryplacemarks.cache");
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut data = Stream { bytes: &bytes, at: 0 };
    ensure!(data.u32()? == 0x3141_5926, "{}: not a placemark cache", path.display());
    data.u32()?;
    let mut points = Points::new();
    while data.at < bytes.len() {
        let name = data.string()?;
        let (lon, lat, _altitude) = (data.f64()?, data.f64()?, data.f64()?);
        let (role, _description, country) = (data.string()?, data.string()?, data.string()?);
        let (_state, _area, _population) = (data.string()?, data.f64()?, data.f64()?);
        data.take(3)?; // time zone and daylight saving
        // The West Bank and the Gaza Strip share a code there; neither point stands for both.
        if role == "S" && country.len() == 2 && country != "PS" && !name.is_empty() {
            points.insert(country, (lat.to_degrees(), lon.to_degrees()));
        }
    }
    Ok(points)
}

/// Qt's data stream: big-endian, strings in UTF-16 with a byte length.
struct Stream<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Stream<'b> {
    fn take(&mut self, n: usize) -> anyhow::Result<&'b [u8]> {
        let Some(part) = self.bytes.get(self.at..self.at + n) else { bail!("cut off at byte {}", self.at) };
        self.at += n;
        Ok(part)
    }
    fn u32(&mut self) -> anyhow::Result<u32> {
        Ok(u32::from_be_bytes(self.take(4)?.try_into()?))
    }
    fn f64(&mut self) -> anyhow::Result<f64> {
        Ok(f64::from_be_bytes(self.take(8)?.try_into()?))
    }
    fn string(&mut self) -> anyhow::Result<String> {
        let n = self.u32()?;
        if n == u32::MAX {
            return Ok(String::new());
        }
        let units: Vec<u16> =
            self.take(n as usize)?.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
        Ok(String::from_utf16(&units)?)
    }
}
