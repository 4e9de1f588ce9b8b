// JSON batching: up to 20 requests in one, each answered as if it had come alone ("Combine multiple HTTP requests").
import { malformed } from "./errors.js";
import { isJsonObject, type JsonObject, stringAt } from "./json-body.js";

const MOST_REQUESTS = 20;

/** What a batch came with: its own address and token count for each of its requests. */
interface Outer {
  readonly url: URL;
  readonly authorization: string;
}

interface Step {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly request: Request;
}

/** Answers the requests of `body` in order, each by `answer`, with the caller's own token. */
export async function batchAnswer(
  body: JsonObject,
  outer: Outer,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const steps = stepsIn(body, outer);
  const responses: JsonObject[] = [];
  const failed = new Set<string>();
  for (const step of steps) {
    const waitsFor = step.dependsOn.find((id) => failed.has(id));
    const response =
      waitsFor === undefined ? await answered(step, answer) : failedDependency(step, waitsFor);
    if (Number(response["status"]) >= 400) failed.add(step.id);
    responses.push(response);
  }
  return Response.json({ responses });
}

/** All requests are read before the first is answered. */
function stepsIn(body: JsonObject, outer: Outer): Step[] {
  const requests = body["requests"];
  if (!Array.isArray(requests) || requests.length === 0 || !requests.every(isJsonObject)) {
    throw malformed("Invalid batch payload format.");
  }
  if (requests.length > MOST_REQUESTS) {
    throw malformed(`Number of batch request steps exceeds the max value of ${MOST_REQUESTS}.`);
  }
  const ids = new Set<string>();
  return requests.map((request) => {
    const step = stepOf(request, outer);
    if (ids.has(step.id)) throw malformed(`Duplicate request id '${step.id}' in the batch.`);
    for (const id of step.dependsOn) {
      if (ids.has(id)) continue;
      throw malformed(`Request '${step.id}' depends on '${id}', which is not before it.`);
    }
    ids.add(step.id);
    return step;
  });
}

const METHODS = new Set(["GET", "POST", "PATCH", "PUT", "DELETE"]);

function stepOf(step: JsonObject, outer: Outer): Step {
  const id = stringAt(step, "id");
  const method = stringAt(step, "method")?.toUpperCase();
  const address = stringAt(step, "url");
  if (id === undefined || method === undefined || address === undefined) {
    throw malformed("A request of a batch needs id, method and url.");
  }
  const url = urlBelow(outer.url, address);
  const headers = headersOf(step["headers"]);
  if (url === undefined || headers === undefined || !METHODS.has(method)) {
    throw malformed(`Request '${id}' of the batch cannot be read.`);
  }
  if (/\/\$batch\/?$/i.test(url.pathname)) throw malformed("A batch cannot hold a batch.");
  headers.set("authorization", outer.authorization);
  const { body, dependsOn } = step;
  const hasBody = body !== undefined && method !== "GET" && method !== "DELETE";
  return {
    id,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
    request: new Request(url, {
      method,
      headers,
      ...(hasBody ? { body: JSON.stringify(body) } : {}),
    }),
  };
}

/** The address of a step is below the version of the batch. */
function urlBelow(outer: URL, address: string): URL | undefined {
  const version = outer.pathname.split("/")[1] ?? "v1.0";
  const whole = `/${version}/${address.replace(/^\/+/, "")}`;
  return URL.canParse(whole, outer.origin) ? new URL(whole, outer.origin) : undefined;
}

function headersOf(value: unknown): Headers | undefined {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  try {
    return new Headers(entries.map(([name, text]): [string, string] => [name, String(text)]));
  } catch {
    return undefined;
  }
}

async function answered(
  { id, request }: Step,
  answer: (request: Request) => Promise<Response>,
): Promise<JsonObject> {
  const response = await answer(request);
  const text = await response.text();
  return {
    id,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    ...(text === "" ? {} : { body: isJson(response) ? JSON.parse(text) : text }),
  };
}

function failedDependency({ id }: Step, on: string): JsonObject {
  const message = `The request depends on '${on}', which failed.`;
  return { id, status: 424, headers: {}, body: { error: { code: "FailedDependency", message } } };
}

function isJson(response: Response): boolean {
  return response.headers.get("content-type")?.includes("json") ?? false;
}
