// A stack of one calling bot whose arguments can be exchanged between runs.
import { CallingBot, type CallingBotArgs, stackOutputs } from "../../components/index.js";
import type { TestCloud } from "./test-cloud.js";
import { newTestStack, type TestStack } from "./test-stack.js";

export interface BotStack extends TestStack {
  /** What the bot is told from the next run on. */
  change(next: CallingBotArgs): void;
}

export async function newBotStack(
  cloud: TestCloud,
  stackName: string,
  first: CallingBotArgs,
): Promise<BotStack> {
  let args = first;
  const testStack = await newTestStack({
    cloud,
    stackName,
    program: async () => stackOutputs(new CallingBot("bot", args)),
  });
  return {
    ...testStack,
    change: (next) => {
      args = next;
    },
  };
}
