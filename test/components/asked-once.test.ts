// What is asked for every bot of a stack, and what is asked once for all of them, on the real engine and a local cloud.
import * as azuread from "@pulumi/azuread";
import { expect, it } from "vitest";
import { CallingBot } from "../../components/index.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { newTestStack, run } from "../support/test-stack.js";
import { ARGS } from "./refused-programs.js";

const { cloud, made } = await cloudOfFile();

/** How often the program of so many bots looks Microsoft Graph up in the directory. */
async function lookUps(stackName: string, program: () => void): Promise<number> {
  const stack = await newTestStack({ cloud, stackName, program: async () => program() });
  made.push(stack);
  const before = cloud.requests.all().length;
  await run(stack.stack, "preview");
  const asked = cloud.requests.all().slice(before);
  return asked.filter(({ path }) => /servicePrincipals\?.*00000003-0000-0000-c000/.test(path))
    .length;
}

function bots(count: number, opts: object = {}): void {
  for (let index = 0; index < count; index++) {
    new CallingBot(
      `bot-${count}-${index}`,
      { ...ARGS, bot: { name: `asked-${count}-${index}` } },
      opts,
    );
  }
}

it("Microsoft Graph is looked up once for all bots of a provider", async () => {
  expect(await lookUps("three", () => bots(3))).toBe(1);
});

it("another provider is asked for its own directory", async () => {
  const asked = await lookUps("two-providers", () => {
    bots(1);
    bots(2, { providers: { azuread: new azuread.Provider("other") } });
  });
  expect(asked).toBe(2);
});

it("the next run asks again", async () => {
  expect(await lookUps("again", () => bots(1))).toBe(1);
  expect(await lookUps("again-2", () => bots(1))).toBe(1);
});
