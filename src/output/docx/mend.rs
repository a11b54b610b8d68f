//! What the crate that builds the document can't say, said in what it built: header rows that repeat on each page, ends
//! of sections that take no line, everything in the order of the standard, and bytes that are the same for the same
//! report.

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
    built
        .headers
        .iter_mut()
        .chain(&mut built.footers)
        .for_each(|part| *part = text(part, |part| in_order(&unnumbered(part))));
    let mut packed = Cursor::new(Vec::new());
    built.pack(&mut packed).map_err(io::Error::other)?;
    repacked(packed)
}

fn text(bytes: &[u8], mend: impl FnOnce(&str) -> String) -> Vec<u8> {
    mend(&String::from_utf8_lossy(bytes)).into_bytes()
}

/// Header rows, ends of sections, numbers of paragraphs, order.
fn document(xml: &str) -> String {
    let mark = format!("<w:trHeight w:val=\"{HEADER_MARK}\" w:hRule=\"atLeast\" />");
    let xml = unnumbered(xml).replace(&mark, "<w:tblHeader />");
    // The paragraph that ends a section has nothing to say; a whole line of it could need a page of its own.
    let ends = "<w:pPr><w:sectPr>";
    let thin = "<w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\" />\
                <w:rPr><w:sz w:val=\"2\" /></w:rPr><w:sectPr>";
    in_order(&xml.replace(ends, thin))
}

/// The order in which the standard has what an element says; the crate has its own, and a strict reader refuses it.
#[rustfmt::skip]
const ORDERS: &[(&str, &[&str])] = &[
    (
        "w:pPr",
        &[
            "w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:widowControl", "w:tabs", "w:snapToGrid",
            "w:spacing", "w:ind", "w:jc", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr",
        ],
    ),
    ("w:rPr", &["w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:color", "w:sz", "w:szCs"]),
    ("w:tblPr", &["w:tblStyle", "w:tblW", "w:jc", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblCellMar"]),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:vMerge", "w:tcBorders", "w:shd", "w:textDirection", "w:vAlign"]),
    ("w:sectPr", &["w:headerReference", "w:footerReference", "w:type", "w:pgSz", "w:pgMar", "w:pgNumType", "w:cols"]),
];

/// The text with the children of every element of this name in this order; others come last, as they stood.
fn ordered(xml: &str, name: &str, order: &[&str]) -> String {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let rank = |child: &&str| {
        let tag = child.trim_start_matches('<').split([' ', '/', '>']).next().unwrap_or("");
        order.iter().position(|known| *known == tag).unwrap_or(order.len())
    };
    let mut mended = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once(&open) {
        let Some((inside, behind)) = after.split_once(&close) else { break };
        let mut parts = children(inside);
        parts.sort_by_key(rank);
        mended.push_str(before);
        mended.push_str(&open);
        parts.iter().for_each(|part| mended.push_str(part));
        mended.push_str(&close);
        rest = behind;
    }
    mended.push_str(rest);
    mended
}

/// The elements one after the other in a piece of XML without text between them; none of them holds one of its own name.
fn children(inside: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = inside;
    while let Some(end) = rest.find('>').filter(|_| rest.starts_with('<')) {
        let length = if rest[..end].ends_with('/') {
            end + 1
        } else {
            let tag = rest[1..end].split(' ').next().unwrap_or("");
            let close = format!("</{tag}>");
            rest.find(&close).map_or(rest.len(), |at| at + close.len())
        };
        found.push(&rest[..length]);
        rest = &rest[length..];
    }
    // Whatever is not understood stays where it is.
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

/// Everything in the order of the standard.
fn in_order(xml: &str) -> String {
    ORDERS.iter().fold(xml.to_owned(), |xml, (name, order)| ordered(&xml, name, order))
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
    fn what_an_element_says_stands_in_order() {
        let xml = "<a><w:sectPr><w:pgSz/><w:footerReference r:id=\"x\" /><w:cols/></w:sectPr><w:sectPr></w:sectPr></a>";
        let mended =
            "<a><w:sectPr><w:footerReference r:id=\"x\" /><w:pgSz/><w:cols/></w:sectPr><w:sectPr></w:sectPr></a>";
        assert_eq!(in_order(xml), mended);
        let xml = "<w:pPr><w:rPr><w:sz w:val=\"1\" /><w:b /></w:rPr><w:jc /><w:odd /><w:tabs><w:tab /></w:tabs><w:keepNext /></w:pPr>";
        let mended = "<w:pPr><w:keepNext /><w:tabs><w:tab /></w:tabs><w:jc /><w:rPr><w:b /><w:sz w:val=\"1\" /></w:rPr><w:odd /></w:pPr>";
        assert_eq!(in_order(xml), mended);
        assert_eq!(in_order("<w:pPr>unclosed"), "<w:pPr>unclosed");
    }

    #[test]
    fn paragraphs_lose_their_numbers() {
        assert_eq!(
            unnumbered("<w:p w14:paraId=\"00000a\"><w:r/></w:p><w:p w14:paraId=\"b\">"),
            "<w:p><w:r/></w:p><w:p>"
        );
    }
}
