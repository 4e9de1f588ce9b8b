// A bot whose secret jumps over a generation, for a process of its own.
import { CallingBot, CredentialKind, stackOutputs } from "../../components/index.js";
import { ARGS } from "./refused-programs.js";

export function fifthGeneration() {
  const vaultId = process.env["ROTATION_VAULT"] ?? "";
  const credential = { kind: CredentialKind.Secret, vaultId, generation: 5 };
  return stackOutputs(new CallingBot("bot", { ...ARGS, credential }));
}
