// A bot that signs in with the certificates of a file, for refusals of test/components/certificate-rotation.test.ts.
import { CallingBot, stackOutputs } from "../../components/index.js";
import { ARGS } from "./refused-programs.js";

/** With the credential that the test has left in the environment. */
export async function withCredential() {
  const credential = JSON.parse(process.env["ROTATION_CREDENTIAL"] ?? "{}");
  return stackOutputs(new CallingBot("bot", { ...ARGS, credential }));
}
