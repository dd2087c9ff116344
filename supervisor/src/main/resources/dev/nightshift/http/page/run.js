// A run's page: looks as long as it is shown, and at once when something happens.

import { get, queued, runPath } from "./api.js";
import { Charts } from "./charts.js";
import { Commands } from "./commands.js";
import { el, fill, part, say } from "./dom.js";
import { limits, place, progress, times, title, whereabouts, why, workerAlive } from "./head.js";
import { backup, everyGuard, findings, guards, replicas, report, steps, timeline } from "./parts.js";
import { Listening, sleep } from "./stream.js";
import { clock, whose, zone } from "./words.js";

const EVERY = 2_000;
const SLOWLY = 10_000;
const MOST_EVENTS = 500;
const KINDS = { all: "everything", commands: "commands and holds", pace: "throttles and holds" };
const OF_COMMANDS = ["held", "released", "state", "approved", "long-hold"];
const OF_PACE = ["slowed", "full-pace", "held", "released", "parked", "long-hold"];

export function showRun(asked) {
  const page = new RunPage(asked);
  page.start();
  return () => page.leave();
}

class RunPage {
  constructor({ main, bearer, setLink, database, run }) {
    Object.assign(this, { main, bearer, setLink, database, run });
    this.gone = new AbortController();
    this.woken = new AbortController();
    this.charts = new Charts();
    this.commands = new Commands({ bearer, database, signal: this.gone.signal, told: () => this.wake() });
    this.status = null;
    this.summary = null;
    this.allGuards = [];
    this.plan = null;
    this.events = new Map();
    this.queue = null;
    this.streaming = false;
    this.slowAt = 0;
    this.build();
  }

  build() {
    this.back = el("nav", { "aria-label": "Place" }, el("a", { href: "#/" }, "Runs"), " › ", el("a", { href: `#/?${new URLSearchParams({ database: this.database })}` }, this.database));
    this.trouble = el("div", { role: "alert" });
    this.head = el("div", {});
    this.times = el("p", { class: "dim" });
    this.reasons = el("div", { class: "why" });
    this.bar = el("div", { class: "progress" });
    this.limits = el("div", { class: "limits" });
    this.parts = Object.fromEntries([["charts", "Last hour"], ["replicas", "Replicas"], ["steps", "Steps"], ["timeline", "Timeline"],
      ["guards", "Guards"], ["limits", "Every guard"], ["backup", "Backup"], ["report", "Report"], ["lint", "Lint findings"], ["plan", "Plan text"]].map(([id, name]) => [id, part(id, name)]));
    this.parts.charts.body.append(this.charts.node);
    this.filter = el("select", { "aria-label": "Which events", onchange: () => this.showEvents() },
      Object.entries(KINDS).map(([key, words]) => el("option", { value: key }, words)));
    this.lines = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Events, the newest first" });
    this.parts.timeline.body.append(this.filter, this.lines);
    this.foot = el("p", { class: "dim" }, `Times are in ${zone}.`);
    const column = (...ids) => el("div", { class: "column" }, ids.map((id) => this.parts[id].section));
    this.main.replaceChildren(this.back, this.trouble,
      el("section", { class: "now", "aria-label": "Now" }, this.head, this.times, this.reasons, this.bar, this.commands.node, this.limits),
      el("div", { class: "columns" }, column("charts", "replicas", "steps"), column("timeline", "guards", "backup", "report")),
      this.parts.limits.section, this.parts.lint.section, this.parts.plan.section, this.foot);
  }

  start() {
    this.onVisible = () => { document.hidden ? this.rest() : this.listen(); this.wake(); };
    document.addEventListener("visibilitychange", this.onVisible);
    this.follow();
    this.listening = new Listening(this.database, {
      opened: () => { this.streaming = true; this.readEvents(); },
      lost: () => { this.streaming = false; },
      event: (event) => this.happened(event),
    });
    this.listen();
  }

  /** A tab that nobody looks at holds no connection: a browser has few of them for one server. */
  listen() {
    if (!document.hidden && !this.stream) {
      this.stream = new AbortController();
      this.listening.until(AbortSignal.any([this.gone.signal, this.stream.signal]));
    }
  }

  rest() {
    this.stream?.abort();
    this.stream = null;
  }

  leave() {
    this.gone.abort();
    this.rest();
    document.removeEventListener("visibilitychange", this.onVisible);
    this.charts.destroy();
  }

  wake() {
    this.woken.abort();
  }

  async follow() {
    while (!this.gone.signal.aborted) {
      this.woken = new AbortController();
      if (!document.hidden) {
        await this.look();
      }
      await sleep(EVERY, AbortSignal.any([this.gone.signal, this.woken.signal]));
    }
  }

  async look() {
    const path = () => runPath(this.database, this.run);
    try {
      const status = await get(path(), this.gone.signal);
      if (this.run !== status.run.id) {
        this.run = status.run.id;
        history.replaceState(null, "", `#/run/${encodeURIComponent(this.database)}/${this.run}`);
        this.readEvents();
      }
      const moved = this.status?.run.state !== status.run.state;
      this.queue = status.run.state === "planned" ? (await queued(this.database, this.gone.signal))[this.run] : null;
      this.status = status;
      this.show();
      if (moved || this.summary?.run.state !== status.run.state || performance.now() - this.slowAt > SLOWLY) {
        this.slowAt = performance.now();
        await this.lookSlowly(path());
      }
      this.seenAt = new Date().toISOString();
      fill(this.trouble, null, () => []);
      this.setLink(this.streaming || status.run.ended ? "live" : "live, events late", "good");
    } catch (problem) {
      this.failed(problem);
    }
  }

