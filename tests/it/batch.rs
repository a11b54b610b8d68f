//! `lungang batch`: many cases, whatever happens to whoever works on them.

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn program() -> PathBuf {
    assert_cmd::cargo::cargo_bin("lungang")
}

fn lungang(folder: &Path, args: &[&str]) -> assert_cmd::assert::Assert {
    Command::new(program()).current_dir(folder).args(args).assert()
}

/// A folder with blanks in its name, `各局/` with so many inputs in it, and a file of two scenarios.
fn folder(inputs: usize) -> TempDir {
    let folder = tempfile::Builder::new().prefix("批 量 ").tempdir().unwrap();
    fs::create_dir(folder.path().join("各局")).unwrap();
    for seed in 1..=inputs {
        let (file, seed) = (format!("各局/第 {seed} 局.xlsx"), seed.to_string());
        let args = ["template", "--demo", "--people", "20", "--seed", &seed, "--lang", "zh", "-o", &file];
        lungang(folder.path(), &args).success();
    }
    let text = "[[scenario]]\nname='现行'\n[[scenario]]\nname='两 成'\npolicy.turnover.unit_share=0.2\n";
    fs::write(folder.path().join("情景.toml"), text).unwrap();
    folder
}

fn prepare(folder: &Path, run: &str, more: &[&str]) {
    let args = ["batch", "prepare", "各局", "--scenarios", "情景.toml", "-o", run, "--rounds", "40"];
    lungang(folder, &[&args[..], more].concat()).success();
}

/// SHA-256 of every paper of every case that is done, as its outcome has it, by case and name.
fn papers(run: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(run.join("cases")).unwrap() {
        let path = entry.unwrap().path();
        let outcome: Value = serde_json::from_slice(&fs::read(path.join("outcome.json")).unwrap()).unwrap();
        for (name, paper) in outcome["papers"].as_object().unwrap() {
            let case = path.file_name().unwrap().to_string_lossy().into_owned();
            found.insert(format!("{case}/{name}"), paper["sha256"].as_str().unwrap().to_owned());
        }
    }
    found
}

fn collected(folder: &Path, run: &str, code: i32) -> Value {
    let assert = lungang(folder, &["--json", "batch", "collect", run]).code(code);
    serde_json::from_slice(&assert.get_output().stdout).unwrap()
}

