// The tables of a run's page: steps, replicas, guards, backup, timeline, plan.

import { badge, el, facts, table } from "./dom.js";
import { between, bytes, clock, count, ofEvent, ofVerdict, percent, perSecond, seconds } from "./words.js";

const TONES = { done: "good", running: "good", asking: "careful", failed: "bad", unclear: "bad" };
const NO_BACKUP = "none: the plan wants none, so nothing can be restored from here";

export function steps(all) {
  const rows = (part) => all.filter((step) => step.part === part).map((step) => [
    step.name,
    step.note ? `${step.kind}, ${step.note}` : step.kind,
    step.class,
    badge(step.state, TONES[step.state] ?? "plain"),
    how(step),
    step.walBytes > 0 ? bytes(step.walBytes) : "–",
  ]);
  const heads = ["Step", "Kind", "Class", "State", "Rows", "WAL"];
  return [table("Plan", heads, rows("work")), rows("abort").length > 0 && table("Abort plan", heads, rows("abort"))];
}

function how(step) {
  if (step.rowsDone === 0 && step.rowsTotal === null) {
    return "–";
  }
  const batches = step.batches > 0 ? `, ${count(step.batches)} batches` : "";
  const known = step.rowsTotal !== null && step.rowsDone <= step.rowsTotal && step.state !== "done";
  return known
    ? `${count(step.rowsDone)} of ${count(step.rowsTotal)} (${percent(step.rowsTotal ? Math.min(step.rowsDone / step.rowsTotal, 0.999) : 1)})${batches}`
    : `${count(step.rowsDone)}${batches}`;
}

export function replicas(glance) {
  if (!glance || glance.replicas.length === 0) {
    return el("p", {}, glance ? "none" : "not looked at yet");
  }
  return table("Lag against the limit where the run holds", ["Replica", "Class", "Lag", "Not replayed", "Now"],
    glance.replicas.map((one) => [
      one.name, one.class,
      against(one.lagSeconds, one.lagSecondsLimit, seconds, one.lagSecondsExact ? "" : "at least "),
      against(one.lagBytes, one.lagBytesLimit, bytes, ""),
      one.state === "streaming" && !one.note && one.replayRate !== null
        ? `replays ${perSecond(one.replayRate)}` : one.note ? `${one.state} (${one.note})` : one.state,
    ]));
}

function against(value, limit, words, before) {
  const seen = value === null ? "?" : before + words(value);
  const over = limit !== null && (value === null || value >= limit);
  return [el("span", { class: over ? "bad" : "" }, seen), limit === null ? "" : ` of ${words(limit)}`];
}

/** What is not clear, with its value and its limit. */
export function guards(glance) {
  if (!glance) {
    return el("p", {}, "not looked at yet");
  }
  const past = glance.last;
  return [
    el("p", {}, `${glance.clear} of ${glance.guards} guards are clear.`),
    glance.findings.length === 0 && past && el("p", { class: "dim" },
      `Last: ${past.verdict}: ${past.reason}, over since ${clock(past.endedAt, glance.at)}`),
    glance.findings.length > 0 && table("Not clear", ["Guard", "Verdict", "Value and limit", "Note"], glance.findings.map((finding) => [
      finding.guard, badge(finding.verdict, ofVerdict(finding.verdict)), finding.reason, finding.note || "–"])),
  ];
}

/** Every guard with the limits it has by default. */
export function everyGuard(glance, all) {
  const found = new Map((glance?.findings ?? []).map((finding) => [finding.guard, finding]));
  return el("details", {}, el("summary", {}, `${all.length} guards and their default limits`),
    table("The plan may set other limits: see its text", ["Guard", "Watches", "Verdict", "Slow", "Hold", "Abort"], all.map((guard) => [
      guard.guard, guard.watches,
      found.has(guard.guard) ? badge(found.get(guard.guard).verdict, ofVerdict(found.get(guard.guard).verdict))
        : glance ? "no finding" : "not known",
      limit(guard, "slow"), limit(guard, "hold"), limit(guard, "abort")])));
}

const share = (value) => `${Number((value * 100).toFixed(1))} %`;

function limit(guard, level) {
  const one = guard[level];
  if (!one) {
    return "–";
  }
  const words = { duration: seconds, bytes, rate: perSecond, fraction: share, ratio: share }[guard.unit] ?? String;
  return `${one.comparison} ${words(one.value)}${one.lasting > 0 ? ` for ${seconds(one.lasting)}` : ""}`;
}

export function backup(one, begun, now) {
  if (!one || one.kind === "none") {
    return el("p", { class: one || begun ? "careful" : "" }, one || begun ? NO_BACKUP : "not taken yet");
  }
  const size = one.bytes === null ? "" : `, ${bytes(one.bytes)}`;
  const state = { verified: `verified ${one.verifiedAt ? clock(one.verifiedAt, now) : ""} (${one.verification}${size})`,
    outdated: "too old by now: another one is taken", pruned: "was verified; its files were pruned since",
    running: `being taken since ${clock(one.startedAt, now)}` }[one.state] ?? `failed: ${one.failure ?? "see the timeline"}`;
  return facts([["backup", state, one.state === "failed" ? "bad" : one.state === "verified" ? "good" : ""],
    ["id", `${one.id} (${one.kind})`], ["where", one.location],
    ["since", one.state === "verified" && one.walSince ? `a restore would lose ${bytes(one.walSince)} of WAL` : null],
    ["took", one.verifiedAt ? between(one.startedAt, one.verifiedAt) : null]].filter(([, value]) => value));
}

/** The newest first. */
export function timeline(events, now) {
  return events.length === 0 ? el("p", {}, "nothing yet") : el("ol", { class: "timeline" }, [...events].reverse().map((event) =>
    el("li", { class: ofEvent(event) },
      el("time", { datetime: event.at }, clock(event.at, now)), " ",
      el("strong", {}, event.event), " ",
      event.subject && el("span", { class: "subject" }, `${event.subject} `),
      el("span", {}, event.message))));
}

/** What the linter found before the run was begun. */
export function findings(plan) {
  if (!plan) {
    return el("p", {}, "not looked at yet");
  }
  if (!plan.findings) {
    return el("p", {}, "not known: the linter did not look");
  }
  return plan.findings.length === 0 ? el("p", {}, "none") : table("In the plan and its migrations", ["Rule", "Severity", "Where", "What", "Waived"],
    plan.findings.map((one) => [
      one.rule, badge(one.severity, one.waived ? "plain" : { error: "bad", warn: "careful" }[one.severity] ?? "plain"),
      `${one.file}:${one.line}`, [one.message, one.instead && el("p", { class: "dim" }, one.instead)], one.waived ? `because ${one.reason}` : "–"]));
}

export function report(summary) {
  if (!summary) {
    return false;
  }
  return [
    facts([["changed", `${count(summary.rows)} rows, ${bytes(summary.walBytes)} of WAL${summary.serverWalBytes === null ? "" : ` (server ${bytes(summary.serverWalBytes)})`}`],
      ["took", seconds(summary.took)]]),
    summary.peaks.length > 0 && table("Peaks", ["Signal", "Of", "Peak", "Limit", "At"], summary.peaks.map((peak) =>
      [peak.signal, peak.subject || "–", peak.value, peak.limit || "–", clock(peak.at, summary.at)])),
    summary.interruptions.length > 0 && table("Slowed and held", ["What", "Why", "For", "Times"], summary.interruptions.map((one) =>
      [one.kind, one.reason, seconds(one.took), String(one.times)])),
  ];
}
