//! One known-good example of every sheet that this version acts on, to be broken one thing at a time.

use lungang::input::sheets::{RawRow, RawTable, RawValue};
use lungang::input::{self, ReadOptions, Reading};
use lungang_domain::{Cell, Problem};
use std::path::Path;

/// The sheets: name, and rows of cells with the headings first.
#[derive(Clone, Debug)]
pub struct Sample {
    pub sheets: Vec<(String, Vec<Vec<String>>)>,
}

const STAFF: &str = "\
id|name|birth_date|staffing_kind|status|unit|section|post|post_since|level|grade|education|retire_date|must_months|also_posts|under_investigation|absent_from|absent_until|host_post
1001|张三|1985-03-01|行政|在职|财政局|预算股|P01|2018-05-01|股级正职|一级主任科员|本科|2045-03-01|48||||
1002|李四|1990-07-02|行政|在职|财政局|预算股|P02|≤2020-07-01||四级主任科员|硕士||||||
1003|王五|1988-01-01|事业|在职|财政局|国库股|国库会计|2022-03-01||二级科员|本科|||P02|||
1004|赵六|1991-01-01|行政|在职|审计局||P05|2021-01-01||一级科员|本科|||||2025-01-01|2026-01-01|P02
1005|钱七|1965-01-01|行政|退休|财政局||||||||||||
1006|孙八|2001-01-01|行政||财政局|||||一级科员|||||||";

const POSTS: &str = "\
id|unit|section|title|level|grade|headcount|min_present|lead|reports_to|risk|essential|ten_year_duty|may_months|should_months|must_months|duty_pair|special|staffing_kinds
P01|财政局|预算股|预算股股长|股级正职||1|1|机构正职||高|是|||||||
P02|财政局|预算股|预算员||四级主任科员–一级主任科员|2||无|P01|中|||12|36|60|管采:采||行政；参公
P03|财政局|国库股|国库会计|||1||无||中||||||||
P04|财政局|国库股|出纳|||1||无||低||||||||
P05|审计局||审计员|||1||无||低||||||||
P06|审计局||档案员|||1||无||低|||||||特殊|";

const UNITS: &str = "\
id|name|former_names|parent|nature|kind_seats|max_moves_per_year
U1|财政局|财税局||机关|行政:10；事业:5|3
U2|审计局||U1|机关||";

const FIT: &str = "\
staff|post|score
1001|P01|80
1002|P01|70.5
1002|P02|90";

const EVENTS: &str = "\
date|kind|staff|post|to_post|until|note
2025-09-01|recruit|1006||P02||
2026-03-01|absent|1002||P05|2026-09-01|
2026-05-01|new_post||P06|||
2026-08-01|leave|1003||||
2027-01-01|close_post||P04|||";

const DECISIONS: &str = "\
staff|post|year|kind|decided_by|date|reason|approval
1001||1|stay|组织部|2025-05-01||
1002|P01|2|go||||
1004|P04||not||||";

const RISKS: &str = "\
post|unit|section|point|grade
P01|||拨款|高
|审计局||保密|低";

const SETTINGS: &str = "\
key|value
start|2025-07-01
years|3
turnover.unit_share|0.3";

impl Sample {
    pub fn good() -> Self {
        let sheets = [
            ("staff", STAFF),
            ("posts", POSTS),
            ("units", UNITS),
            ("fit", FIT),
            ("events", EVENTS),
            ("decisions", DECISIONS),
            ("risks", RISKS),
            ("settings", SETTINGS),
        ];
        Self { sheets: sheets.into_iter().map(|(name, text)| (name.to_owned(), rows_of(text))).collect() }
    }

    pub fn rows(&mut self, sheet: &str) -> &mut Vec<Vec<String>> {
        &mut self.sheets.iter_mut().find(|(name, _)| name == sheet).expect("a sheet of the sample").1
    }

    fn column(&mut self, sheet: &str, column: &str) -> usize {
        self.rows(sheet)[0].iter().position(|heading| heading == column).expect("a column of the sample")
    }

    /// Sets the cell of a spreadsheet row (2 is the first below the headings).
    pub fn set(mut self, sheet: &str, row: usize, column: &str, value: &str) -> Self {
        let at = self.column(sheet, column);
        self.rows(sheet)[row - 1][at] = value.to_owned();
        self
    }

