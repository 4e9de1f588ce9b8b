// Parts of Azure resource ids: `/subscriptions/{id}/resourceGroups/{name}/providers/{namespace}/{type}/{name}...`.
import { type Issue, shown } from "./issue.js";

/** The subscription's id in lower case; an empty text where there is none. */
export function armSubscription(id: string): string {
  return (id.split("/")[2] ?? "").toLowerCase();
}

/** The resource group's name. */
export function armResourceGroup(id: string): string {
  return id.split("/")[4] ?? "";
}

/** The last name. */
export function armName(id: string): string {
  return id.split("/").at(-1) ?? "";
}

/** An issue unless `id` is the resource id of one `type`, such as `Microsoft.KeyVault/vaults`, in any case. */
export function checkArmId(path: string, id: string, type: string): Issue[] {
  const [namespace = "", ...types] = type.split("/");
  const tail = types.map((part) => `${escaped(part)}/[^/]+`).join("/");
  const form = `^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+/providers/${escaped(namespace)}/${tail}$`;
  if (new RegExp(form, "i").test(id)) return [];
  const named = types.map((part) => `${part}/NAME`).join("/");
  return [
    {
      path,
      rule: `must be the resource id of one ${type}`,
      whose: "Azure Resource Manager",
      got: shown(id),
      fix: `Copy it from the resource's properties: /subscriptions/ID/resourceGroups/NAME/providers/${namespace}/${named}.`,
    },
  ];
}

function escaped(text: string): string {
  return text.replaceAll(".", "\\.");
}
