// Which resource provider namespaces a subscription uses.
import type { Store } from "../../state/store.js";
import { ArmError } from "./arm-error.js";

export type RegistrationState = "Registered" | "NotRegistered";

// A new subscription of the real service has next to none of them; every deployment tool registers what it needs
// on the first 409. These are on from the start so that a `curl` of a newcomer works as well. The others, and
// these after an unregister, answer 409 MissingSubscriptionRegistration as the real ones do.
const FROM_THE_START = new Set([
  "microsoft.resources",
  "microsoft.app",
  "microsoft.authorization",
  "microsoft.botservice",
  "microsoft.compute",
  "microsoft.containerregistry",
  "microsoft.insights",
  "microsoft.keyvault",
  "microsoft.managedidentity",
  "microsoft.network",
  "microsoft.operationalinsights",
  "microsoft.storage",
  "microsoft.web",
]);

export class Registrations {
  constructor(private readonly store: Store) {}

  state(subscriptionId: string, namespace: string): RegistrationState {
    const set = this.store.get<RegistrationState>(
      "armRegistrations",
      key(subscriptionId, namespace),
    );
    return set ?? (FROM_THE_START.has(namespace.toLowerCase()) ? "Registered" : "NotRegistered");
  }

  set(subscriptionId: string, namespace: string, state: RegistrationState): void {
    this.store.put("armRegistrations", key(subscriptionId, namespace), state);
  }

  /** Throws 409 MissingSubscriptionRegistration, which Azure's SDKs answer with a registration. */
  require(subscriptionId: string, namespace: string): void {
    if (this.state(subscriptionId, namespace) === "Registered") return;
    const code = "MissingSubscriptionRegistration";
    const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
    throw new ArmError(409, code, message, { details: [{ code, message, target: namespace }] });
  }
}

function key(subscriptionId: string, namespace: string): string {
  return `${subscriptionId.toLowerCase()}/${namespace.toLowerCase()}`;
}
