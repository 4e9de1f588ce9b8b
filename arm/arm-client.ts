// Azure Resource Manager as a person may read it: plain calls with a bounded number of tries. The SDK's packages for each
// service would sit out any Retry-After, and weigh more than all of this package.
import { setTimeout as pause } from "node:timers/promises";
import { ReadProblem } from "../rules/consent-unknown.js";
import { pauseBeforeRetry, problemOfStatus, ReadError } from "../rules/read-error.js";

/** One caller's view of Resource Manager. */
export interface ArmClient {
  /**
   * One GET; undefined stands for 404.
   * @param path with its `api-version`, from the first slash
   * @throws ReadError
   */
  get(path: string, signal: AbortSignal): Promise<unknown>;
  /** One POST that changes nothing, such as a question whether a name is free. @throws ReadError */
  ask(path: string, body: object, signal: AbortSignal): Promise<unknown>;
}

/** @param token is asked once a call; whoever gives it may keep it */
export function armClient(
  origin: string,
  token: (signal: AbortSignal) => Promise<string>,
): ArmClient {
  const call = async (path: string, signal: AbortSignal, body?: object): Promise<unknown> => {
    const bearer = await token(signal);
    for (let attempt = 1; ; attempt++) {
      const sent = await send(`${origin}${path}`, bearer, signal, body);
      const answer = sent instanceof Response ? sent : undefined;
      if (answer?.status === 404) return undefined;
      if (answer?.ok) return bodyOf(answer, signal);
      await answer?.body?.cancel();
      const status = answer?.status ?? -1;
      const wait = pauseBeforeRetry(status, answer?.headers.get("retry-after") ?? null, attempt);
      if (wait === undefined) throw new ReadError(problemOfStatus(status), { cause: sent });
      await pause(wait, undefined, { signal }).catch((cause: unknown) => {
        throw new ReadError(ReadProblem.TimedOut, { cause });
      });
    }
  };
  return {
    get: (path, signal) => call(path, signal),
    ask: (path, body, signal) => call(path, signal, body),
  };
}

/** The answer, or the error for which there is none. */
async function send(url: string, bearer: string, signal: AbortSignal, body?: object) {
  try {
    return await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
      redirect: "error",
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    if (signal.aborted) throw new ReadError(ReadProblem.TimedOut, { cause });
    return cause;
  }
}

async function bodyOf(answer: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await answer.json();
  } catch (cause) {
    const problem = signal.aborted ? ReadProblem.TimedOut : ReadProblem.Unexpected;
    throw new ReadError(problem, { cause });
  }
}
