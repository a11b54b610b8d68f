//! Bytes → text. Offices keep CSV files as UTF-8, with or without byte-order mark, as GB18030, and as the UTF-16 that
//! spreadsheets call "Unicode text".

use super::whole_file;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use lungang_domain::Problem;
use std::borrow::Cow;

/// The encoding of this name, such as `gb18030`, `gbk` or `utf-8`.
#[must_use]
pub fn named(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.trim().as_bytes())
}

/// The text of a CSV file, in the encoding that was asked for or else in the one that its bytes show. A guess is noted,
/// and only GB18030 is guessed.
///
/// # Errors
/// `E0105` where the bytes are in no encoding that can be told, `E0125` where they are not in the one asked for.
pub fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
    asked: Option<&'static Encoding>,
    notes: &mut Vec<Problem>,
) -> Result<Cow<'a, str>, Problem> {
    let at = || Some(whole_file(file));
    if let Some((marked, length)) = Encoding::for_bom(bytes) {
        return all(marked, &bytes[length..], length).map_err(|offset| foreign(file, offset));
    }
    if let Some(asked) = asked {
        return all(asked, bytes, 0)
            .map_err(|offset| Problem::new("E0125").at(at()).with("encoding", asked.name()).with("offset", offset));
    }
    let offset = match all(UTF_8, bytes, 0) {
        Ok(text) => return Ok(text),
        Err(offset) => offset,
    };
    // Without a mark, UTF-16 shows itself by the zero bytes of its commas, digits and line breaks.
    if let Some(wide) = utf16(bytes)
        && let Ok(text) = all(wide, bytes, 0)
    {
        notes.push(Problem::new("A0105").at(at()).with("encoding", wide.name()));
        return Ok(text);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if (guess == GBK || guess == GB18030)
        && let Ok(text) = all(GB18030, bytes, 0)
    {
        notes.push(Problem::new("A0105").at(at()).with("encoding", GB18030.name()));
        return Ok(text);
    }
    Err(foreign(file, offset))
}

fn foreign(file: &str, offset: usize) -> Problem {
    Problem::new("E0105").at(Some(whole_file(file))).with("offset", offset)
}

/// Every byte decoded, or where the first one stands that can't be: `skipped` bytes of a mark come before.
fn all<'a>(encoding: &'static Encoding, bytes: &'a [u8], skipped: usize) -> Result<Cow<'a, str>, usize> {
    if encoding == UTF_8 {
        let text = std::str::from_utf8(bytes).map_err(|error| skipped + error.valid_up_to())?;
        return no_zero(Cow::Borrowed(text), skipped);
    }
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => no_zero(text, skipped),
        None => Err(skipped + first_wrong(encoding, bytes)),
    }
}

/// Text never holds NUL; a file full of it is no table.
fn no_zero(text: Cow<'_, str>, skipped: usize) -> Result<Cow<'_, str>, usize> {
    match text.bytes().position(|byte| byte == 0) {
        Some(offset) => Err(skipped + offset),
        None => Ok(text),
    }
}

/// Byte at which decoding breaks down.
fn first_wrong(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut read = 0;
    while read < bytes.len() {
        let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len() - read).unwrap_or(1 << 16);
        text.clear();
        text.reserve(room);
        let (result, more) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
        read += more;
        match result {
            encoding_rs::DecoderResult::Malformed(length, after) => {
                return read.saturating_sub(usize::from(length) + usize::from(after));
            }
            encoding_rs::DecoderResult::InputEmpty => break,
            encoding_rs::DecoderResult::OutputFull => {}
        }
    }
    read
}

/// UTF-16 by where the zero bytes stand: a table has a comma, a digit or a line break in every few signs.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    let enough = head.len() / 16;
    match () {
        () if !bytes.len().is_multiple_of(2) || high.max(low) <= enough => None,
        () if high == 0 => Some(UTF_16LE),
        () if low == 0 => Some(UTF_16BE),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROSTER: &str =
        "姓名,单位,现任职务,出生年月\n张三,财政局,预算股股长,1985.10\n李四,财政局,办公室主任,1979.03\n";

    fn read(bytes: &[u8], asked: Option<&str>) -> (Result<String, Problem>, Vec<Problem>) {
        let mut notes = Vec::new();
        let text = decode("t.csv", bytes, asked.and_then(named), &mut notes).map(Cow::into_owned);
        (text, notes)
    }

    #[test]
    fn what_offices_keep_is_read() {
        let (gb, ..) = GB18030.encode(ROSTER);
        let wide: Vec<u8> = ROSTER.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(wide.iter().copied()).collect();
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(ROSTER.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        for (bytes, told) in [
            (ROSTER.as_bytes().to_vec(), 0),
            (format!("\u{feff}{ROSTER}").into_bytes(), 0),
            (gb.into_owned(), 1),
            (wide, 1),
            (marked, 0),
            (big, 0),
        ] {
            let (text, notes) = read(&bytes, None);
            assert_eq!(text.as_deref(), Ok(ROSTER));
            assert_eq!(notes.len(), told);
        }
    }

    #[test]
    fn other_encodings_have_to_be_named() {
        let traditional = "姓名,單位,現任職務\n張三,財政局,預算科科長\n李四,財政局,國庫科科員\n";
        let (big5, ..) = encoding_rs::BIG5.encode(traditional);
        assert!(read(&big5, None).0.is_err_and(|problem| problem.code == "E0105"));
        assert_eq!(read(&big5, Some("big5")).0.as_deref(), Ok(traditional));
        assert!(read(ROSTER.as_bytes(), Some("big5")).0.is_err_and(|problem| problem.code == "E0125"));
    }

    #[test]
    fn the_first_wrong_byte_is_named() {
        let wrong = |bytes: &[u8], asked| read(bytes, asked).0.expect_err("wrong").args["offset"].clone();
        assert_eq!(wrong(b"id,\xff\n", None), "3");
        assert_eq!(wrong(b"\xEF\xBB\xBFid\0", None), "5");
        assert_eq!(wrong(b"id,\xd0\xd5\xff\xff\n", Some("gb18030")), "5");
    }
}
