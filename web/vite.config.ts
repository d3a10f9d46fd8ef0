import { svelte } from "@sveltejs/vite-plugin-svelte";
import { writeFileSync } from "node:fs";
import { defineConfig } from "vite";
import { sourceHash } from "./sources.ts";

export default defineConfig({
  plugins: [
    svelte(),
    {
      // The build is kept in the repository; a Rust test compares this hash with the sources beside it.
      name: "source-hash",
      apply: "build",
      writeBundle: (options) => writeFileSync(`${options.dir}/source.sha256`, sourceHash() + "\n"),
    },
  ],
  build: { target: "es2023", assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
});
