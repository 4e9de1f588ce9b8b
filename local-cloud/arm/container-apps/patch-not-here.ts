// Microsoft.App takes PATCH as well, and goes on with it for a while; the local cloud takes PUT only.
import type { ArmRoute } from "../mechanics/arm-call.js";
import { notHere } from "../mechanics/arm-error.js";
import { APP_API_VERSIONS } from "./api-versions.js";

/** @param path below the namespace, such as `containerApps/{name}` */
export function patchNotHere(path: string): ArmRoute {
  const [type = ""] = path.split("/");
  return {
    method: "PATCH",
    pattern: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.App/${path}`,
    action: `Microsoft.App/${type}/write`,
    apiVersions: APP_API_VERSIONS,
    typeName: type,
    handle: () => {
      throw notHere(`PATCH of Microsoft.App/${type}`);
    },
  };
}