#[test]
fn every_case_is_done_once_and_what_is_odd_stops_no_other() {
    let folder = folder(2);
    let folder = folder.path();
    fs::write(folder.join("各局/坏.xlsx"), "no workbook").unwrap();
    fs::write(folder.join("各局/空.xlsx"), "").unwrap();
    fs::copy(folder.join("各局/第 1 局.xlsx"), folder.join("各局/副本.xlsx")).unwrap();
    fs::write(folder.join("各局/~$第 1 局.xlsx"), "lock").unwrap();
    fs::write(folder.join("各局/说明.txt"), "x").unwrap();
    let args =
        ["--lang", "en", "batch", "prepare", "各局", "--scenarios", "情景.toml", "-o", "运 行", "--rounds", "40"];
    lungang(folder, &args)
        .success()
        .stdout(contains("5 inputs × 2 scenarios = 10 cases"))
        .stderr(contains("E0104 空.xlsx"));
    // A second time it is the same, and nothing is changed.
    let before = fs::read(folder.join("运 行/manifest.json")).unwrap();
    lungang(folder, &args).success().stdout(contains("there already"));
    assert_eq!(before, fs::read(folder.join("运 行/manifest.json")).unwrap());
    let other = ["--lang", "en", "batch", "prepare", "各局", "-o", "运 行"];
    lungang(folder, &other).code(2).stderr(contains("E0943").and(contains("other scenarios")));
    lungang(folder, &["batch", "status", "运 行"]).success();
    assert_eq!(collected(folder, "运 行", 1)["missing"], 10);

    lungang(folder, &["batch", "run", "运 行", "--jobs", "2"]).code(1);
    let first = papers(&folder.join("运 行"));
    assert_eq!(first.len(), 6 * 3, "{first:?}");
    let again = lungang(folder, &["--json", "batch", "run", "运 行"]).code(1);
    let again: Value = serde_json::from_slice(&again.get_output().stdout).unwrap();
    assert_eq!((&again["done"], &again["kept"], &again["failed"]), (&0.into(), &6.into(), &4.into()));

    let summary = collected(folder, "运 行", 1);
    assert_eq!((&summary["done"], &summary["failed"], &summary["twice"]), (&6.into(), &4.into(), &2.into()));
    let open = summary["open"].as_array().unwrap();
    let why =
        |input: &str| open.iter().find(|case| case["input"] == input).unwrap()["why"].as_str().unwrap().to_owned();
    assert!(why("各局/坏.xlsx").contains("E0103") && why("各局/空.xlsx").contains("E0104"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.join("运 行/summary.xlsx")).unwrap();
    let names = calamine::Reader::sheet_names(&book);
    let rows: Vec<usize> =
        names.iter().map(|name| calamine::Reader::worksheet_range(&mut book, name).unwrap().rows().count()).collect();
    // A title, a line under it, the headings; four failed and two twice, two scenarios, ten cases.
    assert_eq!(rows, [3 + 6, 3 + 2, 3 + 10], "{names:?}");
    let metrics = fs::read_to_string(folder.join("运 行/metrics.csv")).unwrap();
    assert!(metrics.starts_with("\u{feff}case,input,input_scenario,metric,unit,year,grade,scenario,value,bound\r\n"));
    assert!(metrics.contains(",各局/第 2 局.xlsx,两 成,T3,,,,plan,"));
    // The plan of a case is that of `plan` with the same scenario and limits.
    let plan = [
        "--lang",
        "en",
        "plan",
        "各局/第 2 局.xlsx",
        "--scenarios",
        "情景.toml",
        "--scenario",
        "两 成",
        "--rounds",
        "40",
        "--threads",
        "1",
    ];
    lungang(folder, &[&plan[..], &["-o", "p.json"]].concat()).success();
    let case = open.len() + 5;
    let own = fs::read(folder.join("p.json")).unwrap();
    let all = fs::read_dir(folder.join("运 行/cases")).unwrap();
    let same =
        all.filter(|entry| fs::read(entry.as_ref().unwrap().path().join("plan.json")).is_ok_and(|kept| kept == own));
    assert_eq!(same.count(), 1, "{case}");
    lungang(folder, &["batch", "run", "各局"]).code(1).stderr(contains("E0945"));
    fs::create_dir(folder.join("别的")).unwrap();
    fs::write(folder.join("别的/笔记.txt"), "x").unwrap();
    lungang(folder, &["batch", "prepare", "各局", "-o", "别的"]).code(2).stderr(contains("E0944"));
}

#[test]
fn what_is_stale_is_found_and_done_again() {
    let folder = folder(2);
    let folder = folder.path();
    prepare(folder, "R", &["--papers", ""]);
    lungang(folder, &["batch", "run", "R"]).success();
    let sound = papers(&folder.join("R"));
    let case = |number: usize| folder.join(format!("R/cases/{number:06}"));
    let plan = fs::read_to_string(case(0).join("plan.json")).unwrap();
    // As long as before: only the hash can tell.
    fs::write(case(0).join("plan.json"), plan.replacen("\"done_on\"", "\"done_no\"", 1)).unwrap();
    fs::write(case(1).join("outcome.json"), "{").unwrap();
    fs::remove_file(case(2).join("metrics.csv")).unwrap();
    fs::rename(case(3), folder.join("R/cases/000099")).unwrap();
    let summary = collected(folder, "R", 1);
    assert_eq!(
        (&summary["stale"], &summary["missing"], &summary["strays"]),
        (&3.into(), &1.into(), &serde_json::json!(["000099"]))
    );
    // The quick look of a run does not see the first; a whole one does, once the size differs or it is taken away.
    fs::remove_dir_all(case(0)).unwrap();
    fs::remove_dir_all(folder.join("R/cases/000099")).unwrap();
    lungang(folder, &["batch", "run", "R"]).success();
    assert_eq!(sound, papers(&folder.join("R")));
    collected(folder, "R", 0);
    // An input that was changed since is refused, and named; put back, it is planned by the next run.
    let input = folder.join("各局/第 1 局.xlsx");
    let original = fs::read(&input).unwrap();
    fs::copy(folder.join("各局/第 2 局.xlsx"), &input).unwrap();
    fs::remove_dir_all(case(0)).unwrap();
    lungang(folder, &["--lang", "en", "batch", "run", "R"]).code(1).stderr(contains("E0949").and(contains("changed")));
    assert!(collected(folder, "R", 1)["open"][0]["why"].as_str().unwrap().contains("E0949"));
    fs::write(&input, original).unwrap();
    lungang(folder, &["batch", "run", "R"]).success();
    assert_eq!(sound, papers(&folder.join("R")));
}

/// A program that plans, but for inputs whose names tell otherwise.
#[cfg(unix)]
fn naughty(folder: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in\n\
         *吃内存*) x=$(head -c 400000000 /dev/zero | tr '\\0' x); exec sleep 600;;\n\
         *挂起*) exec sleep 600;;\n\
         *崩溃*) kill -SEGV $$;;\n\
         *疑*off*) exec '{0}' \"$@\";;\n\
         *疑*) exit 70;;\n\
         *空手*) exit 0;;\n\
         *) exec '{0}' \"$@\";;\nesac\n",
        program().display()
    );
    let path = folder.join("program.sh");
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[cfg(unix)]
#[test]
fn a_case_that_eats_memory_hangs_or_crashes_takes_itself_only() {
    let folder = folder(1);
    let folder = folder.path();
    for name in ["吃内存", "挂起", "崩溃", "疑", "空手"] {
        fs::copy(folder.join("各局/第 1 局.xlsx"), folder.join(format!("各局/{name}.xlsx"))).unwrap();
    }
    let program = naughty(folder).display().to_string();
    lungang(folder, &["batch", "prepare", "各局", "-o", "R", "--rounds", "20"]).success();
    let run = ["--lang", "en", "batch", "run", "R", "--program", &program, "--case-memory", "100", "--case-time", "10"];
    lungang(folder, &run)
        .code(1)
        .stderr(contains("more memory").and(contains("longer than")).and(contains("Ended from outside")));
    let summary = collected(folder, "R", 1);
    let ended = |input: &str| {
        let open = summary["open"].as_array().unwrap();
        open.iter()
            .find(|case| case["input"] == format!("各局/{input}.xlsx"))
            .map_or("done".into(), |case| case["ended"].clone())
    };
    assert_eq!(
        ["吃内存", "挂起", "崩溃", "空手", "疑", "第 1 局"].map(ended),
        ["memory", "time", "killed", "internal", "done", "done"].map(Value::from)
    );
    // Doubted once, planned without presolve, and said so.
    let cases = fs::read_dir(folder.join("R/cases")).unwrap();
    let outcomes: Vec<Value> = cases
        .map(|entry| serde_json::from_slice(&fs::read(entry.unwrap().path().join("outcome.json")).unwrap()).unwrap())
        .collect();
    let doubted: Vec<&Value> =
        outcomes.iter().filter(|outcome| outcome["without_presolve"] == true && outcome["ended"] == "done").collect();
    assert_eq!(doubted.len(), 1);
    let plan = folder.join(format!("R/cases/{:06}/plan.json", doubted[0]["case"].as_u64().unwrap()));
    let plan: Value = serde_json::from_slice(&fs::read(plan).unwrap()).unwrap();
    assert_eq!(plan["provenance"]["presolve"], "off");
    // What the machine did is tried again by itself; what the case did, only if asked.
    let again = lungang(folder, &["--json", "batch", "run", "R"]).code(1);
    let again: Value = serde_json::from_slice(&again.get_output().stdout).unwrap();
    assert_eq!((&again["done"], &again["failed"]), (&1.into(), &3.into()));
    lungang(folder, &["batch", "run", "R", "--retry-failed"]).success();
    collected(folder, "R", 0);
}

