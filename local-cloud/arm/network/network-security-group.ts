// Network security groups (Microsoft.Network/networkSecurityGroups) with their rules.
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { defaultSecurityRules } from "./default-security-rules.js";
import {
  badRequest,
  newEtag,
  TRACKED_NETWORK_TYPE,
  unreadable,
  writtenFields,
} from "./network-type.js";
import { securityRule } from "./security-rule.js";

export const networkSecurityGroup: ResourceType = {
  ...TRACKED_NETWORK_TYPE,
  type: "networkSecurityGroups",
  write,
  shows: ({ id }, { resources }) => {
    const users = resources.usersOf(id);
    const subnets = users.filter((user) => /\/virtualNetworks\//i.test(user));
    const interfaces = users.filter((user) => /\/networkInterfaces\//i.test(user));
    return {
      ...(subnets.length === 0 ? {} : { subnets: subnets.map((one) => ({ id: one })) }),
      ...(interfaces.length === 0
        ? {}
        : { networkInterfaces: interfaces.map((one) => ({ id: one })) }),
    };
  },
  inUse: ({ id }, users) =>
    badRequest(
      "InUseNetworkSecurityGroupCannotBeDeleted",
      `Network security group ${id} cannot be deleted because it is in use by the following resources: ${users.join(", ")}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
    ),
};

function write(request: WriteRequest): Written {
  const { resourceId } = request;
  const fields = new BodyFields(request.body).object("properties");
  checkNames(fields, {
    of: "network security groups",
    understood: ["flushConnection", "securityRules"],
    answered: [
      "defaultSecurityRules",
      "networkInterfaces",
      "provisioningState",
      "resourceGuid",
      "subnets",
    ],
  });
  const { common, etag } = writtenFields(request);
  const rules = (fields.objects("securityRules") ?? []).map((item) => rule(item, resourceId));
  checkTogether(rules, resourceId);
  return {
    etag,
    properties: {
      ...common,
      ...(fields.boolean("flushConnection") === true ? { flushConnection: true } : {}),
      securityRules: rules,
      defaultSecurityRules: defaultSecurityRules(resourceId),
    },
  };
}

interface Rule {
  readonly name: string;
  readonly id: string;
  readonly etag: string;
  readonly type: string;
  readonly properties: JsonObject;
}

function rule(item: BodyFields, groupId: string): Rule {
  const name = item.string("name") ?? "";
  const id = `${groupId}/securityRules/${name}`;
  if (!/^[a-zA-Z0-9]([\w.-]*\w)?$/.test(name) || name.length > 80) {
    throw badRequest(
      "InvalidResourceName",
      `Resource name ${name} is invalid. It has 1 to 80 word characters, '.', '-' or '_', with a letter or digit first.`,
    );
  }
  return {
    name,
    id,
    etag: newEtag(),
    type: "Microsoft.Network/networkSecurityGroups/securityRules",
    properties: securityRule(item.object("properties"), id),
  };
}

function checkTogether(rules: readonly Rule[], groupId: string): void {
  for (const [index, { name, properties }] of rules.entries()) {
    const before = rules.slice(0, index);
    if (before.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      throw unreadable(
        "DuplicateResourceName",
        `Resource ${groupId} has two child resources with the same name (${name}).`,
      );
    }
    const twin = before.find(
      (other) =>
        other.properties["priority"] === properties["priority"] &&
        other.properties["direction"] === properties["direction"],
    );
    if (twin === undefined) continue;
    throw badRequest(
      "SecurityRuleConflict",
      `Security rule ${twin.name} conflicts with rule ${name}. Rules cannot have the same Priority and Direction. To learn more, see aka.ms/nsgrules.`,
    );
  }
}
