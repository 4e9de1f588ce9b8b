// A program whose one bot is the stack file in ADOPTED_STACK, for a process of its own.
import { CallingBot, stackOutputs } from "../../components/index.js";
import { botConfig } from "../support/bot-config.js";

export function adoptingBot() {
  return stackOutputs(new CallingBot("bot", botConfig(process.env["ADOPTED_STACK"] ?? "")));
}
