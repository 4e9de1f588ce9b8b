// Whether the subscription can be used, and belongs to the tenant of the sign-in.
import { readSubscription, type Subscription } from "../../../arm/subscription.js";
import { type Check, fail, type Outcome, pass } from "../../checks/check.js";
import {
  type DoctorContext,
  fromSubscription,
  requireSubscription,
  signedIn,
} from "../doctor-context.js";

export function judgeSubscription(
  id: string,
  found: Subscription | undefined,
  tenantId: string | undefined,
): Outcome {
  if (found === undefined) {
    return fail(
      `Subscription ${id} is not seen by whoever is signed in.`,
      "Check azure-native:subscriptionId of the stack (or ARM_SUBSCRIPTION_ID), and give the identity a role in it.",
    );
  }
  const evidence = { name: found.displayName, state: found.state, tenantId: found.tenantId };
  if (found.tenantId && tenantId && found.tenantId.toLowerCase() !== tenantId.toLowerCase()) {
    return fail(
      `Subscription ${id} belongs to tenant ${found.tenantId}, and the sign-in is for ${tenantId}.`,
      "Azure Bot and application have to be in one tenant: sign in to the subscription's, or choose another subscription.",
      evidence,
    );
  }
  if (found.state && !/^enabled$/i.test(found.state)) {
    return fail(
      `Subscription ${id} is in state ${found.state}: nothing can be made in it.`,
      "Look in the Azure portal under Subscriptions for a bill or a limit.",
      evidence,
    );
  }
  return pass(`Subscription ${found.displayName ?? id} can be used.`, evidence);
}

export const subscription: Check<DoctorContext> = {
  id: "subscription",
  title: "the subscription is enabled and belongs to the tenant of the sign-in",
  run: async (context, signal) => {
    const id = requireSubscription(context);
    const [found, claims] = await Promise.all([
      fromSubscription(readSubscription(context.services.arm, id, signal)),
      signedIn(context),
    ]);
    return judgeSubscription(id, found, claims.tid);
  },
};
