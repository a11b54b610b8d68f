//! An appointment form 干部任免审批表 kept as `.lrmx` → sheets: the person, the posts held, the family.
//!
//! The form is XML, a `Person` with one element for each field, named in pinyin, and the family as `Item`s. Which elements
//! there are was learnt from open tools that write such files (see `docs/input.md`); the lines of the career are free
//! text, of which those that begin with two dates are read.

use super::{RawRow, RawTable, RawValue, encoding, whole_file};
use crate::input::words;
use encoding_rs::Encoding;
use lungang_domain::Problem;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// What a form holds, by element; the family apart.
#[derive(Debug, Default)]
struct Form {
    fields: BTreeMap<String, String>,
    family: Vec<BTreeMap<String, String>>,
}

/// Fields of the form and the headings that they stand under.
const FIELDS: &[(&str, &str)] = &[
    ("XingMing", "姓名"),
    ("XingBie", "性别"),
    ("ChuShengNianYue", "出生年月"),
    ("MinZu", "民族"),
    ("JiGuan", "籍贯"),
    ("ZaiZhiJiaoYu_XueLi", "在职学历"),
    ("QuanRiZhiJiaoYu_XueLi", "全日制学历"),
    ("XianRenZhiWu", "现任职务"),
    ("NianDuKaoHeJieGuo", "考核结果"),
];

/// The element that holds the family.
const FAMILY: &str = "JiaTingChengYuan";

/// Whether a text is such a form.
pub fn looks_like(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    memchr::memmem::find(head, b"<Person").is_some() && memchr::memmem::find(head, b"<XingMing").is_some()
}

/// Reads a form. `stem`, the file's name without ending, is the person's id: forms have none of their own but the number
/// of the identity card, which is not for plans.
pub fn read(
    file: &str,
    stem: &str,
    bytes: &[u8],
    asked: Option<&'static Encoding>,
) -> Result<(Vec<RawTable>, Vec<Problem>), Problem> {
    let mut notes = Vec::new();
    // The declaration says UTF-8 or GB2312; the bytes themselves are the better witness.
    let text = encoding::decode(file, bytes, asked, &mut notes)?;
    let form =
        parse(&text).map_err(|reason| Problem::new("E0106").at(Some(whole_file(file))).with("reason", reason))?;
    let career = career(form.fields.get("JianLi").map_or("", String::as_str));
    let sheet = |name: &str, rows: Vec<Vec<String>>| RawTable {
        file: file.to_owned(),
        sheet: name.to_owned(),
        rows: (1..)
            .zip(rows)
            .map(|(row, cells)| RawRow { row, cells: cells.iter().map(|cell| RawValue::text(cell)).collect() })
            .collect(),
        ..RawTable::default()
    };
    let words = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let field = |name: &str| form.fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let mut headings = words(&["人员编号"]);
    let mut person = words(&[stem]);
    for (name, heading) in FIELDS {
        headings.push((*heading).to_owned());
        person.push(field(name));
    }
    // The post held today began with the last line that has no end.
    headings.push("任现职时间".to_owned());
    person.push(career.iter().rev().find(|stay| stay.to.is_empty()).map(|stay| stay.from.clone()).unwrap_or_default());
    let mut tables = vec![sheet("人员", vec![headings, person])];
    if !career.is_empty() {
        let mut rows = vec![words(&["人员编号", "岗位", "起", "止"])];
        rows.extend(career.into_iter().map(|stay| vec![stem.to_owned(), stay.what, stay.from, stay.to]));
        tables.push(sheet("任职经历", rows));
    }
    let mut family = vec![words(&["人员甲", "关系", "亲属情况"])];
    for member in &form.family {
        let of = |name: &str| member.get(name).map(|text| text.trim()).unwrap_or_default();
        let address = of("ChengWei");
        match words::find("kin", address) {
            Some(kind) => {
                let other = [address, of("XingMing"), of("GongZuoDanWeiJiZhiWu")].join(" ");
                family.push(vec![stem.to_owned(), kind.to_owned(), other.trim().to_owned()]);
            }
            None if address.is_empty() => {}
            None => notes.push(Problem::new("W0105").at(Some(whole_file(file))).with("value", address)),
        }
    }
    if family.len() > 1 {
        tables.push(sheet("回避关系", family));
    }
    Ok((tables, notes))
}

