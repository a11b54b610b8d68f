//! Kubernetes: the manifest of an Indexed Job, whose tasks take their number from `JOB_COMPLETION_INDEX`. Written, and not run
//! by us.

use super::tasks;
use crate::batch::Folder;
use crate::batch::manifest::make_private;
use crate::files::write_bytes;
use serde_json::{Value, json};
use std::io;
use std::path::PathBuf;

/// The folder in the run.
pub const NAME: &str = "kubernetes";

/// What to ask for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Cases a task.
    pub chunk: usize,
    /// Tasks at a time.
    pub at_once: usize,
    /// The image that holds the program.
    pub image: String,
    /// The claim of the volume that holds run and inputs, under the same paths as here.
    pub claim: String,
    /// Where the volume is mounted: a folder that holds all of them.
    pub mount: String,
    /// Memory of a task, as Kubernetes writes it.
    pub memory: Option<String>,
    /// Further options of `batch run`.
    pub run: Vec<String>,
}

/// Writes `job.json`, which `kubectl apply -f` takes.
///
/// # Errors
/// As the system says.
pub fn write(folder: &Folder, request: &Request, cases: usize) -> io::Result<PathBuf> {
    let place = folder.scheduler(NAME);
    make_private(&place)?;
    let path = place.join("job.json");
    let text = serde_json::to_string_pretty(&job(folder, request, cases))? + "\n";
    write_bytes(&path, text.as_bytes())?;
    Ok(path)
}

fn job(folder: &Folder, request: &Request, cases: usize) -> Value {
    let run = folder.path().to_string_lossy();
    // The number comes from the environment.
    let mut words = vec!["--quiet", "batch", "run", &*run, "--jobs", "1", "--chunk"];
    let chunk = request.chunk.to_string();
    words.push(&chunk);
    words.extend(request.run.iter().map(String::as_str));
    let limits = request.memory.as_ref().map_or_else(
        || json!({ "requests": { "cpu": "1" } }),
        |memory| json!({ "requests": { "cpu": "1", "memory": memory }, "limits": { "memory": memory } }),
    );
    let count = tasks(cases, request.chunk);
    json!({
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": { "name": "lungang" },
        "spec": {
            "completionMode": "Indexed",
            "completions": count,
            "parallelism": request.at_once.min(count),
            // A case that fails is noted in the run; only a task that is taken away is to run again.
            "backoffLimitPerIndex": 3,
            "maxFailedIndexes": count,
            "podFailurePolicy": { "rules": [
                { "action": "FailIndex", "onExitCodes": { "containerName": "lungang", "operator": "In", "values": [1, 2, 6] } },
                { "action": "Ignore", "onPodConditions": [{ "type": "DisruptionTarget" }] },
            ] },
            "template": { "spec": {
                "restartPolicy": "Never",
                "containers": [{
                    "name": "lungang",
                    "image": request.image,
                    "command": ["lungang"],
                    "args": words,
                    "resources": limits,
                    "volumeMounts": [{ "name": "data", "mountPath": request.mount }],
                }],
                "volumes": [{ "name": "data", "persistentVolumeClaim": { "claimName": request.claim } }],
            } },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_has_its_index() {
        let request = Request {
            chunk: 10,
            at_once: 50,
            image: "lungang:0.1.0".into(),
            claim: "rotation".into(),
            mount: "/data".into(),
            memory: Some("2Gi".into()),
            run: Vec::new(),
        };
        let job = job(&Folder::new(std::path::Path::new("/data/run")), &request, 162);
        assert_eq!(job["spec"]["completions"], 17);
        assert_eq!(job["spec"]["parallelism"], 17);
        assert_eq!(job["spec"]["completionMode"], "Indexed");
        let args = &job["spec"]["template"]["spec"]["containers"][0]["args"];
        assert_eq!(args[2], "run");
        assert_eq!(args[3], "/data/run");
    }
}
