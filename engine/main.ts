// `npm run engine`: finds the engine (downloads or builds it when there is none) and says where it is.

import { progressOn } from "./engine-progress.js";
import { EngineNotFoundError, locateEngine } from "./find-engine.js";

const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.once("SIGTERM", () => interrupted.abort());

const progress = progressOn(process.stderr);
try {
  const engine = await locateEngine({ progress, signal: interrupted.signal });
  progress.stop();
  process.stdout.write(`pulumi ${engine.version}, ${engine.how}: ${engine.binDir}\n`);
} catch (error) {
  progress.stop();
  if (interrupted.signal.aborted) {
    process.stderr.write("Cancelled; nothing was left behind.\n");
    process.exitCode = 130;
  } else if (error instanceof EngineNotFoundError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
