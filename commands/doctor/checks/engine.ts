// Whether the Pulumi command line is there, and new enough for the packages.
import { type Check, fail, type Outcome, pass } from "../../checks/check.js";
import type { DoctorContext } from "../doctor-context.js";
import { isAtLeast } from "../versions.js";

/** The oldest engine that takes the packages of this project: their own @pulumi/pulumi. */
const OLDEST = "3.248.0";

export function judgeEngine(version: string | undefined): Outcome {
  if (version === undefined) {
    return fail(
      "The command pulumi is not found.",
      "Install it (https://www.pulumi.com/docs/install/) and put it on the PATH.",
    );
  }
  const evidence = { version };
  if (!isAtLeast(version, OLDEST)) {
    return fail(
      `Pulumi is ${version}, and ${OLDEST} or newer is needed.`,
      "Install a newer one.",
      evidence,
    );
  }
  return pass(`Pulumi is ${version}.`, evidence);
}

export const engine: Check<DoctorContext> = {
  id: "engine",
  title: "the Pulumi command line is there and new enough",
  run: async ({ installed }) => judgeEngine(await installed.engine()),
};
