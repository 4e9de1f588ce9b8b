// Resource providers: what there is, and which of it a subscription has registered.
import type { ArmAnswer, ArmCall, ArmRoute } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { CORE_API_VERSIONS } from "../mechanics/core-api-versions.js";
import { pageOf } from "../mechanics/pages.js";
import { knownNamespace, knownNamespaces } from "./namespaces.js";

const LIST = "/subscriptions/{subscriptionId}/providers";
const ONE = `${LIST}/{namespace}`;
const common = { apiVersions: CORE_API_VERSIONS };

export const providerRoutes: readonly ArmRoute[] = [
  {
    ...common,
    method: "GET",
    pattern: "/providers",
    handle: (call) => ({
      status: 200,
      body: pageOf(
        call,
        knownNamespaces.map((namespace) => viewOf(call, namespace)),
      ),
    }),
  },
  {
    ...common,
    method: "GET",
    pattern: "/providers/{namespace}",
    handle: (call) => ({ status: 200, body: viewOf(call, namespaceOf(call)) }),
  },
  {
    ...common,
    method: "GET",
    pattern: LIST,
    action: "Microsoft.Resources/subscriptions/providers/read",
    scope: "parent",
    handle: (call) => ({
      status: 200,
      body: pageOf(
        call,
        knownNamespaces.map((namespace) => viewOf(call, namespace)),
      ),
    }),
  },
  {
    ...common,
    method: "GET",
    pattern: ONE,
    action: "Microsoft.Resources/subscriptions/providers/read",
    handle: (call) => ({ status: 200, body: viewOf(call, namespaceOf(call)) }),
  },
  {
    ...common,
    method: "POST",
    pattern: `${ONE}/register`,
    action: "{namespace}/register/action",
    scope: "parent",
    handle: register,
  },
  {
    ...common,
    method: "POST",
    pattern: `${ONE}/unregister`,
    action: "{namespace}/unregister/action",
    scope: "parent",
    handle: unregister,
  },
];

// The answer says Registering, as the real one's does; the next read says Registered.
function register(call: ArmCall): ArmAnswer {
  const namespace = namespaceOf(call);
  const { registrations } = call.cloud;
  const subscriptionId = call.params["subscriptionId"] ?? "";
  const before = registrations.state(subscriptionId, namespace);
  registrations.set(subscriptionId, namespace, "Registered");
  const registrationState = before === "Registered" ? "Registered" : "Registering";
  return { status: 200, body: { ...viewOf(call, namespace), registrationState } };
}

function unregister(call: ArmCall): ArmAnswer {
  const namespace = namespaceOf(call);
  const { registrations, resources } = call.cloud;
  const subscriptionId = call.params["subscriptionId"] ?? "";
  const prefix = `${namespace.toLowerCase()}/`;
  const used = resources
    .inSubscription(subscriptionId)
    .find(({ type }) => type.toLowerCase().startsWith(prefix));
  if (used !== undefined) {
    // The code was not seen at the real service, which refuses as well.
    throw new ArmError(
      409,
      "CannotUnregisterResourceProvider",
      `The subscription cannot be unregistered from '${namespace}': it has resources of it, such as '${used.id}'.`,
    );
  }
  registrations.set(subscriptionId, namespace, "NotRegistered");
  const registrationState = "Unregistering";
  return { status: 200, body: { ...viewOf(call, namespace), registrationState } };
}

function namespaceOf(call: ArmCall): string {
  const name = call.params["namespace"] ?? "";
  const namespace = knownNamespace(name);
  if (namespace !== undefined) return namespace;
  throw new ArmError(
    404,
    "InvalidResourceNamespace",
    `The resource namespace '${name}' is invalid.`,
  );
}

/** Only resource types that the local cloud has are listed. */
function viewOf(call: ArmCall, namespace: string) {
  const { subscriptionId } = call.params;
  const { types, registrations } = call.cloud;
  const resourceTypes = types.ofNamespace(namespace).map((type) => ({
    resourceType: type.type,
    locations: type.locations ?? [],
    apiVersions: [...type.apiVersions].sort().reverse(),
    capabilities: type.locations === undefined ? "None" : "SupportsTags, SupportsLocation",
  }));
  if (subscriptionId === undefined) return { namespace, resourceTypes };
  return {
    id: `/subscriptions/${subscriptionId}/providers/${namespace}`,
    namespace,
    resourceTypes,
    registrationState: registrations.state(subscriptionId, namespace),
    registrationPolicy: "RegistrationRequired",
  };
}
