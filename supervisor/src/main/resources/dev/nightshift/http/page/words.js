// Numbers, times and words as `nightshift status` prints them.

function scaled(value, units, base, whole) {
  let size = Math.max(0, value);
  let unit = 0;
  while (size >= base - 0.5 && unit < units.length - 1) {
    size /= base;
    unit++;
  }
  const exact = whole ? Number.isInteger(size) : unit === 0;
  const decimals = exact || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return size.toFixed(decimals) + units[unit];
}

/** `842`, `28.1 k`, `1.84 M`. */
export const count = (value) => scaled(value, ["", " k", " M", " G", " T"], 1000, false);

/** `412 MiB`, `1.84 GiB`. */
export const bytes = (value) => scaled(Math.round(value), [" B", " KiB", " MiB", " GiB", " TiB", " PiB"], 1024, true);

export const perSecond = (value) => `${bytes(value)}/s`;

/** `40 ms`, `1.2 s`, `4 min 10 s`, `2 h 5 min`, `3 d 4 h`. */
export function seconds(value) {
  const size = Math.max(0, value);
  if (size > 0 && size < 0.0995) {
    return `${Math.max(1, Math.round(size * 1000))} ms`;
  }
  if (size < 59.95) {
    return `${size.toFixed(1).replace(/\.0$/, "")} s`;
  }
  const whole = Math.round(size);
  if (whole < 3600) {
    return joined(Math.floor(whole / 60), "min", whole % 60, "s");
  }
  return whole < 86400
    ? joined(Math.floor(whole / 3600), "h", Math.floor((whole % 3600) / 60), "min")
    : joined(Math.floor(whole / 86400), "d", Math.floor((whole % 86400) / 3600), "h");
}

function joined(big, bigUnit, small, smallUnit) {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}

/** How long ago or how far ahead, in whole seconds. */
export const between = (from, to) => seconds(Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000)));

/** Never 100 % before the last row is done. */
export function percent(ratio) {
  const value = ratio >= 1 ? 100 : Math.min(99.9, Math.floor(Math.max(0, ratio) * 1000) / 10);
  return `${value.toFixed(1)} %`;
}

const pad = (number) => String(number).padStart(2, "0");

/** `03:31:14`, with the date when it is another day than `now`. */
export function clock(instant, now, withSeconds = true) {
  const time = new Date(instant);
  const today = new Date(now ?? Date.now());
  const words = [time.getHours(), time.getMinutes(), ...(withSeconds ? [time.getSeconds()] : [])].map(pad).join(":");
  const sameDay = time.toDateString() === today.toDateString();
  return sameDay ? words : `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())} ${words}`;
}

/** `frozen by anna@desk until 2026-12-27 06:00 UTC: year-end closing`, as the terminal says it. */
export function freezeWords(freeze) {
  const until = freeze.until ? ` until ${freeze.until.slice(0, 16).replace("T", " ")} UTC` : "";
  return `frozen by ${freeze.by}${until}: ${freeze.reason}`;
}

/** `closes 05:00 Europe/Paris`: in the window's own zone, as its plan says it. */
export function windowWords(window) {
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: window.zone })
    .format(new Date(window.changesAt));
  return window.open ? `open, closes ${time} ${window.zone}` : `closed, opens ${time} ${window.zone}`;
}

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const STATES = {
  good: ["working", "finishing", "succeeded"],
  careful: ["holding", "parked", "waiting"],
  bad: ["aborting", "aborted", "abort-incomplete", "failed", "unclear"],
};

export const ALL_STATES = ["planned", "waiting", "preflight", "backup", "working", "holding", "parked", "finishing",
  "succeeded", "aborting", "aborted", "abort-incomplete", "failed", "unclear"];

/** The tone of a state. */
export const ofState = (word) => Object.keys(STATES).find((tone) => STATES[tone].includes(word)) ?? "plain";

export const ofVerdict = (word) => (word === "clear" ? "good" : word === "slow" ? "careful" : "bad");

export function ofEvent(event) {
  if (event.event === "state") {
    return ofState(event.subject);
  }
  if (["slowed", "held", "parked", "long-hold"].includes(event.event)) {
    return "careful";
  }
  const bad = ["failed", "aborting", "incident", "lost", "worker-lost", "trouble", "unreachable"];
  return bad.includes(event.event) ? "bad" : "plain";
}

/** `operator ann@desk` where it was a person or an alert, else only the kind. */
export const whose = (one) => (["operator", "alert"].includes(one.kind) ? `${one.kind} ${one.by}` : one.kind);
