// What a destroy of a protected bot keeps, said in each preview and update.
import * as pulumi from "@pulumi/pulumi";
import { BotType } from "../rules/bot-choices.js";
import { keptSentence } from "../rules/lifetime.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import type { SignUpAddress } from "./sign-up-address.js";

interface Made {
  readonly makesGroup: boolean;
  readonly signUp: SignUpAddress | undefined;
}

export function sayWhatIsKept(args: CallingBotArgs, made: Made, bot: pulumi.Resource): void {
  void pulumi.log.info(keptSentence(keptParts(args, made)), bot);
}

function keptParts(args: CallingBotArgs, { makesGroup, signUp }: Made): string[] {
  const identity =
    args.bot?.type !== BotType.UserAssignedMSI
      ? ["the Entra application with its app id", "its service principal"]
      : args.managedIdentity === undefined
        ? ["the managed identity"]
        : [];
  return [
    ...identity,
    "the Azure Bot",
    "its Teams channel",
    ...(signUp === undefined ? [] : ["the storage account of the sign-up page"]),
    ...(makesGroup ? ["the resource group"] : []),
  ];
}
