// `npm run demo -- --keep`: what it leaves up is what a person is invited to.
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newStateFolder } from "../support/test-cloud.js";
import { startScript } from "./script-process.js";

let folder: string;
beforeAll(() => {
  folder = newStateFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the demo that is kept", () => {
  it("ends with the bot's own sign-up page, up until Ctrl-C, and takes everything away then", {
    timeout: 180_000,
  }, async () => {
    const demo = startScript("demo", ["--keep", "--folder", folder], {});
    await demo.until("3. Read back");
    await demo.until("stays until Ctrl-C");
    // A call that is answered and hung up by the bot, then the same one without consent.
    const [, first = "", second = ""] = demo.out().split("A call of the calling service");
    expect(first).toMatch(/answer: 202\n[\s\S]*playPrompt: 200\n[\s\S]*DELETE .*: 204\n/);
    expect(second).toMatch(/answer: 403 7504: Insufficient enterprise tenant permissions/);
    const [, page = ""] = /\n {2}(https:\/\/localhost:\d+\/web\/\S+)\n/.exec(demo.out()) ?? [];
    const answer = await fetch(page);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("Approve Contoso calling bot (local)");
    // A reader that has seen enough, as in "| head"; the demo fails when it leaves anything.
    demo.child.stdout?.destroy();
    demo.child.kill("SIGINT");
    expect([await demo.code, demo.err()]).toEqual([0, ""]);
  });
});
