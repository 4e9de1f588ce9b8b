// The container image of a bot, and the registry it is pulled from.
import { armName, checkArmId } from "../arm-ids.js";
import { type Issue, shown } from "../issue.js";

/**
 * Issues of an image and its registry. An image is `[host/]repository[:tag][@digest]`; a tag or digest has to be said, because
 * what runs must not depend on when it was started.
 */
export function checkHostImage(
  path: string,
  image: string,
  registryId: string | undefined,
): Issue[] {
  const issues: Issue[] = [];
  const parts = splitImage(image);
  if (parts === undefined) {
    issues.push({
      path: `${path}.image`,
      rule: "must be an image as in contoso.azurecr.io/bot:1.4.2",
      whose: "this package",
      got: shown(image),
      fix: "Write registry, repository and tag or digest, in lower case and without https://.",
    });
  } else if (parts.version === "" || parts.version === ":latest") {
    issues.push({
      path: `${path}.image`,
      rule: "must name a tag other than latest, or a digest, so that every instance runs the same",
      whose: "this package",
      got: shown(image),
      fix: "Give the tag that was built for this release.",
    });
  }
  if (registryId === undefined) {
    const isAzure = parts?.registry.endsWith(".azurecr.io") === true;
    if (isAzure) {
      issues.push({
        path: `${path}.registryId`,
        rule: "must be given for an image in Azure Container Registry, because the bot's identity needs the right to pull it",
        whose: "Azure Container Registry",
        fix: "Give the registry's resource id.",
      });
    }
    return issues;
  }
  const idIssues = checkArmId(
    `${path}.registryId`,
    registryId,
    "Microsoft.ContainerRegistry/registries",
  );
  issues.push(...idIssues);
  if (idIssues.length === 0 && parts !== undefined && !isOf(parts.registry, registryId)) {
    issues.push({
      path: `${path}.image`,
      rule: `must be an image of the registry ${armName(registryId)} that registryId names`,
      whose: "Azure Container Registry",
      got: shown(image),
      fix: `Write it as in ${armName(registryId).toLowerCase()}.azurecr.io/bot:1.4.2, or correct registryId.`,
    });
  }
  return issues;
}

/** Host of the registry (`docker.io` when none is said), repository, and `:tag`, `@digest` or both as written. */
export function splitImage(
  image: string,
):
  | { readonly registry: string; readonly repository: string; readonly version: string }
  | undefined {
  const form =
    /^(?:(?<registry>[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?|localhost(?::\d+)?)\/)?(?<repository>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?<version>(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?)$/;
  const groups = form.exec(image)?.groups;
  if (groups === undefined) return undefined;
  const { registry = "docker.io", repository = "", version = "" } = groups;
  return { registry, repository, version };
}

/** A registry's host starts with its name; newer ones add a hash to it. */
function isOf(host: string, registryId: string): boolean {
  const name = armName(registryId).toLowerCase();
  const [first = "", ...domain] = host.split(".");
  const hashed = first.startsWith(`${name}-`) && first.length > name.length + 1;
  return (first === name || hashed) && domain.join(".").startsWith("azurecr.");
}
