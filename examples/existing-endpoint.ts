// A bot that runs elsewhere. In a program of your own import from "teams-calling-bot".
import { CallingBot, Capability, stackOutputs } from "../components/index.js";

export default async function existingEndpoint() {
  const bot = new CallingBot("bot", {
    host: {
      messagingEndpoint: "https://bot.contoso.com/api/messages",
      callingWebhook: "https://bot.contoso.com/api/calling",
    },
    capabilities: [Capability.AnswerCalls, Capability.JoinMeetings],
  });
  return stackOutputs(bot);
}
