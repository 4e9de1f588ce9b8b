// Whether the channel serves the Teams that the stack's cloud has: commercial, or that of the US government.
import type { TeamsChannel } from "../../../arm/azure-bot.js";
import { type CloudEndpoints, cloudEndpoints } from "../../../rules/clouds.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

/** What the service takes when nothing is said. */
const COMMERCIAL = "CommercialDeployment";

export function judgeDeployment(
  { deploymentEnvironment: expected = COMMERCIAL }: Pick<CloudEndpoints, "deploymentEnvironment">,
  { deploymentEnvironment = COMMERCIAL }: TeamsChannel,
): Outcome {
  const evidence = { deploymentEnvironment };
  if (deploymentEnvironment.toLowerCase() === expected.toLowerCase()) {
    return pass(`The channel serves ${deploymentEnvironment}.`, evidence);
  }
  return fail(
    `The channel serves ${deploymentEnvironment}, and the stack's cloud is ${expected}: users of that Teams cannot call the bot.`,
    "Set cloud of the stack to where the users are, or run pulumi refresh and pulumi up.",
    evidence,
  );
}

export const channelDeployment: Check<VerifyContext> = {
  id: "channel-deployment",
  title: "the channel serves the deployment of Teams that the stack's cloud has",
  run: async ({ bot, channel }) => {
    const found = await channel();
    return found === undefined
      ? skip("There is no Teams channel.")
      : judgeDeployment(cloudEndpoints(bot.cloud), found);
  },
};
