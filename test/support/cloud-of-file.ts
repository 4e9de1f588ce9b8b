// The cloud that the tests of one file deploy to, and what they leave on it.
import { afterAll } from "vitest";
import type { CallingBotArgs } from "../../components/index.js";
import { type BotStack, newBotStack } from "./bot-stack.js";
import type { TestCloud } from "./test-cloud.js";
import { startDeployableCloud, type TestStack } from "./test-stack.js";

export interface CloudOfFile {
  readonly cloud: TestCloud;
  /** Stacks that are removed after the last test, before the cloud is. */
  readonly made: TestStack[];
  /** A stack of one calling bot. */
  botStack(stackName: string, first: CallingBotArgs): Promise<BotStack>;
}

/** Starts it, and stops it after the last test of the file that asks. */
export async function cloudOfFile(): Promise<CloudOfFile> {
  const cloud = await startDeployableCloud();
  const made: TestStack[] = [];
  afterAll(async () => {
    for (const { remove } of made) remove();
    await cloud.remove();
  });
  return {
    cloud,
    made,
    async botStack(stackName, first) {
      const stack = await newBotStack(cloud, stackName, first);
      made.push(stack);
      return stack;
    },
  };
}
