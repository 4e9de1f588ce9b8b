// Reads the body of a request as Graph's gateway does, before the directory sees it.
import { badRequest, malformed } from "./errors.js";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Throws 400 for a body that is not a JSON object or not declared as JSON. */
export async function readJsonBody(request: Request): Promise<JsonObject> {
  const text = await request.text();
  const contentType = request.headers.get("content-type");
  if (contentType === null || contentType === "") {
    throw malformed(
      "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
    );
  }
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw malformed("Entity only allows writes with a JSON Content-Type header.");
  }
  if (text.trim() === "") throw badRequest("Empty Payload. JSON content expected.");
  const body = parsed(text);
  if (!isJsonObject(body)) throw unreadable();
  return body;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A string property; undefined when it is absent, null or something else. */
export function stringAt(body: JsonObject, property: string): string | undefined {
  const value = Object.hasOwn(body, property) ? body[property] : undefined;
  return typeof value === "string" ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable();
  }
}

function unreadable() {
  return malformed(
    "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
  );
}
