// A bot that signs in without a break, while something is done to its credentials.
import { setTimeout as pause } from "node:timers/promises";

/** Signs in again and again while `work` goes on; tells every answer that was not "ok". */
export async function whileSigningIn<T>(signIn: () => Promise<string>, work: () => Promise<T>) {
  let isDone = false;
  const refused: string[] = [];
  let count = 0;
  const loop = async () => {
    while (!isDone) {
      const answer = await signIn();
      count++;
      if (answer !== "ok") refused.push(answer);
      await pause(20);
    }
  };
  const looping = loop();
  const result = await work().finally(() => {
    isDone = true;
  });
  await looping;
  return { result, refused, count };
}
