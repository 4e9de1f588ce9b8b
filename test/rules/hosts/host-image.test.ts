import { describe, expect, it } from "vitest";
import {
  checkedRegistry,
  checkImage,
  checkImageRegistry,
  splitImage,
} from "../../../rules/hosts/host-image.js";
import { formatIssue } from "../../../rules/issue.js";

const REGISTRY =
  "/subscriptions/10ca1000-0000-4000-8000-00000000000a/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/Contoso";
const DIGEST = `@sha256:${"ab".repeat(32)}`;
const said = (image: string, registryId?: string) =>
  [...checkImage("host.image", image), ...checkImageRegistry("host", image, registryId)].map(
    formatIssue,
  );

describe("a host's container image", () => {
  it.each([
    ["contoso.azurecr.io/bots/calling:1.4.2", REGISTRY],
    ["contoso-a1b2c3.azurecr.io/bot:1", REGISTRY],
    [`contoso.azurecr.io/bot${DIGEST}`, REGISTRY],
    ["ghcr.io/contoso/bot:1.4.2", undefined],
    [`mcr.microsoft.com/dotnet/samples:aspnetapp${DIGEST}`, undefined],
    ["registry.contoso.com:5000/bot:v1", undefined],
    ["contoso/bot:2", undefined],
  ])("%s is accepted", (image, registryId) => {
    expect(said(image, registryId)).toEqual([]);
  });

  it.each(["ghcr.io/contoso/bot", "ghcr.io/contoso/bot:latest"])(
    "%s does not say what runs",
    (image) => {
      expect(said(image)).toEqual([
        `host.image must name a tag other than latest, or a digest, so that every instance runs the same (this package), got "${image}". Give the tag that was built for this release.`,
      ]);
    },
  );

  it.each(["https://ghcr.io/contoso/bot:1", "Contoso/Bot:1", "bot:1 --privileged", "", "a b"])(
    "%j is no image",
    (image) => {
      expect(said(image)).toEqual([expect.stringContaining("host.image must be an image as in")]);
      expect(splitImage(image)).toBeUndefined();
    },
  );

  it("of Azure Container Registry needs the registry, of which it has to be", () => {
    expect(said("contoso.azurecr.io/bot:1")).toEqual([
      "host.registryId must be given for an image in Azure Container Registry, because the bot's identity needs the right to pull it (Azure Container Registry). Give the registry's resource id.",
    ]);
    expect(said("fabrikam.azurecr.io/bot:1", REGISTRY)).toEqual([
      'host.image must be an image of the registry Contoso that registryId names (Azure Container Registry), got "fabrikam.azurecr.io/bot:1". Write it as in contoso.azurecr.io/bot:1.4.2, or correct registryId.',
    ]);
    expect(said("contoso.azurecr.io/bot:1", "contoso")).toEqual([
      expect.stringContaining(
        "host.registryId must be the resource id of one Microsoft.ContainerRegistry/registries",
      ),
    ]);
  });

  it("of Azure's other clouds needs its registry too", () => {
    for (const image of ["contoso.azurecr.us/bot:1", "contoso.azurecr.cn/bot:1"]) {
      expect(said(image)).toHaveLength(1);
      expect(said(image, REGISTRY)).toEqual([]);
    }
  });

  it("may have a registry that is known only later", () => {
    const check = checkedRegistry("host", "contoso.azurecr.io/bot:1");
    expect(check(REGISTRY)).toBe(REGISTRY);
    expect(() => check("contoso")).toThrow("host.registryId must be the resource id of one");
  });
});
