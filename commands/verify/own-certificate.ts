// Which certificate of an application is the one that the stack made.
import type { RegisteredApplication } from "../../graph/registered-application.js";
import type { StackOutputs } from "../../rules/outputs.js";

/** Known by its end: the forms in which Graph and portal write a thumbprint differ. */
export function isCertificate({ endDate }: NonNullable<StackOutputs["certificate"]>) {
  return ({ endDateTime }: RegisteredApplication["keyCredentials"][number]): boolean =>
    Date.parse(endDateTime ?? "") === Date.parse(endDate);
}
