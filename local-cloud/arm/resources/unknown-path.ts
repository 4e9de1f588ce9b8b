// What is answered where no route is: 501 by name for what Azure has, 404 for what it has not either.
import { ArmError, notHere } from "../mechanics/arm-error.js";
import { isLeftOut } from "./left-out-types.js";
import { knownNamespace } from "./namespaces.js";

const LEFT_OUT_OF_RESOURCE_MANAGER = new Set([
  "tagnames",
  "moveresources",
  "validatemoveresources",
  "exporttemplate",
  "checkzonepeers",
  "checkresourcename",
]);

/** The refusal for a path that no route matches. */
export function refusalOf(
  segments: readonly string[],
  apiVersion: string,
  hasTypesOf: (namespace: string) => boolean,
): ArmError {
  const lower = segments.map((segment) => segment.toLowerCase());
  const at = lower.lastIndexOf("providers");
  const name = segments[at + 1];
  if (at === -1 || name === undefined) {
    const last = lower.at(-1) ?? "";
    if (LEFT_OUT_OF_RESOURCE_MANAGER.has(last)) return notHere(`'${last}' of Resource Manager`);
    return new ArmError(404, "NotFound", `There is nothing at '/${segments.join("/")}'.`);
  }
  const namespace = knownNamespace(name);
  if (namespace === undefined) {
    return new ArmError(
      404,
      "InvalidResourceNamespace",
      `The resource namespace '${name}' is invalid.`,
    );
  }
  const types = segments.slice(at + 2).filter((_, index) => index % 2 === 0);
  const full = [namespace, ...types].join("/");
  if (!hasTypesOf(namespace) || isLeftOut(full)) {
    return notHere(`the resource type '${full}'`);
  }
  return new ArmError(
    404,
    "InvalidResourceType",
    `The resource type '${types.join("/")}' could not be found in the namespace '${namespace}' for api version '${apiVersion}'.`,
  );
}
