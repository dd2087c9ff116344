// Charts of the last hour. Colours come from the style sheet, so that dark and light are told in one place.

import uPlot from "./uplot/uPlot.esm.js";
import { el } from "./dom.js";
import { clock, count, perSecond, seconds } from "./words.js";

const HOUR = 3600;
const GAP = 45;
const HEIGHT = 170;
/** Where what the journal keeps is drawn: chart, axis, name of the line. */
const KEPT = {
  "replica-lag": ["lag", "s", null], pace: ["pace", "rate", "pace"], wal: ["pace", "rate", "WAL"],
  "batch-time": ["batch", "s", "time"], "batch-rows": ["batch", "rows", "rows"],
};
const POWERS = Array.from({ length: 50 }, (_, i) => 2 ** i);

/** Points of one line by the second; what is older than an hour goes. */
class Points {
  constructor() {
    this.bySecond = new Map();
    this.last = 0;
  }

  add(time, value) {
    this.bySecond.set(time, value);
    this.last = Math.max(this.last, time);
  }

  /** Times and values in order; where nothing was measured for a while the line is broken. */
  columns(newest) {
    const times = [];
    const values = [];
    let before = null;
    [...this.bySecond.keys()].sort((a, b) => a - b).forEach((time) => {
      if (time < newest - HOUR) {
        this.bySecond.delete(time);
        return;
      }
      if (before !== null && time - before > GAP) {
        times.push(before + 1);
        values.push(null);
      }
      times.push(time);
      values.push(this.bySecond.get(time));
      before = time;
    });
    return [times, values];
  }
}

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** One chart: its lines come and go with what is measured. */
class Chart {
  constructor(title, hint, axes) {
    this.axes = axes;
    this.lines = new Map();
    this.limits = [];
    this.body = el("div", { class: "chart", role: "img" });
    this.node = el("figure", {}, el("figcaption", {}, el("strong", {}, title), " ", el("span", { class: "dim" }, hint)), this.body);
    this.title = title;
    this.drawn = "";
    this.plot = null;
  }

  add(name, axis, time, value) {
    if (!this.lines.has(name)) {
      this.lines.set(name, { axis, points: new Points() });
    }
    this.lines.get(name).points.add(time, value);
  }

  /** Where it is held or slowed: `[{name, value, color}]`. */
  setLimits(limits) {
    this.limits = limits;
  }

  draw() {
    const newest = Math.max(0, ...[...this.lines.values()].map((line) => line.points.last));
    const columns = [...this.lines.values()].map((line) => line.points.columns(newest));
    const times = columns.flatMap(([all]) => all);
    if (times.length === 0) {
      this.body.replaceChildren(el("p", { class: "dim" }, "nothing measured yet"));
      return;
    }
    const ends = [Math.min(...times), Math.max(...times)];
    const data = uPlot.join([...columns, ...this.limits.map((limit) => [ends, [limit.value, limit.value]])]
      .map(([xs, ys]) => (xs.length > 0 ? [xs, ys] : [[ends[1]], [null]])));
    const shape = JSON.stringify([[...this.lines.keys()], this.limits, this.body.clientWidth > 0]);
    if (this.drawn !== shape || this.plot === null) {
      this.drawn = shape;
      this.make(data);
    } else {
      this.plot.setData(data);
    }
    this.latest();
    this.body.setAttribute("aria-label", `${this.title}: ${this.words()}`);
  }

  /** The legend says the newest values while nobody points at others. */
  latest() {
    this.plot.setLegend({ idx: this.plot.data[0].length - 1 });
  }

  /** The newest values, for those who do not see the lines. */
  words() {
    return [...this.lines].map(([name, line]) => {
      const value = line.points.bySecond.get(line.points.last);
      return `${name} ${value === null || value === undefined ? "not known" : this.axes[line.axis](value)}`;
    }).join(", ");
  }

