import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    include: ["test/**/*.test.ts"],
    // Only a hang should end a test: machines differ by more than tests do.
    testTimeout: 180_000,
    hookTimeout: 600_000,
  },
});
