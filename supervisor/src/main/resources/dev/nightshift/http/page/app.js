// Which part of the page is shown: the form to sign in, the list of runs, or a run.

import { forgetToken, get, hasToken, keepToken } from "./api.js";
import { el, say } from "./dom.js";
import { showRuns } from "./runs.js";
import { showRun } from "./run.js";

const main = document.getElementById("main");
const who = document.getElementById("who");
const out = document.getElementById("sign-out");
const link = document.getElementById("link");

let leave = () => {};
let bearer = null;
let shows = 0;

/** The part of the hash before `?`, in segments, and what comes after it. */
function place() {
  const [path, query] = location.hash.replace(/^#/, "").split("?", 2);
  const segments = path.split("/").filter(Boolean).map(decoded);
  return { segments, query: new URLSearchParams(query ?? "") };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether the page gets what it asks for; it is said in words, not by colour alone. */
function setLink(word, tone) {
  link.textContent = word;
  link.className = `link ${tone}`;
}

async function show() {
  leave();
  leave = () => {};
  const mine = ++shows;
  setLink("", "");
  out.hidden = !hasToken();
  who.textContent = "";
  if (!hasToken()) {
    bearer = null;
    signIn("");
    return;
  }
  try {
    bearer ??= await get("/token");
  } catch (problem) {
    if (hasToken() && mine === shows) {
      unreachable(problem);
    }
    return;
  }
  if (mine !== shows) {
    return; // somewhere else was gone to meanwhile
  }
  who.textContent = `${bearer.name} (${bearer.role})`;
  const { segments, query } = place();
  const part = { main, bearer, setLink };
  leave = segments[0] === "run" && segments.length === 3
    ? showRun({ ...part, database: segments[1], run: segments[2] })
    : showRuns({ ...part, query });
}

function unreachable(problem) {
  document.title = "Nightshift";
  main.replaceChildren(el("div", { class: "note bad", role: "alert" }, el("p", {}, problem.message),
    problem.more.map((line) => el("p", {}, line)),
    el("button", { type: "button", onclick: show }, "Try again")));
}

function signIn(why) {
  document.title = "Sign in · Nightshift";
  const token = el("input", { id: "token", type: "password", autocomplete: "off", spellcheck: "false", required: true,
    "aria-describedby": "token-hint" });
  const form = el("form", { class: "sign-in", onsubmit: (event) => {
    event.preventDefault();
    // Who copies a whole header or a line end along means the token.
    const text = token.value.trim().replace(/^bearer\s+/i, "");
    if (/^[!-~ ]+$/.test(text)) {
      keepToken(text);
      show();
    } else {
      signIn("A token has no such characters.");
    }
  } },
    el("h1", {}, "Sign in"),
    why && el("p", { class: "note bad", role: "alert" }, why),
    el("label", { for: "token" }, "Token"),
    token,
    el("p", { id: "token-hint", class: "dim" }, "Made with ",
      el("code", {}, "nightshift token NAME --role viewer|operator|approver"),
      ". This tab keeps it until it is closed."),
    el("button", { type: "submit", class: "first" }, "Sign in"));
  main.replaceChildren(form);
  token.focus();
}

window.addEventListener("signed-out", (event) => {
  leave();
  leave = () => {};
  bearer = null;
  out.hidden = true;
  who.textContent = "";
  setLink("", "");
  document.getElementById("ask").close();
  signIn(event.detail);
});
window.addEventListener("hashchange", () => {
  show();
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
});
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the hash says which part is shown
  main.focus();
});
out.addEventListener("click", () => {
  forgetToken();
  say("Signed out");
});
show();
