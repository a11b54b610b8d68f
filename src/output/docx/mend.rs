//! What the crate that builds the document can't say, said in what it built: header rows that repeat on each page, ends
//! of sections that take no line, and bytes that are the same for the same report.

use super::pieces::HEADER_MARK;
use docx_rs::XMLDocx;
use std::io::{self, Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The finished file.
///
/// # Errors
/// Only where the archive can't be packed in memory.
pub(super) fn package(mut built: XMLDocx, title: &str) -> io::Result<Vec<u8>> {
    built.document = text(&built.document, document);
    built.doc_props.core = text(&built.doc_props.core, |core| properties(core, title));
    built.headers.iter_mut().chain(&mut built.footers).for_each(|part| *part = text(part, unnumbered));
    let mut packed = Cursor::new(Vec::new());
    built.pack(&mut packed).map_err(io::Error::other)?;
    repacked(packed)
}

fn text(bytes: &[u8], mend: impl FnOnce(&str) -> String) -> Vec<u8> {
    mend(&String::from_utf8_lossy(bytes)).into_bytes()
}

/// Header rows, ends of sections, numbers of paragraphs.
fn document(xml: &str) -> String {
    let mark = format!("<w:trHeight w:val=\"{HEADER_MARK}\" w:hRule=\"atLeast\" />");
    let xml = unnumbered(xml).replace(&mark, "<w:tblHeader />");
    // The paragraph that ends a section has nothing to say; a whole line of it could need a page of its own.
    let ends = "<w:pPr><w:sectPr>";
    let thin = "<w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\" />\
                <w:rPr><w:sz w:val=\"2\" /></w:rPr><w:sectPr>";
    footer_first(&xml.replace(ends, thin))
}

/// The footer is the first thing that a section names, as the standard has it.
fn footer_first(xml: &str) -> String {
    let mut mended = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once("<w:sectPr>") {
        let (section, behind) = after.split_once("</w:sectPr>").unwrap_or((after, ""));
        mended.push_str(before);
        mended.push_str("<w:sectPr>");
        match section.find("<w:footerReference").and_then(|from| Some((from, from + section[from..].find("/>")? + 2))) {
            Some((from, to)) => {
                mended.push_str(&section[from..to]);
                mended.push_str(&section[..from]);
                mended.push_str(&section[to..]);
            }
            None => mended.push_str(section),
        }
        mended.push_str("</w:sectPr>");
        rest = behind;
    }
    mended.push_str(rest);
    mended
}

/// Paragraphs without the numbers that a counter of the whole run gives them.
fn unnumbered(xml: &str) -> String {
    let attribute = " w14:paraId=\"";
    let mut mended = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once(attribute) {
        mended.push_str(before);
        rest = after.split_once('"').map_or("", |(_, behind)| behind);
    }
    mended.push_str(rest);
    mended
}

/// Nobody is named as the author; the title is the paper's.
fn properties(core: &str, title: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    core.replace(">unknown<", "><")
        .replace("</cp:coreProperties>", &format!("<dc:title>{title}</dc:title></cp:coreProperties>"))
}

/// The same parts, compressed, each with the same fixed time.
fn repacked(packed: Cursor<Vec<u8>>) -> io::Result<Vec<u8>> {
    let mut archive = ZipArchive::new(packed).map_err(io::Error::other)?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(io::Error::other)?;
        if part.is_dir() {
            continue;
        }
        let name = part.name().map_err(io::Error::other)?.into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        out.start_file(name, options).map_err(io::Error::other)?;
        out.write_all(&bytes)?;
    }
    Ok(out.finish().map_err(io::Error::other)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_names_its_footer_first() {
        let xml = "<a><w:sectPr><w:pgSz/><w:footerReference r:id=\"x\" /><w:cols/></w:sectPr><w:sectPr></w:sectPr></a>";
        let mended =
            "<a><w:sectPr><w:footerReference r:id=\"x\" /><w:pgSz/><w:cols/></w:sectPr><w:sectPr></w:sectPr></a>";
        assert_eq!(footer_first(xml), mended);
    }

    #[test]
    fn paragraphs_lose_their_numbers() {
        assert_eq!(
            unnumbered("<w:p w14:paraId=\"00000a\"><w:r/></w:p><w:p w14:paraId=\"b\">"),
            "<w:p><w:r/></w:p><w:p>"
        );
    }
}
