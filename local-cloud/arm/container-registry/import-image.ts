// `importImage` of a registry: how an image gets into it without Docker ("Import container images to a container registry").
import type { ArmAnswer, ArmCall } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { ContainerImages } from "./container-images.js";
import { isThere } from "./image-pull.js";
import { type ImageReference, parseImage } from "./image-reference.js";

/** Answers when it is done; the real service answers 202 and goes on. */
export function importImage(call: ArmCall, registry: ResourceRecord): ArmAnswer {
  const fields = new BodyFields(call.body);
  const source = sourceOf(call, fields.object("source"));
  const images = new ContainerImages(call.cloud.context.store);
  if (!isThere(call.cloud, source)) {
    // The words were not seen.
    const message = `The image ${source.repository}${source.version} was not found in ${source.host}.`;
    throw new ArmError(404, "ImageNotFound", message);
  }
  const targets = fields.strings("targetTags") ?? [`${source.repository}${source.version}`];
  const loginServer = String(registry.properties["loginServer"]);
  for (const target of targets) {
    const image = `${loginServer}/${target}`;
    if (parseImage(image) === undefined) throw invalid("targetTags", target);
    images.declare(image, true);
  }
  return { status: 200 };
}

function sourceOf(call: ArmCall, source: BodyFields): ImageReference {
  const resourceId = source.string("resourceId");
  const registry = resourceId === undefined ? undefined : call.cloud.resources.byId(resourceId);
  if (resourceId !== undefined && registry === undefined)
    throw invalid("source.resourceId", resourceId);
  const host = source.string("registryUri") ?? registry?.properties["loginServer"];
  const image = source.string("sourceImage") ?? "";
  const reference = parseImage(host === undefined ? image : `${host}/${image}`);
  if (reference === undefined) throw invalid("source.sourceImage", image);
  return reference;
}

function invalid(name: string, value: string): ArmError {
  return new ArmError(400, "InvalidParameter", `'${name}' is not valid, got '${value}'.`, {
    target: name,
  });
}
