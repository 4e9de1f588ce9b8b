// A check that fails in an output leaves everything that waits for it waiting: an inline program would hang for ever, where a
// program in a process of its own ends. This ends it: the first error that nobody handles becomes the program's own.
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import * as settings from "@pulumi/pulumi/runtime/settings.js";
import * as state from "@pulumi/pulumi/runtime/state.js";

/** The same program, which ends when all that it registered is done, and fails when any of it does. */
export function failingFast(program: PulumiFn): PulumiFn {
  return async () => {
    let fail: (error: unknown) => void = () => {};
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    // A failure may come before anybody waits for it.
    failed.catch(() => {});
    process.on("unhandledRejection", fail);
    try {
      const outputs = await Promise.race([failed, finished(program)]);
      process.off("unhandledRejection", fail);
      return outputs;
    } catch (error) {
      // Whatever else waited fails now for the same reason, so the handler stays: those errors say nothing new.
      forgetWhatNeverEnds();
      throw error;
    }
  };
}

async function finished(program: PulumiFn): Promise<Record<string, unknown>> {
  const outputs: Record<string, unknown> = (await program()) ?? {};
  // The SDK keeps this to itself, as it does what it waits for (below).
  const waitForRegistrations: unknown = Reflect.get(settings, "waitForRPCs");
  if (typeof waitForRegistrations === "function") await waitForRegistrations();
  return outputs;
}

/** Before it answers the engine the SDK waits for every registration, those too whose inputs will never come. */
function forgetWhatNeverEnds(): void {
  const getStore: unknown = Reflect.get(state, "getStore");
  if (typeof getStore !== "function") return;
  const kept: unknown = Reflect.get(getStore(), "settings");
  if (typeof kept === "object" && kept !== null) Reflect.set(kept, "rpcDone", Promise.resolve());
}
