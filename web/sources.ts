// What the build is made from, as one hash: for each file its path, a zero byte, its bytes and a zero byte.
// `crates/server/tests/built.rs` computes the same.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

const FILES = ["index.html", "package-lock.json", "package.json", "sources.ts", "svelte.config.js", "tsconfig.json", "vite.config.ts"];

export function sourceHash(): string {
  const inside = readdirSync("src", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/"));
  const hash = createHash("sha256");
  for (const path of [...FILES, ...inside].sort()) {
    hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}
