// What is read from a request before anything is decided.
import { ArmError } from "./arm-error.js";
import { segmentsOf } from "./route-table.js";

/** Percent-decoded parts of a path. Throws 400. */
export function decodedSegments(path: string): string[] {
  try {
    return segmentsOf(path).map(decodeURIComponent);
  } catch {
    throw new ArmError(400, "BadRequest", `The path '${path}' is not percent-encoded UTF-8.`);
  }
}

/** The parsed body; undefined when there is none. Throws 400 InvalidRequestContent. */
export async function readBody(request: Request): Promise<unknown> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  const text = await request.text();
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ArmError(
      400,
      "InvalidRequestContent",
      `The request content was invalid and could not be deserialized: '${why}'.`,
    );
  }
}
