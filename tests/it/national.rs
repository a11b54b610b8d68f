//! The tables that personnel systems export (A01, A02, A05, A14, A15, A36), made up by their codes.

use crate::messy::{read_with, told};
use lungang::input::Reading;
use lungang_domain::Case;

const PEOPLE: &str = "A0000,A0101,A0104,A0107,A0192A,A0134\nP-1,张三,1,198503,财政局预算股股长,200707\n\
                      P-2,李四,2,197506,审计局局长,199707\nP-3,王五,1,199001,财政局预算股科员,201207\n";
const STAYS: &str = "A0000,A0201A,A0215A,A0243,A0265\nP-1,财政局,预算股股长,202001,\nP-2,审计局,局长,201803,\n";

fn with(files: &[(&str, &str)]) -> Reading {
    let mut all = vec![("A01.csv", PEOPLE.as_bytes().to_vec()), ("A02.csv", STAYS.as_bytes().to_vec())];
    all.extend(files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())));
    read_with(&all, &[])
}

/// What is told of one of the sheets.
fn of(reading: &Reading, sheet: &str) -> Vec<String> {
    told(reading).into_iter().filter(|line| line.contains(&format!(" {sheet}!"))).collect()
}

fn case(reading: Reading) -> Case {
    assert!(!reading.has_errors(), "{:#?}", reading.problems);
    reading.case.expect("good")
}

#[test]
fn ranks_held_today_fill_the_roster() {
    let ranks = "A0000,A0531,A0501B,A0504,A0517,A0524\nP-1,0,股级正职,202001,,1\nP-1,1,四级主任科员,201907,,1\n\
                 P-1,1,一级科员,201507,201907,0\nP-2,0,141,201803,,1\nP-3,1,1A77,201901,,1\nP-9,1,一级科员,201901,,1\nP-3,5,一级科员,201901,,1\n";
    let reading = with(&[("A05.csv", ranks)]);
    assert_eq!(of(&reading, "A05"), ["A0121 A05!", "W0110 A05!A7", "W0112 A05!C6", "W0112 A05!C8"]);
    let case = case(reading);
    let of = |at: usize| {
        let person = &case.people[at];
        let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string());
        (person.level.clone(), date(person.level_since), person.grade.clone(), date(person.grade_since))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(of(0), (some("股级正职"), some("2020-01-01"), some("四级主任科员"), some("2019-07-01")));
    assert_eq!(of(1), (some("乡科级正职"), some("2018-03-01"), None, None));
    assert_eq!(of(2), (None, None, None, None));
}

#[test]
fn sanctions_weigh_until_their_end_and_rewards_do_not() {
    let rewards =
        "A0000,A1404A,A1407,A1424\nP-1,嘉奖,202401,\nP-1,记过,202506,\nP-2,警告,202508,\nP-3,撤职,202501,202506\n";
    let reading = with(&[("A14.csv", rewards)]);
    assert_eq!(of(&reading, "A14"), ["A0121 A14!", "A0207 A14!B3", "A0208 A14!B4"]);
    let until: Vec<_> = case(reading).people.iter().map(|person| person.discipline_until).collect();
    let date = |year, month| chrono::NaiveDate::from_ymd_opt(year, month, 1);
    assert_eq!(until, [date(2026, 6), date(2026, 8), None]);
}

/// Nothing that may be a sanction goes by in silence.
#[test]
fn sanctions_that_can_not_be_read_are_told() {
    let rewards = "A0000,A1404A,A1407\nP-1,记过,\nP-2,041,202501\nP-3,开除党籍,202501\n,记过,202510\nP-1,免予党纪处分、给予诫勉,202601\n\
                   P-2,撤销警告处分,202501\n";
    let reading = with(&[("A14.csv", rewards)]);
    assert_eq!(
        of(&reading, "A14"),
        ["A0121 A14!", "A0207 A14!B6", "W0112 A14!B3", "W0112 A14!B4", "W0114 A14!C2", "W0115 A14!A5"]
    );
    let until: Vec<_> = case(reading).people.iter().map(|person| person.discipline_until).collect();
    assert_eq!(until, [chrono::NaiveDate::from_ymd_opt(2026, 7, 1), None, None]);
}

