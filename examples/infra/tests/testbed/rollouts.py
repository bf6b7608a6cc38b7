"""Plays Argo Rollouts for one Rollout, as far as a canary's state goes: no pods, no traffic. Which state follows from which is that of
rollout/canary.go and rollout/sync.go of Argo Rollouts 1.10; a hold takes a second, and what is judged then is in a file: good or bad.
usage: rollouts.py NAME NAMESPACE VERDICT; KUBECTL and KUBECONFIG from the environment; runs until it is ended"""
import hashlib, json, os, subprocess, sys, time

name, namespace, verdict = sys.argv[1:]
kubectl = [os.environ["KUBECTL"], "--namespace", namespace]
# Hashes of templates in the order in which their ReplicaSets would have been made.
made = []


def run(*arguments):
    return subprocess.run([*kubectl, *arguments], capture_output=True, text=True)


def within_window(rollout, current, stable):
    revisions = rollout["spec"].get("rollbackWindow", {}).get("revisions", 0)
    if current not in made or stable not in made or made.index(current) >= made.index(stable):
        return False
    return made.index(stable) - made.index(current) - 1 < revisions


def reconcile(rollout):
    """Gives the status that follows."""
    spec, status = rollout["spec"], rollout.get("status") or {}
    steps = spec["strategy"]["canary"]["steps"]
    digest = lambda value: hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:10]
    current = digest(spec["template"])
    if current not in made:
        made.append(current)
    new = dict(status, observedGeneration=str(rollout["metadata"]["generation"]), currentPodHash=current, currentStepHash=digest(steps))
    stable = status.get("stableRS", "")
    if (status.get("currentPodHash"), status.get("currentStepHash")) != (current, new["currentStepHash"]):
        back = current == stable or within_window(rollout, current, stable)
        new.update(abort=False, promoteFull=False, pauseConditions=None, controllerPause=False, currentStepIndex=len(steps) if back else 0)
        new.update(phase="Progressing", heldSince=None)
        return new
    step = status["currentStepIndex"]
    if status.get("promoteFull") or within_window(rollout, current, stable):
        step = len(steps)
        new.update(abort=False, pauseConditions=None, controllerPause=False)
    if not stable or (step == len(steps) and not new.get("abort")):
        new.update(stableRS=current, promoteFull=False, abort=False, pauseConditions=None, controllerPause=False, currentStepIndex=len(steps))
        # Pods of the version become ready after it has the traffic.
        new["phase"] = "Healthy" if status.get("stableRS") == current else "Progressing"
        return new
    if new.get("abort"):
        new.update(phase="Degraded", pauseConditions=None, controllerPause=False, currentStepIndex=0)
        return new
    if "setWeight" in steps[step]:
        step += 1
    elif "duration" in steps[step]["pause"]:
        since = status.get("heldSince")
        if since is None:
            new.update(heldSince=time.time(), controllerPause=True, pauseConditions=[{"reason": "CanaryPauseStep"}])
        elif time.time() - since > 1:
            new.update(heldSince=None, controllerPause=False, pauseConditions=None)
            if open(verdict).read().strip() == "bad":
                new["abort"] = True
            else:
                step += 1
    elif not status.get("controllerPause"):
        new.update(controllerPause=True, pauseConditions=[{"reason": "CanaryPauseStep"}])
    elif not status.get("pauseConditions"):
        new["controllerPause"] = False
        step += 1
    new.update(currentStepIndex=step, phase="Paused" if new.get("pauseConditions") else "Progressing")
    return new


while True:
    answer = run("get", "rollout.argoproj.io", name, "--output", "json")
    if answer.returncode == 0:
        rollout = json.loads(answer.stdout)
        status = reconcile(rollout)
        if status != rollout.get("status"):
            # What has changed since is looked at in the next round.
            patch = {"metadata": {"resourceVersion": rollout["metadata"]["resourceVersion"]}, "status": status}
            run("patch", "rollout.argoproj.io", name, "--subresource=status", "--type=merge", "--patch", json.dumps(patch))
    time.sleep(0.3)
