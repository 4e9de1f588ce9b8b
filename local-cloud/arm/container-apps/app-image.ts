// Whether the images of an app can be pulled: found out after the request was taken, when a revision is made of it.
import { type Puller, pullProblem } from "../container-registry/image-pull.js";
import { type ImageReference, parseImage } from "../container-registry/image-reference.js";
import { principalOf } from "../managed-identity/resource-identity.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";

/** What is wrong with the images, one sentence a container, as the service words it. */
export function imageProblems(cloud: ArmCloud, app: ResourceRecord): readonly string[] {
  const fields = new BodyFields(app.properties);
  const template = fields.object("template");
  const registries = fields.object("configuration").objects("registries") ?? [];
  return ["containers", "initContainers"].flatMap((list) =>
    (template.objects(list) ?? []).flatMap((container) => {
      const image = container.string("image") ?? "";
      const reference = parseImage(image);
      if (reference === undefined) return [];
      const registry = registries.find(
        (one) => one.string("server")?.toLowerCase() === reference.host,
      );
      const problem = pullProblem(cloud, reference, pullerOf(cloud, app, registry));
      if (problem === undefined) return [];
      const words = WORDS[problem](reference, registry?.string("identity") ?? "");
      return `Field 'template.${list}.${container.string("name")}.image' is invalid with details: 'Invalid value: "${image}": ${words}';`;
    }),
  );
}

const WORDS = {
  // Not seen at the service.
  "no registry": ({ host }: ImageReference) =>
    `GET https://${host}/v2/: dial tcp: lookup ${host}: no such host`,
  // microsoft/azure-container-apps#1061 with an identity, microsoft/azure-container-apps#212 without.
  unauthorized: ({ host, repository }: ImageReference, identity: string) =>
    identity === ""
      ? `GET https://${host}/oauth2/token?scope=repository%3A${encodeURIComponent(repository)}%3Apull&service=${host}: UNAUTHORIZED: authentication required, visit https://aka.ms/acr/authorization for more information.`
      : `unable to pull image using Managed identity ${identity} for registry ${host}`,
  // Azure-Samples/call-center-voice-agent-accelerator#3.
  "no image": ({ version }: ImageReference) =>
    `GET https:: MANIFEST_UNKNOWN: manifest tagged by "${version.slice(1)}" is not found; map[Tag:${version.slice(1)}]`,
} as const;

function pullerOf(cloud: ArmCloud, app: ResourceRecord, registry: BodyFields | undefined): Puller {
  const identity = registry?.string("identity") ?? "";
  if (identity !== "") return { principalId: principalOf(cloud, identity, app.identity) };
  const secrets = new BodyFields(app.hidden).objects("secrets") ?? [];
  const reference = registry?.string("passwordSecretRef");
  const secret = secrets.find((one) => one.string("name") === reference);
  return { username: registry?.string("username"), password: secret?.string("value") };
}
