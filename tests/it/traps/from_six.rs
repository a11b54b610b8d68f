//! Order of moves, lines, units, equals, small shares, drafts.

use super::*;

#[test]
fn trap_06_cycles_are_one_batch_and_chains_begin_with_the_vacancy() {
    // Three swap round: every seat is taken, so nobody could go first.
    let ring = ["a", "b", "c"];
    let mut build = CaseBuilder::new().post("d", "局", "丁股", |_| ());
    for post in ring {
        build = build.post(post, "局", &format!("{post}股"), |post| post.risk = Grade::High);
        build = build.person(&format!("n{post}"), post, "2015-07-01", |_| ());
    }
    let case = build.build();
    let policy = policy(1);
    let still = nobody_moves(&case, &policy);
    let round = [("na", "b"), ("nb", "c"), ("nc", "a")];
    let layout = round.iter().fold(still.clone(), |layout, (who, to)| moved(&case, &layout, who, 1, to));
    let plan = written(&case, &policy, &layout);
    let batches = |plan: &PlanFile| plan.moves.iter().map(|row| (row.batch, row.date)).collect::<BTreeSet<_>>();
    assert_eq!(batches(&plan), BTreeSet::from([(1, day("2025-07-01"))]));
    let replays = |plan: &PlanFile| judge_plan(&case, plan, false).breaches.iter().any(|found| found.rule == "REPLAY");
    assert!(!replays(&plan));
    // Parted, the yearly snapshot is the same, and it can't be carried out.
    let mut parted = plan.clone();
    (1..).zip(&mut parted.moves).for_each(|(batch, row)| row.batch = batch);
    assert!(replays(&parted));
    // The engine's own plan of such a ring is such a batch.
    let (best, verdict) = planned(&case, &policy);
    assert_eq!(value(&verdict, Tier::Risk(0)), 0);
    assert!(best.moves.len() >= 3 && !replays(&best));

    // A chain into the free post d: c before b before a, in one batch or vacancy first, never the other way.
    let chain = [("nc", "d"), ("nb", "c"), ("na", "b")];
    let layout = chain.iter().fold(still, |layout, (who, to)| moved(&case, &layout, who, 1, to));
    let mut plan = written(&case, &policy, &layout);
    assert!(!replays(&plan));
    let order = |plan: &mut PlanFile, numbers: [(&str, u32); 3]| {
        let numbers = BTreeMap::from(numbers);
        plan.moves.iter_mut().for_each(|row| row.batch = numbers[row.staff.as_str()]);
    };
    order(&mut plan, [("nc", 1), ("nb", 2), ("na", 3)]);
    assert!(!replays(&plan));
    order(&mut plan, [("na", 1), ("nb", 2), ("nc", 3)]);
    assert!(replays(&plan));
}

#[test]
fn trap_07_lines_run_from_post_to_post() {
    let mut case = CaseBuilder::new()
        .post("lead", "局", "", |post| (post.lead, post.risk, post.min_present) = (Lead::Vice, Grade::High, Some(0)))
        .post("desk", "局", "一股", |_| ())
        .post("other", "局", "二股", |post| (post.risk, post.min_present) = (Grade::High, Some(0)))
        .post("far", "外局", "", |post| (post.headcount, post.min_present) = (3, Some(0)))
        .person("ann", "desk", "2024-07-01", |_| ())
        .person("bob", "other", "2018-07-01", |_| ())
        .person("cat", "lead", "2018-07-01", |_| ())
        .build();
    let [lead, desk] = ["lead", "desk"].map(|id| case.post_by_id(id).expect("listed"));
    case.posts[desk.0].reports_to = Some(lead);
    let row = case.people[0].row;
    let kin = |a: usize, b: usize| Relation {
        staff_a: PersonIx(a),
        staff_b: Some(PersonIx(b)),
        kind: Some(Kin::Spouse),
        other: None,
        row,
    };
    let mut policy = policy(2);
    policy.rules.insert("R07".into(), true);
    let still = nobody_moves(&case, &policy);
    let breaches = |case: &Case, layout: &Layout| -> Vec<(&'static str, usize)> {
        judge(case, &policy, layout).breaches.iter().map(|breach| (breach.rule, breach.year)).collect()
    };

    // Ann and Bob are a couple. Bob comes to lead in year 2: the line from Ann's post is his from then on.
    case.relations = vec![kin(0, 1)];
    assert_eq!(breaches(&case, &still), []);
    let leads = moved(&case, &moved(&case, &still, "cat", 2, "far"), "bob", 2, "lead");
    assert_eq!(breaches(&case, &leads), [("R07", 2)]);
    // So the engine has him go elsewhere, though the lead is to change and his post is overdue too.
    let (plan, verdict) = planned(&case, &policy);
    assert!(value(&verdict, Tier::Risk(0)) == 0 && plan.moves.iter().all(|row| row.to != "lead"));

    // Ann and Cat are a couple: the data have it so. When Cat no longer leads, the line no longer runs to her.
    case.relations = vec![kin(0, 2)];
    let inherited = |layout: &Layout| judge(&case, &policy, layout).inherited.len();
    assert_eq!(inherited(&still), 2);
    assert_eq!(inherited(&moved(&case, &still, "cat", 2, "far")), 1);
    // And it runs to whoever leads now, who is no kin of hers.
    assert_eq!(breaches(&case, &leads), []);
}

