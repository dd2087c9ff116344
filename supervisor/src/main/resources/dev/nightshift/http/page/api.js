// Everything that is asked of the API. The token lives in this tab's session storage, and goes out as a header only.

const ROOT = new URL("../api/v1", document.baseURI).pathname;
const KEY = "nightshift-token";

/** What the API refuses with (RFC 9457), or that it cannot be reached: status 0. */
export class Problem extends Error {
  constructor(status, told) {
    super(told.detail ?? told.title ?? "no reason given");
    this.status = status;
    this.title = told.title ?? "";
    this.more = [told.doing && `while: ${told.doing}`, told.state && `now: ${told.state}`,
      told.todo && `do: ${told.todo}`, told.retryAfter && `again in ${told.retryAfter} s`].filter(Boolean);
    this.retryAfter = told.retryAfter ?? 0;
  }
}

export const hasToken = () => sessionStorage.getItem(KEY) !== null;

export function keepToken(token) {
  sessionStorage.setItem(KEY, token);
}

export function forgetToken(why) {
  sessionStorage.removeItem(KEY);
  window.dispatchEvent(new CustomEvent("signed-out", { detail: why ?? "" }));
}

/** The response to a request that was let in; everything else is raised as a Problem. */
export async function send(path, options = {}) {
  const headers = { Accept: "application/json", ...options.headers, Authorization: `Bearer ${sessionStorage.getItem(KEY)}` };
  let response;
  try {
    response = await fetch(ROOT + path, {
      ...options, headers, cache: "no-store", credentials: "omit", redirect: "error",
    });
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new Problem(0, { detail: "the server does not answer" });
  }
  if (response.ok) {
    return response;
  }
  const problem = new Problem(response.status, await response.json().catch(() => ({ detail: `status ${response.status}` })));
  if (response.status === 401) {
    forgetToken("This token is not known here, or not any more.");
  }
  throw problem;
}

export async function get(path, signal) {
  return (await send(path, { signal })).json();
}

/** Where a run is read: each name is one segment of the path. */
export const runPath = (database, run) => `/runs/${encodeURIComponent(database)}/${encodeURIComponent(run)}`;

/** Why each run in the queue of a database waits, by its id. */
export async function queued(database, signal) {
  const { waiting } = await get(`/queue?${new URLSearchParams({ database })}`, signal);
  return Object.fromEntries(waiting.map((one) => [one.run.id, one.waits || "begins next"]));
}

/** Asks something of a run; the same key again never writes a second command. */
export async function command(database, run, wish, key) {
  const response = await send(`${runPath(database, run)}/intents`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify(wish),
  });
  return response.json();
}

/** Unlike randomUUID this also works where the page came without TLS. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