/// Starts a runner that nobody waits for.
fn started(folder: &Path, args: &[&str]) -> Child {
    std::process::Command::new(program())
        .current_dir(folder)
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Processes that a process began, or that were begun for a run.
fn children_of(parent: u32) -> Vec<sysinfo::Pid> {
    let mut system = sysinfo::System::new().unwrap();
    let what = sysinfo::ProcessRefreshKind::nothing().without_tasks();
    system.refresh_processes_specifics(sysinfo::ProcessesToUpdate::All, true, what);
    let parent = sysinfo::Pid::from_u32(parent);
    system.processes().iter().filter(|(_, process)| process.parent() == Some(parent)).map(|(id, _)| *id).collect()
}

fn kill(id: sysinfo::Pid) {
    // The shell's own: machines for tests may have no other.
    let _ = std::process::Command::new("sh").args(["-c", &format!("kill -9 {id}")]).stderr(Stdio::null()).status();
}

fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// So many kills in this test: `LUNGANG_KILLS` asks for more.
fn kills() -> u64 {
    std::env::var("LUNGANG_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(4)
}

#[cfg(unix)]
#[test]
fn kill_9_of_the_runner_a_child_or_everything_loses_and_doubles_nothing() {
    use rand::{RngExt, SeedableRng};
    let folder = folder(3);
    let folder = folder.path();
    prepare(folder, "R", &[]);
    prepare(folder, "ungestört", &[]);
    lungang(folder, &["batch", "run", "ungestört"]).success();
    let sound = papers(&folder.join("ungestört"));
    let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(7);
    let mut hit = BTreeMap::from([("runner", 0), ("child", 0), ("everything", 0)]);
    for at in 0..kills() {
        // Now and then from the very beginning, so that there is always something left to break off.
        if at % 3 == 0 {
            let _ = fs::remove_dir_all(folder.join("R/cases"));
        }
        let mut runner = started(folder, &["batch", "run", "R", "--jobs", "2"]);
        std::thread::sleep(Duration::from_millis(dice.random_range(5..400)));
        let what = ["runner", "child", "everything"][usize::try_from(at % 3).unwrap()];
        let children = children_of(runner.id());
        match what {
            "child" => children.first().into_iter().for_each(|id| kill(*id)),
            _ => {
                runner.kill().unwrap();
                if what == "everything" {
                    children.iter().for_each(|id| kill(*id));
                }
            }
        }
        *hit.get_mut(what).unwrap() += usize::from(what != "child" || !children.is_empty());
        runner.wait().unwrap();
        // Nobody goes on working for a runner that is gone.
        wait_for("children end with their runner", || {
            let mut system = sysinfo::System::new().unwrap();
            system.refresh_processes(sysinfo::ProcessesToUpdate::Some(&children), true);
            children
                .iter()
                .all(|id| system.process(*id).is_none_or(|process| process.status() == sysinfo::ProcessStatus::Zombie))
        });
    }
    lungang(folder, &["batch", "run", "R"]).success();
    assert_eq!(sound, papers(&folder.join("R")));
    assert_eq!(fs::read_dir(folder.join("R/cases")).unwrap().count(), 6);
    assert_eq!(fs::read_dir(folder.join("R/desk")).unwrap().count(), 0, "nothing half-done is left");
    assert_eq!(collected(folder, "R", 0)["done"], 6);
    println!("killed: {hit:?}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_and_cancel_leave_what_is_done_and_go_on_later() {
    let folder = folder(3);
    let folder = folder.path();
    prepare(folder, "R", &["--papers", ""]);
    let program = naughty(folder).display().to_string();
    fs::copy(folder.join("各局/第 1 局.xlsx"), folder.join("各局/挂起.xlsx")).unwrap();
    prepare(folder, "S", &[]);
    let mut runner = started(folder, &["batch", "run", "S", "--jobs", "1", "--program", &program]);
    let hanging = || children_of(runner.id());
    wait_for("the case that hangs is begun", || !hanging().is_empty() && papers_count(&folder.join("S")) == 0);
    let interrupt = format!("kill -INT {}", runner.id());
    let status = std::process::Command::new("sh").args(["-c", &interrupt]).status().unwrap();
    assert!(status.success());
    assert_eq!(runner.wait().unwrap().code(), Some(130));
    assert_eq!(fs::read_dir(folder.join("S/desk")).unwrap().count(), 0);
    // A run that is called off begins nothing; called again, it goes on.
    lungang(folder, &["batch", "cancel", "R"]).success();
    assert!(folder.join("R/stop").exists());
    lungang(folder, &["batch", "run", "R", "--index", "0", "--chunk", "6"]).code(130);
    lungang(folder, &["batch", "run", "R"]).success();
    collected(folder, "R", 0);
}

/// A terminal sends Ctrl-C to every process of the group that is in front, runner and children alike.
#[cfg(unix)]
#[test]
fn ctrl_c_in_a_terminal_is_no_failure_of_the_cases_under_way() {
    let folder = folder(1);
    let folder = folder.path();
    fs::rename(folder.join("各局/第 1 局.xlsx"), folder.join("各局/挂起.xlsx")).unwrap();
    prepare(folder, "R", &["--papers", ""]);
    let program = naughty(folder).display().to_string();
    let mut command = std::process::Command::new(self::program());
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut runner = command
        .current_dir(folder)
        .args(["batch", "run", "R", "--jobs", "2", "--program", &program])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_for("both cases are begun", || children_of(runner.id()).len() == 2);
    let interrupt = format!("kill -INT -{}", runner.id());
    assert!(std::process::Command::new("sh").args(["-c", &interrupt]).status().unwrap().success());
    assert_eq!(runner.wait().unwrap().code(), Some(130));
    assert_eq!(papers_count(&folder.join("R")), 0, "nothing is noted as failed");
    assert_eq!(fs::read_dir(folder.join("R/desk")).unwrap().count(), 0);
}

/// File systems of Linux take any bytes for a name; archives packed elsewhere bring those of GB18030.
#[cfg(target_os = "linux")]
#[test]
fn a_name_in_another_encoding_is_told_and_stops_no_other() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(1);
    let folder = folder.path();
    let name = std::ffi::OsStr::from_bytes(b"\xb2\xc6\xd5\xfe.xlsx");
    fs::copy(folder.join("各局/第 1 局.xlsx"), folder.join("各局").join(name)).unwrap();
    let args = ["--lang", "en", "batch", "prepare", "各局", "-o", "R", "--rounds", "0", "--papers", ""];
    lungang(folder, &args).success().stdout(contains("2 inputs")).stderr(contains("E0954"));
    lungang(folder, &args).success().stdout(contains("there already"));
    lungang(folder, &["batch", "run", "R"]).code(1);
    let summary = collected(folder, "R", 1);
    assert_eq!((&summary["done"], &summary["failed"]), (&1.into(), &1.into()));
    assert!(summary["open"][0]["why"].as_str().unwrap().contains("E0954"));
}

fn papers_count(run: &Path) -> usize {
    fs::read_dir(run.join("cases")).map_or(0, Iterator::count)
}

#[test]
fn two_runners_at_one_run_do_no_harm() {
    let folder = folder(3);
    let folder = folder.path();
    prepare(folder, "R", &[]);
    prepare(folder, "allein", &[]);
    lungang(folder, &["batch", "run", "allein"]).success();
    let mut runners: Vec<Child> = (0..3).map(|_| started(folder, &["batch", "run", "R", "--jobs", "2"])).collect();
    for runner in &mut runners {
        assert_eq!(runner.wait().unwrap().code(), Some(0));
    }
    assert_eq!(papers(&folder.join("allein")), papers(&folder.join("R")));
    assert_eq!(fs::read_dir(folder.join("R/desk")).unwrap().count(), 0);
    collected(folder, "R", 0);
}

/// A small file system in memory; `None` where this user may not mount one.
#[cfg(target_os = "linux")]
struct Small(PathBuf);

#[cfg(target_os = "linux")]
impl Small {
    fn mounted(at: &Path, kb: u32) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let options = format!("size={kb}k");
        let tried = std::process::Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(at).output();
        tried.is_ok_and(|output| output.status.success()).then(|| Self(at.to_owned()))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Small {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_and_the_rest_is_done_once_there_is_room() {
    let folder = folder(3);
    let folder = folder.path();
    let Some(_small) = Small::mounted(&folder.join("小"), 420) else {
        println!("skipped: no right to mount a small file system");
        return;
    };
    prepare(folder, "小/R", &[]);
    lungang(folder, &["--lang", "en", "batch", "run", "小/R", "--jobs", "1"])
        .failure()
        .stderr(contains("No space left"));
    let summary = collected_outside(folder, "小/R");
    let done = summary["done"].as_u64().unwrap();
    assert!((1..6).contains(&done), "{summary}");
    assert_eq!(
        summary["done"].as_u64().unwrap() + summary["failed"].as_u64().unwrap() + summary["missing"].as_u64().unwrap(),
        6
    );
    assert_eq!(summary["stale"], 0);
    let more =
        std::process::Command::new("mount").args(["-o", "remount,size=40m"]).arg(folder.join("小")).status().unwrap();
    assert!(more.success());
    lungang(folder, &["batch", "run", "小/R"]).success();
    assert_eq!(collected(folder, "小/R", 0)["done"], 6);
}

/// The summary of a run on a full disk goes elsewhere.
#[cfg(target_os = "linux")]
fn collected_outside(folder: &Path, run: &str) -> Value {
    let assert = lungang(folder, &["--json", "batch", "collect", run, "-o", "s.xlsx", "--metrics", "m.csv"]).code(1);
    serde_json::from_slice(&assert.get_output().stdout).unwrap()
}

/// A scheduler of shell scripts that runs every task at once, one after the other, some of them twice.
#[cfg(unix)]
fn scheduler(folder: &Path) -> String {
    use std::os::unix::fs::PermissionsExt;
    let bin = folder.join("bin");
    fs::create_dir(&bin).unwrap();
    let sbatch = "#!/bin/sh\necho \"sbatch $*\" >>calls\nfor last; do :; done\nn=-1\n\
                  for word; do case \"$word\" in --array=0-*) n=${word#--array=0-}; n=${n%%%*};; esac; done\n\
                  if [ \"$n\" -ge 0 ]; then i=0; while [ $i -le $n ]; do SLURM_ARRAY_TASK_ID=$i sh \"$last\" >>log 2>&1; \
                  i=$((i+1)); done; SLURM_ARRAY_TASK_ID=0 sh \"$last\" >>log 2>&1; echo 41; else sh \"$last\" >>log 2>&1; echo 42; fi\n";
    let scripts = [
        ("sbatch", sbatch),
        ("scontrol", "#!/bin/sh\necho 'MaxArraySize            = 3'\n"),
        ("squeue", "#!/bin/sh\nprintf 'PENDING\\nRUNNING\\nPENDING\\n'\n"),
        ("scancel", "#!/bin/sh\necho \"scancel $*\" >>calls\n"),
    ];
    for (name, text) in scripts {
        fs::write(bin.join(name), text).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default())
}

#[cfg(unix)]
#[test]
fn a_scheduler_does_every_case_once_though_it_runs_a_task_twice() {
    let folder = folder(3);
    let folder = folder.path();
    prepare(folder, "R", &[]);
    prepare(folder, "hier", &[]);
    lungang(folder, &["batch", "run", "hier"]).success();
    let path = scheduler(folder);
    let with_path = |args: &[&str]| Command::new(program()).current_dir(folder).env("PATH", &path).args(args).assert();
    let dry = ["batch", "submit", "R", "--scheduler", "slurm", "--dry-run", "--partition", "main", "--", "--mem=1G"];
    with_path(&dry).success().stdout(contains("--array=0-2").and(contains("--partition=main --mem=1G")));
    assert!(!folder.join("calls").exists());
    // Six cases, three tasks at most: two cases a task, and it says so.
    let submit = ["--lang", "en", "batch", "submit", "R", "--scheduler", "slurm", "--case-time", "60"];
    with_path(&submit)
        .success()
        .stdout(contains("array 41 (3 tasks, 6 cases)"))
        .stderr(contains("2 cases a task instead of 1"));
    let calls = fs::read_to_string(folder.join("calls")).unwrap();
    assert!(calls.contains("--dependency=afterany:41"), "{calls}");
    assert_eq!(papers(&folder.join("hier")), papers(&folder.join("R")));
    assert!(folder.join("R/summary.xlsx").exists() && folder.join("R/metrics.csv").exists());
    collected(folder, "R", 0);
    with_path(&["--lang", "en", "batch", "status", "R"]).success().stdout(contains("PENDING 2, RUNNING 1"));
    with_path(&["batch", "cancel", "R"]).success();
    assert!(fs::read_to_string(folder.join("calls")).unwrap().contains("scancel 41 42"));
    let none = Command::new(program())
        .current_dir(folder)
        .env("PATH", folder)
        .args(["batch", "submit", "R", "--scheduler", "slurm"])
        .assert();
    none.code(6).stderr(contains("E0950"));
    lungang(folder, &["batch", "submit", "R", "--scheduler", "kubernetes", "--chunk", "4", "--image", "i:1"]).success();
    let job: Value = serde_json::from_slice(&fs::read(folder.join("R/kubernetes/job.json")).unwrap()).unwrap();
    assert_eq!(job["spec"]["completions"], 2);
    // A task of an Indexed Job takes its number from the environment.
    fs::remove_dir_all(folder.join("R/cases")).unwrap();
    let _ = fs::remove_file(folder.join("R/stop"));
    let task = Command::new(program())
        .current_dir(folder)
        .env("JOB_COMPLETION_INDEX", "1")
        .args(["batch", "run", "R", "--chunk", "4"])
        .assert();
    task.success();
    assert_eq!(papers_count(&folder.join("R")), 2);
}
