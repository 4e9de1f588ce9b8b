// One machine of a scale set (Microsoft.Compute/virtualMachineScaleSets/virtualMachines). The set makes and removes it; a PUT
// changes its protection and nothing else.
import { isDeepStrictEqual } from "node:util";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { COMPUTE_API_VERSIONS } from "./api-versions.js";
import { interfaceIn } from "./interface-view.js";
import { modelStamp } from "./machine-model.js";

export const MACHINE_TYPE = "Microsoft.Compute/virtualMachineScaleSets/virtualMachines";

export const scaleSetMachine: ResourceType = {
  namespace: "Microsoft.Compute",
  type: "virtualMachineScaleSets/virtualMachines",
  apiVersions: COMPUTE_API_VERSIONS,
  nameRule: { pattern: /^\d+$/, minLength: 1, maxLength: 10, says: "an instance id" },
  methods: ["PUT"],
  longRunning: ["PUT"],
  displayName: (names) => names.join("_"),
  write,
  shows: (machine, { resources }) => {
    const set = resources.byId(machine.id.replace(/\/virtualMachines\/[^/]+$/, ""));
    const { interfaceName } = interfaceIn(machine.properties["networkProfileConfiguration"]);
    return {
      latestModelApplied: set !== undefined && machine.hidden?.["model"] === modelStamp(set),
      networkProfile: {
        networkInterfaces: [{ id: `${machine.id}/networkInterfaces/${interfaceName}` }],
      },
    };
  },
};

function write({ body, existing }: WriteRequest): Written {
  if (existing === undefined) {
    throw new ArmError(404, "NotFound", "The entity was not found in this Azure location.");
  }
  const fields = new BodyFields(body).object("properties");
  for (const name of fields.names) {
    const before = existing.properties[name];
    if (name === "protectionPolicy" || before === undefined) continue;
    if (!isDeepStrictEqual(fields.raw(name), before) && name !== "provisioningState") {
      throw notHere(`a change of '${name}' of one machine of a scale set`);
    }
  }
  const { references = [], zones, identity, sku, extra, hidden, claims } = existing;
  return {
    ...(existing.location === undefined ? {} : { location: existing.location }),
    ...(zones === undefined ? {} : { zones }),
    ...(identity === undefined ? {} : { identity }),
    ...(sku === undefined ? {} : { sku }),
    ...(extra === undefined ? {} : { extra }),
    ...(hidden === undefined ? {} : { hidden }),
    claims,
    references: references.map(({ to, from }) => ({
      id: to,
      path: "properties.networkProfile",
      from: from.slice(existing.id.length + 1),
    })),
    properties: { ...existing.properties, ...protection(fields) },
  };
}

function protection(fields: BodyFields): JsonObject {
  if (!fields.has("protectionPolicy")) return { protectionPolicy: undefined };
  const policy = fields.object("protectionPolicy");
  const actions = policy.boolean("protectFromScaleSetActions") ?? false;
  return {
    protectionPolicy: {
      protectFromScaleIn: policy.boolean("protectFromScaleIn") ?? false,
      protectFromScaleSetActions: actions,
    },
  };
}
