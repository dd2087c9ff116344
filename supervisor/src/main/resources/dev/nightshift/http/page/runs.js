// The list of runs, with what is asked of it in the hash: a link to it shows the same.

import { get, queued } from "./api.js";
import { badge, el, fill, say, table } from "./dom.js";
import { sleep } from "./stream.js";
import { ALL_STATES, between, clock, ofState, whose } from "./words.js";

const EVERY = 2_000;

export function showRuns({ main, query, setLink }) {
  document.title = "Runs · Nightshift";
  const gone = new AbortController();
  const wanted = { database: query.get("database") ?? "", plan: query.get("plan") ?? "", state: query.get("state") ?? "" };
  const databases = el("div", { class: "databases" });
  const choice = filters(wanted);
  const trouble = el("div", { "aria-live": "polite" });
  const list = el("div", {});
  main.replaceChildren(el("h1", {}, "Runs"), databases, choice.form, trouble, list);
  follow();
  return () => gone.abort();

  async function follow() {
    while (!gone.signal.aborted) {
      if (!document.hidden) {
        await look();
      }
      await sleep(EVERY, gone.signal);
    }
  }

  async function look() {
    try {
      const [served, runs] = await Promise.all([get("/databases", gone.signal), get(`/runs?${asked()}`, gone.signal)]);
      if (gone.signal.aborted) {
        return;
      }
      choice.offer(served.databases.map((one) => one.name));
      fill(databases, served.databases, (all) => all.map(database));
      fill(trouble, runs.away, (away) => away.map((name) =>
        el("p", { class: "note bad" }, `Database ${name} does not answer: its runs are missing here.`)));
      const shown = runs.runs.filter((run) => run.plan.includes(wanted.plan));
      show(shown, await waits(shown));
      setLink("live", "good");
    } catch (problem) {
      if (!gone.signal.aborted && problem.status !== 401) {
        setLink("not live", "bad");
        fill(trouble, [problem.message, problem.more], () => el("p", { class: "note bad" }, problem.message,
          problem.more.map((line) => [el("br"), line])));
      }
    }
  }

  function asked() {
    const parameters = new URLSearchParams({ limit: wanted.plan ? "500" : "100" });
    ["database", "state"].filter((name) => wanted[name]).forEach((name) => parameters.set(name, wanted[name]));
    return parameters;
  }

  /** Asked only where something waits. */
  async function waits(runs) {
    const names = new Set(runs.filter((run) => run.state === "planned").map((run) => run.servedAs));
    return Object.assign({}, ...await Promise.all([...names].map((name) => queued(name, gone.signal))));
  }

  function show(runs, why) {
    const active = runs.filter((run) => !run.ended);
    const over = runs.filter((run) => run.ended);
    // Ages are shown to the second for what is going on, so the time belongs to what is shown.
    fill(list, [active, over, why, active.length ? Math.floor(Date.now() / 1000) : 0], () => runs.length === 0
      ? el("p", { class: "note" }, wanted.database || wanted.plan || wanted.state
        ? "No run is like that." : "No run yet. Start one with: nightshift run PLAN")
      : [active.length > 0 && rows("Active", active, why), over.length > 0 && rows("Over", over, why)]);
    say(`${runs.length} runs, ${active.length} active`);
  }
}

function filters(wanted) {
  const known = (name, all, label) => el("select", { id: `f-${name}`, name },
    el("option", { value: "" }, label), all.map((word) => el("option", { value: word, selected: word === wanted[name] }, word)));
  const database = known("database", wanted.database ? [wanted.database] : [], "all databases");
  const state = known("state", ALL_STATES, "every state");
  const plan = el("input", { id: "f-plan", name: "plan", type: "search", value: wanted.plan, placeholder: "any plan", autocomplete: "off" });
  const go = () => {
    const parts = new URLSearchParams();
    [database, plan, state].filter((field) => field.value.trim()).forEach((field) => parts.set(field.name, field.value.trim()));
    const text = parts.toString();
    location.hash = text ? `#/?${text}` : "#/";
  };
  const form = el("form", { class: "filters", role: "search", onsubmit: (event) => { event.preventDefault(); go(); }, onchange: go },
    el("label", { for: "f-database" }, "Database", database),
    el("label", { for: "f-plan" }, "Plan", plan),
    el("label", { for: "f-state" }, "State", state));
  const offer = (names) => names.filter((name) => ![...database.options].some((option) => option.value === name))
    .forEach((name) => database.append(el("option", { value: name }, name)));
  return { form, offer };
}

function database(one) {
  const word = one.answers ? (one.state ?? "no active run") : "does not answer";
  return el("span", {}, el("a", { href: `#/?${new URLSearchParams({ database: one.name })}` }, one.name), " ",
    badge(word, one.answers ? ofState(one.state) : "bad"));
}

function rows(caption, runs, queue) {
  return table(caption, ["State", "Plan", "Database", "Begun", caption === "Active" ? "For" : "Took", "Why"], runs.map((run) => [
    badge(run.state, ofState(run.state)),
    [el("a", { href: `#/run/${encodeURIComponent(run.servedAs)}/${run.id}`, class: "strong" }, run.plan), " ",
      el("span", { class: "dim" }, run.id)],
    run.servedAs,
    [clock(run.startedAt ?? run.createdAt), el("span", { class: "dim" }, ` by ${run.by}`)],
    between(run.startedAt ?? run.createdAt, run.endedAt ?? new Date().toISOString()),
    why(run, queue),
  ]));
}

/** In one line: who holds it, why it waits in the queue, why it failed, what it asks, why it was aborted. */
function why(run, queue) {
  if (run.holders.length > 0) {
    return run.holders.map((holder) => `held by ${whose(holder)}: ${holder.reason}`).join("; ");
  }
  return queue[run.id] ?? run.failure?.what ?? run.question ?? (run.cause ? `${whose(run.cause)}: ${run.cause.reason}` : "–");
}
