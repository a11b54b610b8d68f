//! Zip archives written anew with some part changed.

use std::io::{Cursor, Read, Write};

/// The archive with each part as `change` leaves it, given its position, its name and its bytes.
pub fn rewritten(bytes: &[u8], mut change: impl FnMut(usize, &str, &mut Vec<u8>)) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for position in 0..archive.len() {
        let mut entry = archive.by_index(position).expect("an entry");
        let name = entry.name().expect("a name").to_string();
        let mut part = Vec::new();
        entry.read_to_end(&mut part).expect("read");
        change(position, &name, &mut part);
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        out.write_all(&part).expect("written");
    }
    out.finish().expect("closed").into_inner()
}