  make(data) {
    this.plot?.destroy();
    this.body.replaceChildren();
    const names = Object.keys(this.axes);
    const tick = { stroke: color("--dim"), grid: { stroke: color("--grid"), width: 1 }, ticks: { stroke: color("--grid") }, font: "11px system-ui" };
    // Lines are measured at different seconds: where one has no point of its own, its last one counts.
    const words = (axis) => (plot, value, series, idx) => {
      let at = idx ?? -1;
      while (at > 0 && plot.data[series][at] === undefined) {
        at--;
      }
      const found = at < 0 ? null : plot.data[series][at];
      return found === null || found === undefined ? "–" : this.axes[axis](found);
    };
    const times = (plot, ticks) => ticks.map((tick) => clock(tick * 1000, tick * 1000, ticks[ticks.length - 1] - ticks[0] < 600));
    this.plot = new uPlot({
      width: Math.max(200, this.body.clientWidth),
      height: HEIGHT,
      cursor: { sync: { key: "run" }, drag: { x: false, y: false }, points: { size: 6 } },
      legend: { markers: { width: 2 } },
      hooks: { ready: [(plot) => plot.setLegend({ idx: plot.data[0].length - 1 })] },
      scales: Object.fromEntries([["x", { time: true }], ...names.map((name) => [name, { range: (plot, low, high) => [0, (high || 1) * 1.08] }])]),
      axes: [{ ...tick, values: times, space: 70 }, ...names.map((name, i) => ({
        ...tick, scale: name, side: i === 0 ? 3 : 1, size: 62, space: 34,
        ...(this.axes[name] === perSecond && { incrs: POWERS }),
        ...(i > 0 && { grid: { show: false } }),
        values: (plot, ticks) => ticks.map((value) => this.axes[name](value)),
      }))],
      series: [{ value: "{HH}:{mm}:{ss}", label: "Time" },
        ...[...this.lines].map(([name, line], i) => ({ label: name, scale: line.axis, stroke: color(`--line-${(i % 4) + 1}`), width: 2, points: { show: false }, value: words(line.axis) })),
        ...this.limits.map((limit) => ({ label: limit.name, scale: names[0], stroke: color(limit.color), width: 1.5, dash: [6, 4], points: { show: false }, value: words(names[0]) }))],
    }, data, this.body);
    this.plot.over.addEventListener("mouseleave", () => this.latest());
  }

  resize() {
    if (this.plot !== null && this.body.clientWidth > 0) {
      this.plot.setSize({ width: this.body.clientWidth, height: HEIGHT });
      this.latest();
    }
  }

  destroy() {
    this.plot?.destroy();
    this.plot = null;
  }
}

/** The charts of a run: what the journal keeps, and what is seen while the page is open. */
export class Charts {
  constructor() {
    this.lag = new Chart("Replica lag", "against its limits", { s: seconds });
    this.pace = new Chart("Pace and WAL", "what the worker may write, and what it writes", { rate: perSecond });
    this.batch = new Chart("Batches", "how long one takes, nine of ten at most, and of how many rows", { s: seconds, rows: count });
    this.all = [this.lag, this.pace, this.batch];
    this.node = el("div", { class: "charts" }, this.all.map((chart) => chart.node));
    this.resizing = new ResizeObserver(() => this.all.forEach((chart) => chart.resize()));
    this.resizing.observe(this.node);
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.repaint = () => { this.all.forEach((chart) => { chart.drawn = ""; chart.draw(); }); };
    this.dark.addEventListener("change", this.repaint);
    this.newest = null;
  }

  /** From when on the journal is asked again: a point is written once its ten seconds are over. */
  since(now) {
    const from = Math.max(Date.parse(now) - HOUR * 1000, this.newest === null ? 0 : Date.parse(this.newest) - 30_000);
    return new Date(from).toISOString();
  }

  read(series) {
    for (const one of series) {
      const [chart, axis, name] = KEPT[one.signal] ?? [];
      for (const point of chart ? one.points : []) {
        this[chart].add(name ?? one.subject, axis, Math.floor(Date.parse(point.at) / 1000), point.value);
        this.newest = this.newest === null || point.at > this.newest ? point.at : this.newest;
      }
    }
  }

  /** What the status says now. */
  sample(status, alive) {
    const { glance, worker, run } = status;
    if (run.ended) {
      return;
    }
    if (glance) {
      const second = Math.floor(Date.parse(glance.at) / 1000);
      glance.replicas.forEach((replica) => this.lag.add(replica.name, "s", second, replica.lagSeconds));
      if (glance.walRate !== null) {
        this.pace.add("pace", "rate", second, glance.walRate);
      }
    }
    const working = worker !== null && alive && run.state === "working";
    const now = Math.floor(Date.parse(status.at) / 1000);
    this.pace.add("WAL", "rate", now, working ? worker.walPerSecond : null);
    this.batch.add("time", "s", now, working ? worker.batchMillis / 1000 : null);
    this.batch.add("rows", "rows", now, working ? worker.batchRows : null);
  }

  /** @param slow where the plan leaves the default, else null: it is not told otherwise */
  setLimits(replicas, slow) {
    const holds = [...new Set(replicas.map((replica) => replica.lagSecondsLimit).filter((limit) => limit !== null))];
    this.lag.setLimits([...(slow === null ? [] : [{ name: "slow", value: slow, color: "--careful" }]),
      ...holds.map((value) => ({ name: "hold", value, color: "--bad" }))]);
  }

  draw() {
    this.all.forEach((chart) => chart.draw());
  }

  destroy() {
    this.resizing.disconnect();
    this.dark.removeEventListener("change", this.repaint);
    this.all.forEach((chart) => chart.destroy());
  }
}

