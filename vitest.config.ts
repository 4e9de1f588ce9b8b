import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    include: ["test/**/*.test.ts"],
    // Tests on the engine mostly wait for it: on two cores the default of one worker would leave half of them idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Only a hang should end a test: machines differ by more than tests do.
    testTimeout: 180_000,
    hookTimeout: 600_000,
  },
});
