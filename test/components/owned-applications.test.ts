// A deployer that may change only the applications that it owns: the right that README.md tells a pipeline to have.
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CallingBot, type CallingBotArgs, stackOutputs } from "../../components/index.js";
import { DEPLOYER, DEPLOYER_WITHOUT_DIRECTORY_RIGHTS } from "../../local-cloud/index.js";
import { cloudAccess, graphClientOf } from "../../scripts/read-back.js";
import type { TestCloud } from "../support/test-cloud.js";
import {
  failureInProcess,
  newTestStack,
  run,
  startDeployableCloud,
  type TestStack,
} from "../support/test-stack.js";
import { ARGS } from "./refused-programs.js";

const PIPELINE = DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.servicePrincipalId;
/** App roles of Microsoft Graph ("Microsoft Graph permissions reference"). */
const OWNED_BY = "18a4783c-866b-4cc7-a460-3d5e5662c884";
const DIRECTORY_READ_ALL = "7ab1d382-f21e-4acd-a863-ba3e13f7da61";

let cloud: TestCloud;
const made: TestStack[] = [];

beforeAll(async () => {
  cloud = await startDeployableCloud();
  await grant(OWNED_BY);
});
afterAll(async () => {
  for (const { remove } of made) remove();
  await cloud.remove();
});

async function grant(appRoleId: string): Promise<void> {
  const graph = graphClientOf(cloudAccess(process.env));
  const { id: resourceId } = await graph
    .api("/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')")
    .get();
  await graph
    .api(`/servicePrincipals/${PIPELINE}/appRoleAssignments`)
    .post({ principalId: PIPELINE, resourceId, appRoleId });
}

async function pipelineStack(stackName: string, program: PulumiFn): Promise<TestStack> {
  const config = Object.fromEntries(
    ["azuread", "azure-native"].flatMap((provider) => [
      [`${provider}:clientId`, { value: DEPLOYER_WITHOUT_DIRECTORY_RIGHTS.appId }],
      [
        `${provider}:clientSecret`,
        { value: cloud.deployerWithoutDirectoryRightsSecret, secret: true },
      ],
    ]),
  );
  const stack = await newTestStack({ cloud, stackName, program, config });
  made.push(stack);
  return stack;
}

describe("a deployer with Application.ReadWrite.OwnedBy alone", () => {
  it("registers a bot, changes it and takes it away, and stays owner beside others", async () => {
    let args: CallingBotArgs = ARGS;
    const { stack } = await pipelineStack("owned", async () =>
      stackOutputs(new CallingBot("bot", args)),
    );
    const { outputs } = await run(stack, "up");
    expect((await run(stack, "up")).steps).toEqual([]);

    const ignore = { replyUrls: ["https://contoso.com/ours"] };
    args = {
      ...ARGS,
      displayName: "Renamed",
      replyUrls: ["https://contoso.com/signed-in"],
      ignore,
    };
    expect((await run(stack, "up")).steps).toEqual(["update Application bot", "update Bot bot"]);

    args = { ...args, owners: [PIPELINE, DEPLOYER.servicePrincipalId] };
    await run(stack, "up");
    const graph = graphClientOf(cloudAccess(process.env));
    const owners = await graph.api(`/applications/${outputs["applicationObjectId"]}/owners`).get();
    expect(owners.value.map(({ id }: { id: string }) => id).sort()).toEqual(
      [DEPLOYER.servicePrincipalId, PIPELINE].sort(),
    );
    await run(stack, "destroy");
  });

  it("is told before anything is made that it would give its right away, and which owner is nobody", async () => {
    await grant(DIRECTORY_READ_ALL);
    const request = {
      module: new URL("./refused-programs.ts", import.meta.url).href,
      exportName: "strangeOwner",
      operation: "preview",
    };
    const testStack = await pipelineStack("test", async () => {});
    const text = await failureInProcess(testStack, cloud, request);
    expect(text).toContain(`owners must include the deploying identity ${PIPELINE}`);
    expect(text).toContain(
      "owners[0] must be the object id of a user or service principal of the tenant, and the directory has none",
    );
  });
});
