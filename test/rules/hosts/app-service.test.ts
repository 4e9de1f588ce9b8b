import { describe, expect, it } from "vitest";
import { CallState } from "../../../rules/bot-choices.js";
import {
  checkSite,
  defaultPlan,
  SiteOs,
  type SiteRegistry,
  type SiteWish,
  windowsRuntime,
} from "../../../rules/hosts/app-service.js";
import { formatIssue } from "../../../rules/issue.js";

const site: SiteWish = { runtime: "NODE|22-lts" };
const said = (wish: SiteWish & SiteRegistry) => checkSite("host", wish).map(formatIssue);

describe("a site on App Service", () => {
  it.each<SiteWish>([
    {},
    { sku: "B1" },
    { sku: "P1mv3", callState: CallState.Shared, instances: 30 },
    { sku: "i1v2", callState: CallState.Shared },
    { instances: 1 },
    { os: SiteOs.Windows, runtime: "DOTNET|v8.0" },
    { runtime: "DOTNETCORE|8.0" },
  ])("may be %j", (wish) => {
    expect(said({ ...site, ...wish })).toEqual([]);
  });

  it.each([
    ["F1", "must be a plan of the Basic tier or above, because a site that sleeps cannot answer"],
    ["D1", "must be a plan of the Basic tier or above, because a site that sleeps cannot answer"],
    ["Y1", "must be a plan for web apps, not one for functions or workflows"],
    ["EP1", "must be a plan for web apps, not one for functions or workflows"],
    ["large", "must be a plan of the Basic tier or above (Azure App Service)"],
  ])("cannot run in the plan %s", (sku, rule) => {
    expect(said({ ...site, sku })).toEqual([expect.stringContaining(`host.sku ${rule}`)]);
  });

  it("runs one copy while calls live in memory, because no notification finds its way to another", () => {
    expect(said({ ...site, instances: 3 })).toEqual([
      'host.instances must be 1 while the bot keeps its calls in memory, because a notification would reach an instance that does not know the call (Graph Communications SDK), got 3. Set it to 1, or keep calls in a store that all instances share and set callState to "shared".',
    ]);
  });

  it("runs two copies or more when they share what they know", () => {
    expect(said({ ...site, callState: CallState.Shared, instances: 1 })).toEqual([
      "host.instances must be at least 2 when instances share what they know of calls, because a single one cannot be replaced while it is ill (Azure App Service), got 1. Raise it, or leave it out for 2.",
    ]);
  });

  it.each([
    ["B2", 4, 3],
    ["S1", 11, 10],
    ["P0v3", 31, 30],
  ])("of the plan %s has no %i copies", (sku, instances, most) => {
    expect(said({ ...site, sku, instances, callState: CallState.Shared })).toEqual([
      `host.instances must be a whole number of at most ${most} (Azure App Service), got ${instances}. Lower it, or choose a larger plan.`,
    ]);
  });

  it("needs a runtime or an image, and not both", () => {
    expect(said({})).toEqual([
      "host.runtime must be given unless an image is (Azure App Service). Write what the code runs on, such as NODE|22-lts or DOTNETCORE|8.0, or give image.",
    ]);
    expect(said({ runtime: "NODE|22-lts", image: "ghcr.io/contoso/bot:1" })).toEqual([
      'host.runtime must be left out with an image, which brings its own (Azure App Service), got "NODE|22-lts". Remove one of the two.',
    ]);
    expect(said({ ...site, registryId: "/subscriptions/x" })).toEqual([
      "host.registryId must be left out unless image is given (this package). Remove it, or say which image the registry holds.",
    ]);
  });

  it.each([
    [SiteOs.Linux, "node 22"],
    [SiteOs.Linux, "DOTNET|v8.0"],
    [SiteOs.Windows, "NODE|22-lts"],
    [SiteOs.Windows, "DOTNETCORE|8.0"],
  ])("on %s has no runtime %s", (os, runtime) => {
    expect(said({ os, runtime })).toEqual([
      expect.stringContaining(
        `host.runtime must name a stack of ${os === SiteOs.Linux ? "Linux" : "Windows"} plans`,
      ),
    ]);
  });

  it("runs a Windows container in a plan that has Hyper-V, and nowhere else", () => {
    const container = { os: SiteOs.Windows, image: "mcr.microsoft.com/contoso/bot:1" };
    expect(said(container)).toEqual([]);
    expect(defaultPlan(container)).toBe("P1v3");
    expect(said({ ...container, sku: "B1" })).toEqual([
      'host.sku must be a plan of the Premium V3 tier from P1v3 on for a Windows container (Azure App Service), got "B1". Use P1v3, or a Linux image.',
    ]);
  });

  it("on Windows says .NET by a property and Node by a setting", () => {
    expect(windowsRuntime("DOTNET|v8.0")).toEqual({ netFrameworkVersion: "v8.0" });
    expect(windowsRuntime("NODE|~22")).toEqual({ nodeVersion: "~22" });
    expect(windowsRuntime("PYTHON|3.12")).toBeUndefined();
  });
});
