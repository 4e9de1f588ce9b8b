import { describe, expect, it } from "vitest";
import { Cloud, checkCloud, cloudEndpoints, endpointsFromEnvironment } from "../../rules/clouds.js";

describe("the clouds", () => {
  it.each(Object.values(Cloud))("%s has https origins without path or slash", (cloud) => {
    const { login, graph, arm, portal } = cloudEndpoints(cloud);
    for (const origin of [login, graph, arm, portal]) expect(new URL(origin).origin).toBe(origin);
  });

  it("differ where Microsoft says so", () => {
    expect(cloudEndpoints(Cloud.Public).graph).toBe("https://graph.microsoft.com");
    expect(cloudEndpoints(Cloud.GccHigh).login).toBe("https://login.microsoftonline.us");
    expect(cloudEndpoints(Cloud.GccHigh).graph).toBe("https://graph.microsoft.us");
    expect(cloudEndpoints(Cloud.Dod).graph).toBe("https://dod-graph.microsoft.us");
    expect(cloudEndpoints(Cloud.Dod).arm).toBe("https://management.usgovcloudapi.net");
    expect(cloudEndpoints(Cloud.China).arm).toBe("https://management.chinacloudapi.cn");
  });

  it.each([
    [Cloud.Public, undefined, "api://AzureADTokenExchange"],
    [Cloud.GccModerate, undefined, "api://AzureADTokenExchange"],
    [Cloud.GccHigh, "https://botframework.azure.us", "api://AzureADTokenExchangeUSGov"],
    [Cloud.Dod, "https://botframework.azure.us", "api://AzureADTokenExchangeUSGov"],
    [Cloud.China, undefined, "api://AzureADTokenExchangeChina"],
  ])("%s has its own channel service and audience", (cloud, channelService, audience) => {
    const { botChannelService, federatedAudience } = cloudEndpoints(cloud);
    expect([botChannelService, federatedAudience]).toEqual([channelService, audience]);
  });

  it("name a Teams deployment only for GCC", () => {
    const set = Object.values(Cloud).filter((c) => "deploymentEnvironment" in cloudEndpoints(c));
    expect(set).toEqual([Cloud.GccModerate]);
    expect(cloudEndpoints(Cloud.GccModerate).deploymentEnvironment).toBe("GCCModerateDeployment");
  });

  it("are refused where there is no calling", () => {
    expect(Object.values(Cloud).filter((cloud) => checkCloud(cloud).length > 0)).toEqual([
      Cloud.China,
    ]);
  });
});

describe("the endpoints from the environment", () => {
  const local = {
    AZURE_AUTHORITY_HOST: "https://localhost:1/",
    LOCAL_ARM_URL: "https://localhost:2",
    LOCAL_GRAPH_URL: "https://localhost:3",
  };

  it("are the local cloud's when all three are set, otherwise as the cloud has them", () => {
    expect(endpointsFromEnvironment(local, Cloud.GccModerate)).toEqual({
      ...cloudEndpoints(Cloud.GccModerate),
      name: "local",
      login: "https://localhost:1",
      arm: "https://localhost:2",
      graph: "https://localhost:3",
    });
  });

  it.each(Object.keys(local))("are the cloud's own when %s is missing", (missing) => {
    const env = { ...local, [missing]: undefined };
    expect(endpointsFromEnvironment(env, Cloud.Public)).toEqual(cloudEndpoints(Cloud.Public));
  });
});
