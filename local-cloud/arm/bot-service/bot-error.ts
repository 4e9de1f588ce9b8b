// Refusals as Bot Service words them: all problems in one sentence, each with its field
// (MicrosoftDocs/bot-docs#298, Azure/azure-sdk-for-net#5055).
import { ArmError } from "../mechanics/arm-error.js";

export interface BotProblem {
  /** .NET name of the property, such as `MsaAppId`. */
  readonly field: string;
  readonly message: string;
}

/** 400 InvalidBotData. */
export function invalidBot(problems: readonly BotProblem[]): ArmError {
  const errors = problems.map(({ field, message }) => `${field}: ${message}. `).join("");
  return invalidBotData(`Bot is not valid. Errors: ${errors}`);
}

/** 400 InvalidBotData with a message of its own. */
export function invalidBotData(message: string): ArmError {
  return new ArmError(400, "InvalidBotData", message);
}
