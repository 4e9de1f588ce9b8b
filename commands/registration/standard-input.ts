// Reads what another command pipes in: within a size, and not for ever.
import type { Readable } from "node:stream";
import type { Issue } from "../../rules/issue.js";

export interface InputLimits {
  readonly mostBytes: number;
  /** How long nothing may come, in milliseconds. */
  readonly patienceMs: number;
}

/** Everything until the end, or why there is none. The stream is closed afterwards. */
export async function standardInput(
  stream: Readable,
  { mostBytes, patienceMs }: InputLimits,
): Promise<{ bytes?: Uint8Array; issues: Issue[] }> {
  let rule: string | undefined;
  const stop = (why: string) => {
    rule = why;
    stream.destroy(new Error(why));
  };
  const late = () => stop(`must bring something within ${patienceMs / 1000} s, and then an end`);
  let timer = setTimeout(late, patienceMs);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const data of stream) {
      clearTimeout(timer);
      const chunk = Buffer.from(data);
      size += chunk.length;
      if (size > mostBytes) stop(`must have at most ${mostBytes} bytes`);
      chunks.push(chunk);
      timer = setTimeout(late, patienceMs);
    }
  } catch (error) {
    rule ??= `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    clearTimeout(timer);
  }
  if (rule === undefined) return { bytes: Buffer.concat(chunks), issues: [] };
  const fix = "Pipe the output of pulumi stack output --json into it, or give --outputs a file.";
  return { issues: [{ path: "standard input", rule, whose: "this package", fix }] };
}
