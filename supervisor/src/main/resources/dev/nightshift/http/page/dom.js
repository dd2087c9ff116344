// Elements are made here and nowhere else: what the API says becomes text, never markup.

/** An element; attributes that are null or false are left out, `on…` are listeners. */
export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") {
      node.addEventListener(name.slice(2), value);
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, String(value));
    }
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const shown = new WeakMap();

/** Fills a node anew only where what it shows has changed, so that selection and scrolling stay. */
export function fill(node, data, build) {
  const key = JSON.stringify(data);
  if (shown.get(node) !== key) {
    shown.set(node, key);
    keeping(node, () => node.replaceChildren(...[build(data)].flat(3).filter(Boolean)));
  }
}

/** What was open stays open, and whoever was on a link is on the same link again. */
function keeping(node, change) {
  const open = [...node.querySelectorAll("details")].map((one) => one.open);
  const stops = () => [...node.querySelectorAll("a, summary, pre")];
  const before = stops();
  const at = before.indexOf(document.activeElement);
  change();
  node.querySelectorAll("details").forEach((one, i) => { one.open = open[i] ?? one.open; });
  if (at >= 0) {
    const href = before[at].getAttribute("href");
    const now = stops();
    const same = href === null ? now[at] : now.find((one) => one.getAttribute("href") === href);
    same?.focus({ preventScroll: true });
  }
}

/** A table that turns into cards where the screen is narrow; each row is a list of cells. */
export function table(caption, heads, rows) {
  return el("table", { role: "table" },
    el("caption", {}, caption),
    el("thead", { role: "rowgroup" },
      el("tr", { role: "row" }, heads.map((head) => el("th", { role: "columnheader", scope: "col" }, head)))),
    el("tbody", { role: "rowgroup" }, rows.map((cells) =>
      el("tr", { role: "row" }, cells.map((cell, i) => el("td", { role: "cell", "data-label": heads[i] }, el("div", {}, cell)))))));
}

/** A part of the page under a heading of its own; its content is to be filled. */
export function part(id, title) {
  const body = el("div", { id: `${id}-body` });
  const section = el("section", { id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), body);
  return { section, body };
}

/** Lines of a label and what it says, as `nightshift status` prints them. */
export function facts(lines) {
  return el("dl", { class: "facts" }, lines.filter(Boolean).map(([label, value, tone]) =>
    el("div", {}, el("dt", {}, label), el("dd", { class: tone }, value))));
}

export function badge(word, tone) {
  return el("span", { class: `badge ${tone}` }, word);
}

/** Said to those who do not see the page. */
export function say(text) {
  const said = document.getElementById("said");
  if (said.textContent !== text) {
    said.textContent = text;
  }
}
