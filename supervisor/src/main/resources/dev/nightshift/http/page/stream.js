// Events as they come. EventSource cannot send a header, so the stream is read from fetch().

import { send } from "./api.js";

const SILENT = 40_000; // the server breathes every 15 seconds
const LONGEST_PAUSE = 15_000;

/** Waits; ends early when the signal does. */
export function sleep(millis, signal) {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, millis);
    signal.addEventListener("abort", end);
  });
}

/** The messages of a stream: what its `id:` and `data:` lines say. */
async function* messages(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      alive();
      text += value;
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const lines = text.slice(0, end).split("\n");
        text = text.slice(end + 2);
        const of = (field) => lines.filter((line) => line.startsWith(`${field}: `)).map((line) => line.slice(field.length + 2));
        yield { id: of("id")[0], data: of("data").join("\n") };
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** Listens to a database until the signal ends it, and goes on after the last event seen whenever it was cut off. */
export class Listening {
  constructor(database, told) {
    this.database = database;
    this.told = told;
    this.last = null;
  }

  async until(signal) {
    let pause = 1000;
    while (!signal.aborted) {
      const cut = new AbortController();
      const end = () => cut.abort();
      signal.addEventListener("abort", end, { once: true });
      try {
        await this.once(cut, () => { pause = 1000; });
      } catch (failure) {
        if (failure.status === 401) {
          return;
        }
        pause = Math.max(pause, (failure.retryAfter ?? 0) * 1000);
      } finally {
        signal.removeEventListener("abort", end);
      }
      if (!signal.aborted) {
        this.told.lost();
        await sleep(pause, signal);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    }
  }

  async once(cut, opened) {
    let timer = setTimeout(() => cut.abort(), SILENT);
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => cut.abort(), SILENT);
    };
    try {
      const headers = { Accept: "text/event-stream", ...(this.last && { "Last-Event-ID": this.last }) };
      const response = await send(`/events?database=${encodeURIComponent(this.database)}`, { headers, signal: cut.signal });
      opened();
      this.told.opened();
      for await (const message of messages(response.body, alive)) {
        this.last = message.id ?? this.last;
        if (message.data) {
          this.told.event(JSON.parse(message.data));
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
