// What the bot will be allowed and why, said in the preview: before anybody agrees to it.
import * as pulumi from "@pulumi/pulumi";
import type { RequestedPermission } from "../rules/capabilities.js";
import { demandText, findPermission } from "../rules/permissions.js";

/** Lists the app roles, the reason for each and what each demands besides consent, as one message of a preview. */
export function explainPermissions(
  requested: readonly RequestedPermission[],
  resource: pulumi.Resource,
): void {
  if (!pulumi.runtime.isDryRun()) return;
  const lines = requested.flatMap(({ value, because }) => {
    const permission = findPermission(value);
    const demands = (permission?.demands ?? []).map((demand) => `    ${demandText(demand)}`);
    return [`  ${value}: ${permission?.lets ?? ""} (${because.join("; ")})`, ...demands];
  });
  void pulumi.log.info(["The bot asks for:", ...lines].join("\n"), resource);
}