fn parse(text: &str) -> Result<Form, String> {
    const DEEPEST: usize = 16;
    let mut reader = Reader::from_str(text);
    let mut form = Form::default();
    let mut path: Vec<String> = Vec::new();
    let mut people = 0;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => {
                path.push(tag.local_name().as_ref().to_owned());
                if path.len() == 1 {
                    people += 1;
                }
                if people > 1 {
                    return Err("more than one person".to_owned());
                }
                if let [_, field] = path.as_slice()
                    && field != FAMILY
                    && form.fields.insert(field.clone(), String::new()).is_some()
                {
                    return Err(format!("{field} twice"));
                }
                if path.len() > DEEPEST {
                    return Err("nested too deeply".to_owned());
                }
                if path.ends_with(&[FAMILY.to_owned(), "Item".to_owned()]) {
                    form.family.push(BTreeMap::new());
                }
            }
            Event::End(_) => drop(path.pop()),
            Event::Text(text) => put(&mut form, &path, text.as_ref()),
            Event::CData(text) => put(&mut form, &path, text.as_ref()),
            Event::GeneralRef(entity) => {
                let sign = match entity.as_ref() {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    // Line breaks and rare characters are written by number.
                    other => match entity.resolve_char_ref() {
                        Ok(Some(sign)) => sign,
                        _ => return Err(format!("&{other};")),
                    },
                };
                put(&mut form, &path, sign.encode_utf8(&mut [0; 4]));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if form.fields.get("XingMing").is_some_and(|name| !name.trim().is_empty()) {
        Ok(form)
    } else {
        Err("no name".to_owned())
    }
}

fn put(form: &mut Form, path: &[String], text: &str) {
    match path {
        // What is nested within a field, such as a paragraph, is its text too.
        [_, field, ..] if field != FAMILY => form.fields.entry(field.clone()).or_default().push_str(text),
        [_, family, item, field] if family == FAMILY && item == "Item" => {
            if let Some(member) = form.family.last_mut() {
                member.entry(field.clone()).or_default().push_str(text);
            }
        }
        _ => {}
    }
}

/// A line of the career.
#[derive(Debug, PartialEq, Eq)]
struct Stay {
    from: String,
    to: String,
    what: String,
}

/// `2007.07--2010.03  县财政局办公室科员`; the last has no end. Remarks in brackets below belong to the line above.
fn career(text: &str) -> Vec<Stay> {
    let mut stays = Vec::new();
    for line in text.lines().map(str::trim) {
        let line: String = crate::input::schema::clean(line);
        let Some((from, rest)) = month(&line) else { continue };
        let rest = rest.trim_start();
        let dashed = rest.trim_start_matches(['-', '—', '–', '~', '至', '―', '−']);
        if dashed.len() == rest.len() {
            continue;
        }
        let (to, what) = match month(dashed.trim_start()) {
            Some((to, what)) => (to, what),
            None => (String::new(), dashed.trim_start().trim_start_matches("今")),
        };
        stays.push(Stay { from, to, what: what.trim().to_owned() });
    }
    stays
}

/// A month at the head of a text: `2007.07`, `2007年7月`.
fn month(text: &str) -> Option<(String, &str)> {
    let year = text.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let rest = text[4..].strip_prefix(['.', '年', '-', '/'])?;
    let digits = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let (month, rest) = rest.split_at(digits);
    let month: u32 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some((format!("{year}-{month:02}"), rest.strip_prefix('月').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Person><XingMing>张　三</XingMing><XingBie>男</XingBie>\
        <ChuShengNianYue>198503</ChuShengNianYue><QuanRiZhiJiaoYu_XueLi>大学</QuanRiZhiJiaoYu_XueLi>\
        <XianRenZhiWu>咸安区财政局预算股股长</XianRenZhiWu><JianLi>2003.09--2007.07  某大学会计专业学生&#13;\n2007.07--2020.03  \
        咸安区财政局科员&#13;\n（其间：2010.09--2011.07 挂职）&#13;\n2020.03--        咸安区财政局预算股股长</JianLi>\
        <JiaTingChengYuan><Item><ChengWei>妻子</ChengWei><XingMing>李四</XingMing><GongZuoDanWeiJiZhiWu>审计局科员\
        </GongZuoDanWeiJiZhiWu></Item><Item><ChengWei>邻居</ChengWei></Item></JiaTingChengYuan></Person>";

    fn shown(table: &RawTable, row: usize) -> Vec<String> {
        table.rows[row].cells.iter().map(RawValue::shown).collect()
    }

    #[test]
    fn a_form_becomes_three_sheets() {
        assert!(looks_like(FORM.as_bytes()));
        let (tables, notes) = read("张三.lrmx", "张三", FORM.as_bytes(), None).expect("read");
        assert_eq!(notes.iter().map(|note| note.code.as_str()).collect::<Vec<_>>(), ["W0105"]);
        let names: Vec<&str> = tables.iter().map(|table| table.sheet.as_str()).collect();
        assert_eq!(names, ["人员", "任职经历", "回避关系"]);
        let person = shown(&tables[0], 1);
        assert_eq!(
            (&*person[0], &*person[3], &*person[8], &*person[10]),
            ("张三", "198503", "咸安区财政局预算股股长", "2020-03")
        );
        assert_eq!(tables[1].rows.len(), 4);
        assert_eq!(shown(&tables[1], 3), ["张三", "咸安区财政局预算股股长", "2020-03", ""]);
        assert_eq!(shown(&tables[2], 1), ["张三", "spouse", "妻子 李四 审计局科员"]);
        assert_eq!(tables[2].rows.len(), 2);
        let nested = "<Person><XingMing>张&#19977;</XingMing><XianRenZhiWu><p>科员</p></XianRenZhiWu></Person>";
        let (tables, _) = read("x.lrmx", "x", nested.as_bytes(), None).expect("read");
        assert_eq!((&*shown(&tables[0], 1)[1], &*shown(&tables[0], 1)[8]), ("张三", "科员"));
    }

    #[test]
    fn broken_forms_are_told() {
        for broken in [
            &FORM[..FORM.len() - 40],
            "<Person><XingMing>",
            "<Person></Person>",
            "<Person><A></B></Person>",
            "<Person><XingMing>a</XingMing><XingMing>b</XingMing></Person>",
            "<Person><XingMing>a</XingMing></Person><Person><XingMing>b</XingMing></Person>",
            "<Person><XingMing>a&b;</XingMing></Person>",
        ] {
            assert!(read("x.lrmx", "x", broken.as_bytes(), None).is_err(), "{broken}");
        }
    }

    #[test]
    fn lines_of_a_career() {
        let stays = career("2007年7月—2010年3月 县委办科员\n2010.03—至今 县财政局股长\n无日期的一行\n2010.13-- 错");
        assert_eq!(stays.len(), 2);
        assert_eq!((&*stays[0].from, &*stays[0].to, &*stays[0].what), ("2007-07", "2010-03", "县委办科员"));
        assert_eq!((&*stays[1].to, &*stays[1].what), ("", "县财政局股长"));
    }
}