    /// Renames a heading.
    pub fn heading(mut self, sheet: &str, column: &str, value: &str) -> Self {
        let at = self.column(sheet, column);
        self.rows(sheet)[0][at] = value.to_owned();
        self
    }

    /// Appends a column.
    pub fn add_column(mut self, sheet: &str, cells: &[&str]) -> Self {
        for (row, cell) in self.rows(sheet).iter_mut().zip(cells.iter().chain(std::iter::repeat(&""))) {
            row.push((*cell).to_owned());
        }
        self
    }

    /// Appends a row, cells by column name.
    pub fn add_row(mut self, sheet: &str, cells: &[(&str, &str)]) -> Self {
        let mut row = vec![String::new(); self.rows(sheet)[0].len()];
        for (column, value) in cells {
            let at = self.column(sheet, column);
            row[at] = (*value).to_owned();
        }
        self.rows(sheet).push(row);
        self
    }

    /// Appends an event of somebody.
    pub fn event(self, date: &str, kind: &str, staff: &str, to_post: &str) -> Self {
        self.add_row("events", &[("date", date), ("kind", kind), ("staff", staff), ("to_post", to_post)])
    }

    /// Appends a merger.
    pub fn merge(self, date: &str, post: &str, to_post: &str) -> Self {
        self.add_row("events", &[("date", date), ("kind", "merge"), ("post", post), ("to_post", to_post)])
    }

    /// Drops a column.
    pub fn drop_column(mut self, sheet: &str, column: &str) -> Self {
        let at = self.column(sheet, column);
        for row in self.rows(sheet) {
            row.remove(at);
        }
        self
    }

    /// Drops a sheet.
    pub fn drop_sheet(mut self, sheet: &str) -> Self {
        self.sheets.retain(|(name, _)| name != sheet);
        self
    }

    /// Renames a sheet.
    pub fn rename_sheet(mut self, sheet: &str, name: &str) -> Self {
        self.sheets.iter_mut().find(|(known, _)| known == sheet).expect("a sheet of the sample").0 = name.to_owned();
        self
    }

    /// Adds a sheet.
    pub fn add_sheet(mut self, name: &str, text: &str) -> Self {
        self.sheets.push((name.to_owned(), rows_of(text)));
        self
    }

    pub fn tables(&self) -> Vec<RawTable> {
        self.sheets
            .iter()
            .map(|(name, rows)| RawTable {
                file: "memory".into(),
                sheet: name.clone(),
                rows: (1..)
                    .zip(rows)
                    .map(|(row, cells)| RawRow { row, cells: cells.iter().map(|cell| RawValue::text(cell)).collect() })
                    .collect(),
                ..RawTable::default()
            })
            .collect()
    }

    /// A CSV file per sheet.
    pub fn write_csv(&self, folder: &Path) {
        for (name, rows) in &self.sheets {
            let mut text = String::from("\u{feff}");
            for row in rows {
                let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
                text.push_str(&cells.join(","));
                text.push_str("\r\n");
            }
            std::fs::write(folder.join(format!("{name}.csv")), text).expect("written");
        }
    }

    /// One workbook, every cell as text.
    pub fn write_xlsx(&self, path: &Path) {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, rows) in &self.sheets {
            let page = book.add_worksheet();
            page.set_name(name).expect("a name");
            for (row, cells) in (0..).zip(rows) {
                for (column, cell) in (0..).zip(cells) {
                    if !cell.is_empty() {
                        page.write_string(row, column, cell).expect("a cell");
                    }
                }
            }
        }
        book.save(path).expect("saved");
    }

    pub fn read(&self) -> Reading {
        input::from_tables(self.tables(), &ReadOptions::default())
    }
}

/// Lines of cells, each as long as the first.
fn rows_of(text: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect();
    let width = rows[0].len();
    rows.iter_mut().for_each(|row| row.resize(width, String::new()));
    rows
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// `E0202 staff!C2`; without a cell the code alone.
pub fn shown(problem: &Problem) -> String {
    let place = |cell: &Cell| format!("{}!{}", cell.sheet, cell.a1());
    match &problem.cell {
        Some(cell) => format!("{} {}", problem.code, place(cell)),
        None => problem.code.clone(),
    }
}

pub fn all_shown(reading: &Reading) -> Vec<String> {
    let mut shown: Vec<String> = reading.problems.iter().map(shown).collect();
    shown.sort();
    shown
}
