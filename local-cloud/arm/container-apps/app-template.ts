// What an app runs: containers, their environment, how many replicas. A change of any of it makes another revision.

import { parseImage } from "../container-registry/image-reference.js";
import { ArmError, notHere } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkNames } from "../mechanics/known-names.js";
import { probesOf } from "./app-probes.js";
import { checkTotal, resourcesOf } from "./app-resources.js";
import { checkRange, invalidRequest } from "./container-app-error.js";

const MOST_REPLICAS = 1000;
const LONGEST_GRACE = 600;

/** What a template may refer to. */
export interface TemplatePlace {
  readonly app: string;
  readonly secretNames: readonly string[];
  /** Type of the workload profile; undefined in an environment without any. */
  readonly profile: string | undefined;
}

export function templateOf(given: BodyFields, place: TemplatePlace): JsonObject {
  checkNames(given, {
    of: "the template of a container app",
    understood: [
      "containers",
      "initContainers",
      "revisionSuffix",
      "scale",
      "terminationGracePeriodSeconds",
      "volumes",
    ],
    answered: ["serviceBinds"],
  });
  const containers = (given.objects("containers") ?? []).map((one) => containerOf(one, place));
  if (containers.length === 0) {
    // The words were not seen.
    throw invalidRequest("Template.Containers", "An app has at least one container");
  }
  const initContainers = given.objects("initContainers")?.map((one) => containerOf(one, place));
  const names = [...containers, ...(initContainers ?? [])].map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw invalidRequest("Template.Containers", "Each container has a name of its own");
  }
  checkTotal(
    containers.map(({ resources }) => resources),
    place.profile,
  );
  const grace = given.number("terminationGracePeriodSeconds");
  return {
    revisionSuffix: suffixOf(given, place.app),
    terminationGracePeriodSeconds:
      checkRange("Template.TerminationGracePeriodSeconds", grace, 0, LONGEST_GRACE) ?? null,
    containers,
    initContainers: initContainers ?? null,
    scale: scaleOf(given.object("scale")),
    volumes: volumesOf(given),
    serviceBinds: null,
  };
}

function containerOf(given: BodyFields, { secretNames }: TemplatePlace) {
  const name = given.string("name") ?? "";
  const path = `Template.Containers['${name}']`;
  if (!/^[a-z0-9]([a-z0-9-]{0,44}[a-z0-9])?$/.test(name)) {
    throw invalidRequest(
      "Template.Containers.Name",
      `A name has lower-case letters, digits and hyphens, got '${name}'`,
    );
  }
  const image = given.string("image") ?? "";
  if (parseImage(image) === undefined) {
    throw invalidRequest(`${path}.Image`, `It is no reference of an image, got '${image}'`);
  }
  const env = given.objects("env")?.map((variable) => {
    const secretRef = variable.string("secretRef");
    if (secretRef !== undefined && !secretNames.includes(secretRef)) {
      throw new ArmError(
        400,
        "ContainerAppSecretRefNotFound",
        `SecretRef '${secretRef}' defined for container '${name}' not found.`,
      );
    }
    const value =
      secretRef === undefined ? { value: variable.string("value") ?? "" } : { secretRef };
    return { name: variable.string("name"), ...value };
  });
  const lists = ["args", "command"].flatMap((list) => {
    const value = given.strings(list);
    return value === undefined ? [] : [[list, value] as const];
  });
  const probes = probesOf(given, path);
  const volumeMounts = given.raw("volumeMounts");
  return {
    image,
    imageType: given.string("imageType") ?? "ContainerImage",
    name,
    ...Object.fromEntries(lists),
    ...(env === undefined ? {} : { env }),
    ...(probes === null ? {} : { probes }),
    ...(volumeMounts === undefined ? {} : { volumeMounts }),
    resources: resourcesOf(given, path),
  };
}

// The words of these were not seen.
function scaleOf(given: BodyFields): JsonObject {
  const least = checkRange(
    "Template.Scale.MinReplicas",
    given.number("minReplicas"),
    0,
    MOST_REPLICAS,
  );
  const most = checkRange(
    "Template.Scale.MaxReplicas",
    given.number("maxReplicas"),
    1,
    MOST_REPLICAS,
  );
  if ((least ?? 0) > (most ?? 10)) {
    throw invalidRequest(
      "Template.Scale.MinReplicas",
      `It is at most MaxReplicas, got ${least} and ${most ?? 10}`,
    );
  }
  return {
    minReplicas: least ?? null,
    maxReplicas: most ?? 10,
    cooldownPeriod: given.number("cooldownPeriod") ?? 300,
    pollingInterval: given.number("pollingInterval") ?? 30,
    rules: given.raw("rules") ?? null,
  };
}

function volumesOf(given: BodyFields): unknown {
  for (const volume of given.objects("volumes") ?? []) {
    const type = volume.string("storageType") ?? "EmptyDir";
    if (!["EmptyDir", "Secret"].includes(type)) throw notHere(`volumes of type '${type}'`);
  }
  return given.raw("volumes") ?? null;
}

// Azure/azure-quickstart-templates#14660.
function suffixOf(given: BodyFields, app: string): string {
  const suffix = given.string("revisionSuffix") ?? "";
  const isName =
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(suffix) && app.length + suffix.length + 2 <= 54;
  if (suffix === "" || isName) return suffix;
  throw new ArmError(
    400,
    "ContainerAppInvalidRevisionName",
    `Revision name has an invalid value '${suffix}'. A revision name must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character. The length of the revision name must not be more than a combined 54 characters with the container app name.`,
  );
}
