// What a person can ask of a run, when, and with which words.

import { command, get, newKey } from "./api.js";
import { el } from "./dom.js";
import { sleep } from "./stream.js";

const KINDS = ["pause", "resume", "retry", "approve", "abort"];
const ROLES = ["viewer", "operator", "approver"];
const WAITS_FOR_RETRY = ["failed", "unclear", "abort-incomplete"];
const PATIENCE = 60;

const WHAT = {
  pause: () => "No user table is written until somebody resumes. The batch in flight ends first.",
  resume: () => "Lifts what operators and alerts hold. Guards and the window go on holding what they hold.",
  retry: () => "Goes on from where the journal stands, after everything is looked at anew.",
  approve: (status) => `Lets this go on: ${status.steps.filter((step) => step.state === "asking")
    .map((step) => `${step.name}${step.note ? ` (${step.note})` : ""}`).join(", ")}`,
  abort: (status) => {
    const undo = status.steps.filter((step) => step.part === "abort").map((step) => step.name);
    return `Stops the worker within one batch, then carries out the abort plan: ${undo.length > 0 ? undo.join(", ") : "it has no steps"}.`
      + " What is committed stays, but for what these steps undo.";
  },
};

/** Why a command cannot be given now, as the API would say it; empty when it can. */
export function refusal(kind, status, role) {
  const needed = kind === "approve" ? "approver" : "operator";
  if (ROLES.indexOf(role) < ROLES.indexOf(needed)) {
    return `this needs the role ${needed}; that of the token is ${role}`;
  }
  const { state, ended, holders } = status.run;
  const here = `run ${status.run.id} is ${state}`;
  const paused = holders.find((holder) => holder.kind === "operator");
  return {
    pause: ended || ["unclear", "aborting", "finishing"].includes(state) ? here
      : paused ? `already paused by ${paused.by}` : "",
    resume: ended || WAITS_FOR_RETRY.includes(state) ? here
      : holders.length === 0 && !["waiting", "parked"].includes(state) && (status.supervisor?.alive ?? false) ? "nothing holds it" : "",
    retry: WAITS_FOR_RETRY.includes(state) ? "" : here,
    approve: !ended && status.steps.some((step) => step.state === "asking") ? "" : "no step asks for approval",
    abort: ["succeeded", "aborted", "abort-incomplete"].includes(state) ? here : "",
  }[kind];
}

/** The buttons of a run; `told` is called when something was asked, so that the page looks again at once. */
export class Commands {
  constructor({ bearer, database, signal, told }) {
    Object.assign(this, { bearer, database, signal, told });
    this.status = null;
    this.buttons = new Map(KINDS.map((kind) => [kind,
      el("button", { type: "button", id: `do-${kind}`, class: kind, disabled: true, onclick: () => this.ask(kind) }, `${kind[0].toUpperCase()}${kind.slice(1)} …`)]));
    this.note = el("p", { class: "dim" });
    this.outcome = el("div", { role: "status", "aria-live": "polite" });
    this.node = el("div", {}, el("div", { class: "commands", role: "group", "aria-label": "Commands" }, ...this.buttons.values()), this.note, this.outcome);
    if (ROLES.indexOf(bearer.role) < 1) {
      this.note.textContent = "The token is that of a viewer: it can only read.";
    }
  }

  show(status) {
    this.status = status;
    for (const [kind, button] of this.buttons) {
      const why = refusal(kind, status, this.bearer.role);
      button.disabled = why !== "";
      button.title = why;
    }
  }

  ask(kind) {
    const { status } = this;
    const dialog = document.getElementById("ask");
    const key = newKey();
    const needed = kind === "abort" || kind === "approve";
    const reason = el("input", { id: "reason", maxlength: 1000, autocomplete: "off", required: needed });
    const immediate = el("input", { type: "checkbox", id: "immediate", checked: status.run.state === "aborting" });
    const trouble = el("div", { role: "alert" });
    const go = el("button", { type: "submit", class: kind === "abort" ? "danger" : "first" }, `${kind[0].toUpperCase()}${kind.slice(1)} the run`);
    const form = el("form", { onsubmit: async (event) => {
      event.preventDefault();
      go.disabled = true;
      const wish = { kind, reason: reason.value, ...(kind === "abort" && { immediate: immediate.checked }) };
      const refused = await this.give(status.run.id, wish, key);
      go.disabled = false;
      if (refused) {
        trouble.replaceChildren(el("p", { class: "note bad" }, refused.message, refused.more.map((line) => [el("br"), line])));
      } else {
        dialog.close();
      }
    } },
      el("h2", { id: "ask-title" }, `${kind[0].toUpperCase()}${kind.slice(1)} run ${status.run.id} of ${status.run.plan}?`),
      el("p", {}, WHAT[kind](status)),
      el("label", { for: "reason" }, needed ? "Reason (needed)" : "Reason"),
      reason,
      kind === "abort" && el("label", { class: "check", for: "immediate" }, immediate, " Immediate: do not wait for the batch in flight"),
      trouble,
      el("div", { class: "commands" }, el("button", { type: "button", onclick: () => dialog.close() }, "Cancel"), go));
    dialog.replaceChildren(form);
    dialog.showModal();
    reason.focus();
  }

  /** Gives a command; what it was refused with, or nothing. */
  async give(run, wish, key) {
    try {
      const answer = await command(this.database, run, wish, key);
      if (answer.kind === "Intent") {
        this.follow(answer);
      } else {
        this.tell(`${answer.command}: ${answer.outcome}`);
      }
      this.told();
      return null;
    } catch (problem) {
      return { message: problem.message, more: problem.more ?? [] };
    }
  }

  /** Says what came of it once a supervisor has observed it. */
  async follow(intent) {
    const what = `${intent.command}, command ${intent.number}`;
    for (let second = 0; second < PATIENCE && !this.signal.aborted; second++) {
      const now = second === 0 ? intent : await get(`/intents/${encodeURIComponent(this.database)}/${intent.number}`, this.signal).catch(() => intent);
      if (now.outcome !== null) {
        this.tell(`${what}: ${now.outcome}`);
        this.told();
        return;
      }
      this.tell(`${what}: written down, no supervisor has observed it yet`);
      await sleep(1000, this.signal);
    }
  }

  tell(text) {
    this.outcome.replaceChildren(el("p", { class: "note" }, text));
  }
}
