// What is going on with a run and why: the words and the order of `nightshift status`.

import { badge, el, facts } from "./dom.js";
import { between, bytes, clock, count, freezeWords, ofState, ofVerdict, percent, seconds, whose, windowWords } from "./words.js";

const FRESH = 10;

export const workerAlive = (status) => status.worker !== null && status.worker.age < FRESH;

export const supervised = (status) => status.supervisor?.alive ?? false;

/** The steps that the run's state is about: the abort steps once it is aborting. */
export function currentPart(status) {
  const aborting = status.steps.some((step) => step.part === "abort" && step.state !== "pending");
  return status.steps.filter((step) => (step.part === "abort") === aborting);
}

/** The step that is being carried out or comes next; the last one when all are done. */
export function currentStep(status) {
  const part = currentPart(status);
  return part.find((step) => step.state !== "done") ?? part[part.length - 1];
}

export function place(status) {
  const part = currentPart(status);
  const known = {
    planned: "not begun", waiting: "not begun", preflight: "looking whether it can start", backup: "taking the backup",
    succeeded: `all ${part.length} steps done`, aborted: "abort plan done",
  }[status.run.state];
  const step = currentStep(status);
  if (known || !step) {
    return known ?? "";
  }
  const how = step.note ? `${step.kind}, ${step.note}` : step.kind;
  return [`${step.part === "abort" ? "abort step" : "step"} ${part.indexOf(step) + 1}/${part.length} `,
    el("strong", {}, step.name), ` (${how})`];
}

/** What the words on a run's place depend on. */
export function whereabouts(status) {
  const step = currentStep(status);
  return step ? [step.name, step.kind, step.note, step.part, currentPart(status).indexOf(step)] : [];
}

export function title(status) {
  const { run } = status;
  return [
    el("h1", {}, run.plan, " ", el("span", { class: "dim" }, `run ${run.id}`)),
    el("p", { class: "state" }, el("span", { id: "state", class: `badge big ${ofState(run.state)}` }, run.state), " ",
      el("span", {}, place(status))),
  ];
}

export function times({ run, at }) {
  return `for ${between(run.since, at)}, since ${clock(run.since, at)} · database ${run.database}`
      + ` · begun ${clock(run.startedAt ?? run.createdAt, at)} by ${run.by}`
      + (run.endedAt ? ` · took ${between(run.startedAt ?? run.createdAt, run.endedAt)}` : "");
}

/** Why it does not simply work, and what a person should do. */
export function why(status, next, queue) {
  const { run } = status;
  const lines = run.holders.map((holder) => ["held by", `${whose(holder)}: ${holder.reason}`, "careful"]);
  if (run.cause) {
    lines.push(["because", `${whose(run.cause)}: ${run.cause.reason}`, "bad"]);
  }
  if (run.failure) {
    lines.push(["failed", run.failure.what, "bad"], ["while", run.failure.doing], ["now", run.failure.state], ["do", run.failure.todo]);
  }
  if (run.question) {
    lines.push(["question", run.question, "bad"]);
  }
  (run.left ?? []).forEach((left) => lines.push(["left", left, "bad"]));
  status.steps.filter((step) => step.state === "asking" && !run.ended)
    .forEach((step) => lines.push(["asks", `step ${step.name} waits for a person: ${step.note}`, "careful"]));
  if (run.state === "planned") {
    // What holds it is said above.
    lines.push(run.holders.length === 0 && queue && ["queue", queue]);
  } else if (!run.ended && !supervised(status)) {
    lines.push(["watch", "nobody supervises this run, so nothing is written", "bad"]);
  } else if (run.state === "working" && !workerAlive(status)) {
    const sign = status.worker ? `no sign of life for ${seconds(Math.floor(status.worker.age))}` : "no sign of life yet";
    lines.push(["worker", sign, "careful"]);
  }
  if (next) {
    lines.push(["next", next]);
  }
  return lines.length > 0 && facts(lines);
}

export function progress(status) {
  const step = currentStep(status);
  if (!step || ["planned", "waiting", "preflight", "backup"].includes(status.run.state)) {
    return [];
  }
  const done = step.state === "done";
  const pieces = [];
  let bar = null;
  if (step.rowsTotal !== null && (done || step.rowsDone <= step.rowsTotal)) {
    const total = done ? step.rowsDone : step.rowsTotal;
    const ratio = done || total === 0 ? 1 : Math.min(step.rowsDone / total, 0.999);
    bar = el("progress", { max: 1000, value: Math.round(ratio * 1000), "aria-label": `Step ${step.name}` });
    pieces.push(el("strong", {}, percent(ratio)), `${count(step.rowsDone)} / ${count(total)} rows`);
  } else if (step.rowsDone > 0) {
    const more = step.rowsTotal === null ? "" : `, more than the ${count(step.rowsTotal)} expected`;
    pieces.push(`${count(step.rowsDone)} rows${more}`);
  }
  if (["working", "aborting"].includes(status.run.state) && workerAlive(status)) {
    if (status.worker.rowsPerSecond > 0) {
      pieces.push(`${count(status.worker.rowsPerSecond)} rows/s`);
    }
    if (status.expectedEnd && !status.outlook) {
      const far = Date.parse(status.expectedEnd) - Date.parse(status.at) > 20 * 3600 * 1000;
      pieces.push(far ? `done about in ${between(status.at, status.expectedEnd)}`
        : `done about ${clock(status.expectedEnd, status.at, false)}`);
    }
  }
  return [bar, pieces.length > 0 && el("p", { class: "pieces" }, pieces.map((piece) => el("span", {}, piece)))];
}

/** Who is alive, and what limits the run. */
export function limits(status) {
  const { glance, worker, supervisor, run } = status;
  const lines = [];
  if (glance && !run.ended) {
    const age = (Date.parse(status.at) - Date.parse(glance.at)) / 1000;
    if (age > FRESH) {
      lines.push(["last look", `${seconds(Math.floor(age))} ago; since then not known`, "careful"]);
    }
    lines.push(["verdict", badge(glance.verdict, ofVerdict(glance.verdict))]);
    lines.push(["pace", [glance.walRate > 0 ? `${glance.pace} of WAL` : glance.pace,
      glance.paceReasons.length > 0 && el("span", { class: "dim" }, ` ${glance.paceReasons.join("; ")}`)]]);
  }
  if (!run.ended) {
    lines.push(["supervisor", supervisor
      ? `${supervisor.holder}, ${supervisor.alive ? "alive" : "no sign of life"}` : "none", supervised(status) ? "" : "bad"]);
    lines.push(["worker", worker
      ? `${worker.host}/${worker.pid}, epoch ${worker.epoch}, sign of life ${seconds(worker.age)} ago` : "none"]);
  }
  if (worker && workerAlive(status) && run.state === "working") {
    lines.push(["batch", `${count(worker.batchRows)} rows in ${seconds(worker.batchMillis / 1000)}, ${bytes(worker.walPerSecond)}/s of WAL`]);
  }
  if (!run.ended) {
    for (const freeze of status.freezes) {
      lines.push(["freeze", freezeWords(freeze), "careful"]);
    }
    if (status.outlook) {
      lines.push(["outlook", status.outlook.sentence, ""]);
    }
  }
  if (status.window && !run.ended) {
    lines.push(["window", windowWords(status.window), status.window.open ? "" : "careful"]);
  }
  return lines.length > 0 && facts(lines);
}
