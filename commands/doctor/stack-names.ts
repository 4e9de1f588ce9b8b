// Names that a deployment gives what it makes, as the program and the components choose them.
import { armName } from "../../rules/arm-ids.js";
import { HostSlot } from "../../rules/bot-choices.js";
import { slotName } from "../../rules/hosts/slot-name.js";
import { defaultBotName, defaultResourceGroupName } from "../../rules/names.js";
import {
  type DoctorContext,
  type PlannedStack,
  requireSubscription,
  signedIn,
} from "./doctor-context.js";

/** ARM id of the stack's resource group. @throws CannotTell */
export function stackGroup(context: DoctorContext, { name: stack, config }: PlannedStack): string {
  const project = context.project.name;
  const group = config.resourceGroup.name ?? defaultResourceGroupName({ project, stack });
  return `/subscriptions/${requireSubscription(context)}/resourceGroups/${group}`;
}

/** The name of the Azure Bot as it is stated, or as it is adopted; undefined where it follows from where it is deployed. */
export function statedBotName({ config: { bot, adopt } }: PlannedStack): string | undefined {
  return bot.name ?? (adopt?.bot === undefined ? undefined : armName(adopt.bot));
}

/**
 * The name that is given where none is stated, to the bot and to the parts of a host. Undefined where the program does not show what it calls
 * its bot, from which the name follows.
 * @throws CannotTell
 */
export async function madeName(
  context: DoctorContext,
  stack: PlannedStack,
  slot = HostSlot.First,
): Promise<string | undefined> {
  const { name: project, bot: logicalName } = context.project;
  if (logicalName === undefined) return undefined;
  const bot = slotName(logicalName, slot);
  const { tid = "" } = await signedIn(context);
  const subscriptionId = requireSubscription(context);
  return defaultBotName({ tenantId: tid, subscriptionId, project, stack: stack.name, bot });
}