#[test]
fn trap_08_units_are_planned_as_one_and_printed_each() {
    // Two in U and one in V are overdue; U has nothing free, V one seat, and V's own may go to U.
    let case = CaseBuilder::new()
        .post("u1", "U", "S", high)
        .post("u2", "U", "S", high)
        .post("v1", "V", "T", high)
        .post("v2", "V", "T", free)
        .person("ann", "u1", "2015-07-01", |_| ())
        .person("bob", "u2", "2015-07-01", |_| ())
        .person("cat", "v1", "2015-07-01", |_| ())
        .build();
    let policy = policy(1);
    // Each for itself would send both of U's people to the same free seat of V.
    let still = nobody_moves(&case, &policy);
    let both = ["ann", "bob"].iter().fold(still, |layout, who| moved(&case, &layout, who, 1, "v2"));
    assert_eq!(rules(&judge(&case, &policy, &both).breaches), BTreeSet::from(["R01"]));
    // In one model seats given are seats there are, across units too.
    let (plan, verdict) = planned(&case, &policy);
    assert_eq!(value(&verdict, Tier::Risk(0)), 0);
    let unit = |id: &str| case.post(case.post_by_id(id).expect("listed")).unit;
    let crossing: Vec<_> =
        plan.moves.iter().filter(|row| unit(row.from.as_deref().expect("a move")) != unit(&row.to)).collect();
    assert!(!crossing.is_empty());
    for post in &case.posts {
        let held = plan.layout.values().filter(|line| line[1].post.as_deref() == Some(post.id.as_str())).count();
        assert!(held <= post.headcount as usize, "{}", post.id);
    }
    // Printed per unit: whoever crosses stands in the papers of both, the one that they leave and the one whose post view
    // has them, everybody else in those of their own.
    let folder = tempfile::tempdir().expect("a folder");
    let units = folder.path().join("units");
    Papers::new(&case, &policy, &plan, Lang::Zh).write_units(&units).expect("written");
    let mut texts = BTreeMap::new();
    crate::masked::texts(&units, &mut texts);
    for row in &plan.moves {
        let own = [unit(row.from.as_deref().expect("a move")), unit(&row.to)];
        for (at, unit) in case.units.iter().enumerate() {
            let named = texts.iter().any(|(file, text)| {
                file.contains(&format!("{}.", unit.name)) && text.contains(&format!(">{}<", row.staff))
            });
            assert_eq!(named, own.iter().any(|own| own.0 == at), "{} in {}", row.staff, unit.name);
        }
    }
}

#[test]
fn trap_09_equal_people_are_parted_by_the_published_draw() {
    let of_names = |names: [&str; 4]| {
        let mut build = CaseBuilder::new().post("goal", "外局", "", free);
        for (at, name) in names.iter().enumerate() {
            let post = format!("p{at}");
            build = build.post(&post, "局", &format!("{at}股"), high).person(name, &post, "2015-07-01", |_| ());
        }
        // One of them may go this year.
        build.cap("局", 1).build()
    };
    let policy = policy(1);
    let who = |seed: u64, case: &Case| {
        let (plan, _) = planned_by(seed, case, &policy);
        assert_eq!(plan.moves.len(), 1);
        plan.moves[0].staff.clone()
    };
    let mut chosen = BTreeSet::new();
    for seed in 0..12 {
        let names = ["n1", "n2", "n3", "n4"];
        let case = of_names(names);
        let lowest = names.iter().min_by_key(|name| lot(seed, name)).expect("somebody");
        assert_eq!(who(seed, &case), **lowest, "seed {seed}");
        // The same every run, and whatever post or row they stand in.
        assert_eq!(who(seed, &case), **lowest);
        assert_eq!(who(seed, &of_names(["n4", "n2", "n1", "n3"])), **lowest);
        chosen.insert(*lowest);
    }
    assert!(chosen.len() > 2, "a draw, not the alphabet: {chosen:?}");
    // The draw is the order of SHA-256 of `seed:id`, which anybody can compute: printf 7:n1 | sha256sum.
    let hash: String = lot(7, "n1").iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hash, HASH_OF_7_N1);
    // Longer tenure comes first, before the draw: two days more, the same months.
    for seed in 0..6 {
        let mut case = of_names(["n1", "n2", "n3", "n4"]);
        case.people[2].post_since = Some(lungang_domain::case::Since { date: day("2015-06-29"), at_least: false });
        assert_eq!(who(seed, &case), "n3");
    }
}

const HASH_OF_7_N1: &str = "d1ecda97d5e092a3ffa00815acf97c8c24c48b85363013aca9eddc420aa20ad1";