  failed(problem) {
    if (this.gone.signal.aborted || problem.status === 401) {
      return;
    }
    if (problem.status === undefined) {
      console.error(problem); // a mistake of this page, or half an answer: the next look tries again
    }
    this.setLink("not live", "bad");
    const since = this.seenAt ? `No answer since ${clock(this.seenAt)}; what is below is from then. ` : "";
    fill(this.trouble, [since, problem.message, problem.more ?? []], () =>
      el("p", { class: "note bad" }, since, problem.message, (problem.more ?? []).map((line) => [el("br"), line])));
  }

  async lookSlowly(path) {
    const once = (known, ask) => (known ? Promise.resolve(known) : ask());
    const [summary, readings, all, plan] = await Promise.all([
      get(`${path}/summary`, this.gone.signal),
      get(`${path}/readings?limit=10000&since=${encodeURIComponent(this.charts.since(this.lastAt()))}`, this.gone.signal),
      once(this.allGuards.length > 0 && this.allGuards, async () => (await get("/guards", this.gone.signal)).guards),
      once(this.plan, () => get(`${path}/plan`, this.gone.signal)),
    ]);
    Object.assign(this, { summary, allGuards: all, plan });
    this.charts.read(readings.series);
    this.show();
  }

  /** The end of what is drawn: now, or when the run ended. */
  lastAt() {
    return this.status.run.endedAt ?? this.status.at;
  }

  show() {
    const { status, summary } = this;
    const { run, glance } = status;
    document.title = `${run.state} · ${run.plan} · Nightshift`;
    fill(this.head, [run, whereabouts(status)], () => title(status));
    fill(this.times, [run, status.at], () => times(status));
    // The summary is read less often: what it says to do must not stand beside another state.
    const next = summary?.run.state === run.state ? summary.next : null;
    fill(this.reasons, [run, status.steps, status.supervisor?.alive, status.worker?.age, next, this.queue], () => why(status, next, this.queue));
    fill(this.bar, [status.steps, status.worker, status.expectedEnd], () => progress(status));
    fill(this.limits, status, () => limits(status));
    fill(this.parts.steps.body, status.steps, steps);
    fill(this.parts.replicas.body, glance?.replicas ?? null, () => replicas(glance));
    this.parts.replicas.section.hidden = run.ended;
    this.parts.guards.section.hidden = run.ended;
    const seen = run.ended ? null : glance;
    fill(this.parts.guards.body, [seen?.findings, seen?.clear, seen?.guards, seen?.last], () => guards(seen));
    fill(this.parts.limits.body, [seen?.findings, this.allGuards], () => everyGuard(seen, this.allGuards));
    const begun = status.steps.some((step) => step.state !== "pending");
    fill(this.parts.backup.body, [status.backup, begun], () => backup(status.backup, begun, status.at));
    fill(this.parts.report.body, summary, () => report(summary));
    fill(this.parts.lint.body, this.plan?.findings, () => findings(this.plan));
    fill(this.parts.plan.body, this.plan, (plan) => plan && el("details", {}, el("summary", {}, `${plan.plan}, hash ${plan.planHash}`),
      el("pre", { tabindex: "0" }, plan.text)));
    this.commands.show(status);
    this.draw();
    const held = run.holders.map((holder) => `, held by ${whose(holder)}: ${holder.reason}`).join("");
    const at = place(status);
    say(`Run ${run.id} of ${run.plan} is ${run.state}${held || (typeof at === "string" && at ? `, ${at}` : "")}`);
  }

  draw() {
    const { glance, run } = this.status;
    const lag = this.allGuards.find((guard) => guard.guard === "replica-lag");
    // A plan that says nothing of this guard has its default limits.
    const slow = this.plan && lag?.slow && !this.plan.text.includes("replica-lag") ? lag.slow.value : null;
    this.charts.sample(this.status, workerAlive(this.status));
    this.charts.setLimits(run.ended || !glance ? [] : glance.replicas, slow);
    this.charts.draw();
  }

  async readEvents() {
    try {
      const told = await get(`${runPath(this.database, this.run)}/events?limit=${MOST_EVENTS}`, this.gone.signal);
      told.events.forEach((event) => this.keep(event));
      this.showEvents();
    } catch (problem) {
      this.failed(problem);
    }
  }

  happened(event) {
    if (event.run === this.run) {
      this.keep(event);
      this.showEvents();
      this.wake();
    }
  }

  /** The list has no numbers, and the stream may tell what the list has told. */
  keep({ at, event, subject, message }) {
    this.events.set(JSON.stringify([at, event, subject, message]), { at, event, subject, message });
  }

  showEvents() {
    const only = { commands: OF_COMMANDS, pace: OF_PACE }[this.filter.value];
    const all = [...this.events.values()].filter((event) => !only || only.includes(event.event))
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(-MOST_EVENTS);
    fill(this.lines, all, () => timeline(all, new Date().toISOString()));
  }
}