/// Where a relative works is no business of theirs (R08).
#[test]
fn a_relatives_office_is_no_business() {
    let kin = "A0000,A3604A,A3601,A3611\nP-1,妻子,小红,乙局民办教育股科员\n";
    let case = case(with(&[("A36.csv", kin)]));
    assert_eq!(case.relations[0].other, None);
}

#[test]
fn appraisals_are_joined_by_year_and_codes_are_not_guessed() {
    let appraisals = "姓名,性别,出生年月,身份证号,考核年度,考核结果\n张三,男,198503,,2024,优秀\n张三,男,198503,,2023年度,称职\n李四,女,197506,,2024,2\n";
    let reading = with(&[("考核信息.csv", appraisals)]);
    assert_eq!(of(&reading, "考核信息"), ["A0111 考核信息!1", "A0121 考核信息!", "W0112 考核信息!F4"]);
    let said: Vec<_> = case(reading).people.into_iter().map(|person| person.appraisals).collect();
    assert_eq!(said, [Some("2023年称职；2024年优秀".to_owned()), None, None]);
}

#[test]
fn what_the_roster_says_itself_counts() {
    let roster = "工号,姓名,单位,现任职务,出生年月,任现岗位时间,人员状态,职级\n7,张三,财政局,预算股股长,1985-03,2020-01,在职,四级主任科员\n";
    let ranks = "姓名,职级,任职时间\n张三,三级主任科员,202401\n";
    let files = [("花名册.csv", roster.as_bytes().to_vec()), ("职务职级.csv", ranks.as_bytes().to_vec())];
    let reading = read_with(&files, &[]);
    assert_eq!(told(&reading), ["W0113 职务职级!B2"]);
    assert_eq!(case(reading).people[0].grade.as_deref(), Some("四级主任科员"));
}

/// An end of effect that the roster took from an older sanction is told to be earlier than the newer one's.
#[test]
fn a_newer_sanction_than_the_rosters_is_told() {
    let roster = "工号,姓名,单位,现任职务,出生年月,任现岗位时间,人员状态,影响期至\n7,张三,财政局,预算股股长,1985-03,2020-01,在职,2024-01-01\n";
    let rewards = "工号,奖惩名称,批准时间\n7,记过,202510\n";
    let files = [("花名册.csv", roster.as_bytes().to_vec()), ("奖惩.csv", rewards.as_bytes().to_vec())];
    let reading = read_with(&files, &[]);
    assert_eq!(told(&reading), ["A0207 奖惩!B2", "W0113 奖惩!B2"]);
}

#[test]
fn a_sheet_of_that_name_with_other_headings_is_left() {
    let other = "姓名,2022,2023,2024\n张三,优秀,称职,称职\n";
    let reading = with(&[("考核情况.csv", other)]);
    assert_eq!(of(&reading, "考核情况"), ["W0101 考核情况!"]);
}

#[test]
fn kin_are_told_by_what_they_are_called() {
    let kin = "A0000,A3604A,A3601,A3611\nP-1,妻子,李四,审计局局长\nP-1,邻居,赵六,务农\n";
    let reading = with(&[("A36.csv", kin)]);
    assert_eq!(of(&reading, "A36"), ["A0313 A36!C2", "W0105 A36!B3"]);
    let case = case(reading);
    assert_eq!(case.relations.len(), 1);
    assert_eq!(case.relations[0].staff_b.map(|ix| case.people[ix.0].id.as_str()), Some("P-2"));
}

/// An export reads back to the same people.
#[test]
fn an_export_keeps_what_was_filled() {
    let ranks = "A0000,A0531,A0501B,A0504\nP-1,1,四级主任科员,201907\n";
    let (_desk, path) =
        crate::messy::folder(&[("A01.csv", PEOPLE.as_bytes().to_vec()), ("A05.csv", ranks.as_bytes().to_vec())]);
    let (reading, text) = lungang::input::export::export(&path, &lungang::input::ReadOptions::default());
    let first = case(reading);
    let file = path.join("input.json");
    std::fs::write(&file, text.expect("exported")).expect("written");
    let again = case(lungang::input::read(&file, &lungang::input::ReadOptions::default()));
    let grades = |case: &Case| {
        case.people
            .iter()
            .map(|person| (person.id.clone(), person.grade.clone(), person.grade_since))
            .collect::<Vec<_>>()
    };
    assert_eq!(grades(&first), grades(&again));
    assert!(first.people[0].grade.is_some());
}