#[test]
fn trap_10_shares_of_small_units_are_rounded_as_published() {
    // 30 % of 3 is nobody, and so one; of 7 two; of 10 three, not 2.9999.
    for (size, cap) in [(1, 1), (2, 1), (3, 1), (4, 1), (6, 1), (7, 2), (9, 2), (10, 3), (20, 6)] {
        let mut build =
            CaseBuilder::new().post("x", "外局", "", |post| (post.headcount, post.min_present) = (40, Some(0)));
        for at in 0..size {
            build = build.post(&format!("p{at:02}"), "局", "", high).person(
                &format!("n{at:02}"),
                &format!("p{at:02}"),
                "2015-07-01",
                |_| (),
            );
        }
        // All but three retire within the first year: the base of the second is that of today.
        for at in 3..size {
            build = build.event("2026-06-30", EventKind::Leave, &format!("n{at:02}"), "", "");
        }
        let case = build.build();
        let mut policy = policy(2);
        policy.turnover.unit_share = Share::from_fraction(0.3).expect("a share");
        let still = nobody_moves(&case, &policy);
        for t in [1, 2] {
            for movers in 1..=size.min(3) {
                let layout =
                    (0..movers).fold(still.clone(), |layout, at| moved(&case, &layout, &format!("n{at:02}"), t, "x"));
                let verdict = judge(&case, &policy, &layout);
                let wanted = if movers > cap { BTreeSet::from(["R12"]) } else { BTreeSet::new() };
                assert_eq!(rules(&verdict.breaches), wanted, "{movers} of {size} in year {t}");
            }
        }
        // The engine goes as far as that in each year, and no further.
        let (plan, _) = planned(&case, &policy);
        let of_year = |year: u32| plan.moves.iter().filter(|row| row.year == year).count();
        assert_eq!(of_year(1), cap.min(size.min(3)), "{size}");
        assert!(of_year(2) <= cap);
    }
}

fn lungang(folder: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    Command::cargo_bin("lungang").expect("built").current_dir(folder).args(args).assert()
}

#[test]
fn trap_12_drafts_leave_the_office_without_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    lungang(folder, &["template", "--demo", "--people", "24", "--seed", "5", "-o", "demo/"]).success();
    let plan = ["plan", "demo", "--mask", "--mask-key", "key.csv", "--rounds", "12"];
    fs::create_dir(folder.join("out")).expect("a folder");
    let every = ["-o", "out/p.json", "-o", "out/p/", "-o", "out/p.xlsx", "-o", "out/p.docx", "-o", "out/p.html"];
    lungang(folder, &[&plan[..], &every, &["--per-unit", "out/units"]].concat()).success();
    let case =
        lungang::input::read(&folder.join("demo"), &lungang::input::ReadOptions::default()).case.expect("a case");
    let mut texts = BTreeMap::new();
    crate::masked::texts(&folder.join("out"), &mut texts);
    let all: String = texts.into_values().collect();
    for person in &case.people {
        for secret in
            [Some(person.name.clone()), Some(person.id.0.clone()), person.birth_date.map(|day| day.to_string())]
        {
            assert!(secret.is_none_or(|secret| !all.contains(&secret)), "{}", person.id);
        }
    }
    // The codes are stable: by another policy, into other formats, everybody has the code they had.
    let key = fs::read_to_string(folder.join("key.csv")).expect("the key");
    assert!(case.people.iter().all(|person| key.contains(&person.name) && key.contains(&person.id.0)));
    assert!(!folder.join("out/key.csv").exists());
    let again =
        ["plan", "demo", "--mask", "--mask-key", "again.csv", "--rounds", "2", "--years", "1", "-o", "other.json"];
    lungang(folder, &again).success();
    assert_eq!(fs::read_to_string(folder.join("again.csv")).expect("the key"), key);

    // Forced leave: which measure stands in for a rotation is proposed, and no output has its days, so that there is no plan
    // of leaves to hide; behind the mask nobody is named with the measure either.
    let case = CaseBuilder::new()
        .post("cash", "局", "财务股", |post| {
            post.risk = Grade::High;
            post.required_certificates = vec!["会计".into()];
        })
        .post("file", "局", "财务股", |_| ())
        .person("N-ann", "cash", "2015-07-01", |person| {
            person.name = "安一一".into();
            person.certificates = vec!["会计".into()];
            person.under_investigation = Some(Investigation::Review);
        })
        .person("N-bob", "file", "2024-07-01", |person| person.certificates = vec!["驾驶".into()])
        .build();
    let policy = policy(3);
    let plan = written(&case, &policy, &nobody_moves(&case, &policy));
    let leave =
        plan.deferrals.iter().filter(|row| row.substitute.as_ref().is_some_and(|text| text.contains("强制休假")));
    assert!(leave.count() > 0);
    let mask = lungang::output::mask::Mask::of(&case);
    let shown = mask.case(&case);
    let plan = written(&shown, &policy, &nobody_moves(&shown, &policy));
    let masked = fs::read_to_string({
        let target = folder.join("leave.json");
        Papers::masked(&shown, &policy, &plan, Lang::Zh, &mask).write(&target).expect("written");
        target
    })
    .expect("a plan");
    assert!(masked.contains("强制休假") && !masked.contains("安一一") && !masked.contains("N-ann"));
    let days = ["2025-07-02", "2026-07-02"];
    assert!(days.iter().all(|day| !masked.contains(day)));
}
