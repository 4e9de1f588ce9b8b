// Many reads in few requests ("Combine multiple HTTP requests using JSON batching"): reads that are asked for at about the
// same time go out together, up to 20 at once, and each gets the answer that it would have got alone. It sits in front of the
// client's own handlers, so that whoever reads knows nothing of it.
import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import { z } from "zod";

/** The most that Graph takes. */
const MOST = 20;
/** For how long a read waits for others (milliseconds). */
const GATHERING_MS = 5;

interface Waiting {
  readonly context: Context;
  /** Below the version: `/applications?...`. */
  readonly path: string;
  readonly done: (response: Response) => void;
  readonly failed: (reason: unknown) => void;
}

const Answer = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.int().min(200).max(599),
      headers: z.record(z.string(), z.string()).nullish(),
      body: z.unknown(),
    }),
  ),
});

/** @param base origin and version, `https://graph.microsoft.com/v1.0` */
export class BatchedReads implements Middleware {
  #next: Middleware | undefined;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly base: string) {}

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const { request, options } = context;
    const isRead = (options?.method ?? "GET") === "GET";
    if (!isRead || typeof request !== "string" || !request.startsWith(`${this.base}/`)) {
      return this.#pass(context);
    }
    const path = request.slice(this.base.length);
    context.response = await new Promise<Response>((done, failed) => {
      // Whoever gives up need not wait for the others.
      options?.signal?.addEventListener("abort", () => failed(options.signal?.reason));
      this.#waiting.push({ context, path, done, failed });
      if (this.#waiting.length >= MOST) this.#send();
      else this.#timer ??= setTimeout(() => this.#send(), GATHERING_MS);
    });
  }

  #pass(context: Context): Promise<void> {
    if (this.#next === undefined) throw new Error("nothing sends the requests of this client");
    return this.#next.execute(context);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const members = this.#waiting.splice(0).filter(({ context }) => !isGivenUp(context));
    const [only] = members;
    if (only === undefined) return;
    const sent = members.length === 1 ? this.#alone(only) : this.#together(members);
    sent.catch((reason) => {
      for (const { failed } of members) failed(reason);
    });
  }

  async #alone({ context, done }: Waiting): Promise<void> {
    await this.#pass(context);
    done(responseOf(context));
  }

  async #together(members: readonly Waiting[]): Promise<void> {
    const requests = members.map(({ path }, i) => ({ id: String(i), method: "GET", url: path }));
    const batch: Context = {
      // How often to try again is for the readers to say, who all say the same.
      ...members[0]?.context,
      request: `${this.base}/$batch`,
      options: {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ requests }),
        signal: whenAllGiveUp(members),
      },
    };
    await this.#pass(batch);
    const answer = responseOf(batch);
    const text = await answer.text();
    const answers = answer.ok ? answersIn(text) : undefined;
    for (const [i, { done }] of members.entries()) {
      done(answers?.get(String(i)) ?? whole(answer, text));
    }
  }
}

function isGivenUp({ options }: Context): boolean {
  return options?.signal?.aborted === true;
}

/** The request goes on for as long as anybody waits for a part of it. */
function whenAllGiveUp(members: readonly Waiting[]): AbortSignal {
  const controller = new AbortController();
  for (const { context } of members) {
    context.options?.signal?.addEventListener("abort", () => {
      if (members.every((one) => isGivenUp(one.context))) controller.abort();
    });
  }
  return controller.signal;
}

function responseOf({ response }: Context): Response {
  if (response === undefined) throw new Error("a request of this client got no answer");
  return response;
}

/** The answer to each request, by its id; undefined for an answer that is none to a batch. */
function answersIn(text: string): Map<string, Response> | undefined {
  const parsed = Answer.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  return new Map(
    parsed.data.responses.map(({ id, status, headers: given, body }) => {
      const headers = new Headers(given ?? {});
      if (!headers.has("Content-Type")) headers.set("Content-Type", "application/json");
      const text = body === undefined ? null : JSON.stringify(body);
      return [id, new Response(text, { status, headers })];
    }),
  );
}

/** What a batch that was refused, or an answer without this part, is to each of its members. */
function whole({ status, ok, headers }: Response, text: string): Response {
  return ok ? new Response(null, { status: 502 }) : new Response(text, { status, headers });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
