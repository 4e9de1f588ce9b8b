// The container image of a bot, and the registry it is pulled from.
import { armName, checkArmId } from "../arm-ids.js";
import { type Issue, shown, throwIfAny } from "../issue.js";

/**
 * Issues of an image, which is `[host/]repository[:tag][@digest]`; a tag or digest has to be said, because what runs must not
 * depend on when it was started.
 */
export function checkImage(path: string, image: string): Issue[] {
  const parts = splitImage(image);
  const about = { path, whose: "this package", got: shown(image) };
  if (parts === undefined) {
    return [
      {
        ...about,
        rule: "must be an image as in contoso.azurecr.io/bot:1.4.2",
        fix: "Write registry, repository and tag or digest, in lower case and without https://.",
      },
    ];
  }
  if (parts.version !== "" && parts.version !== ":latest") return [];
  return [
    {
      ...about,
      rule: "must name a tag other than latest, or a digest, so that every instance runs the same",
      fix: "Give the tag that was built for this release.",
    },
  ];
}

/** Issues of the registry of an image; of the image itself none. */
export function checkImageRegistry(
  path: string,
  image: string,
  registryId: string | undefined,
): Issue[] {
  const registry = splitImage(image)?.registry;
  if (registryId === undefined) {
    if (registry === undefined || !/\.azurecr\.(io|us|cn)$/.test(registry)) return [];
    return [
      {
        path: `${path}.registryId`,
        rule: "must be given for an image in Azure Container Registry, because the bot's identity needs the right to pull it",
        whose: "Azure Container Registry",
        fix: "Give the registry's resource id.",
      },
    ];
  }
  const at = `${path}.registryId`;
  const issues = checkArmId(at, registryId, "Microsoft.ContainerRegistry/registries");
  if (issues.length > 0 || registry === undefined || isOf(registry, registryId)) return issues;
  return [
    {
      path: `${path}.image`,
      rule: `must be an image of the registry ${armName(registryId)} that registryId names`,
      whose: "Azure Container Registry",
      got: shown(image),
      fix: `Write it as in ${armName(registryId).toLowerCase()}.azurecr.io/bot:1.4.2, or correct registryId.`,
    },
  ];
}

/** For a registry known only during `up`: returns its id, or throws a RulesError. */
export function checkedRegistry(path: string, image: string): (registryId: string) => string {
  return (registryId) => {
    throwIfAny(checkImageRegistry(path, image, registryId));
    return registryId;
  };
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
