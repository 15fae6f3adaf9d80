// Bundles the component into dist/: the script, its stylesheet for browsers without constructable ones,
// and the hash a page names in `integrity`. The same sources give the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const out = process.argv[2] ?? new URL("dist", import.meta.url).pathname;
const root = new URL(".", import.meta.url).pathname;
mkdirSync(out, { recursive: true });

await build({
  absWorkingDir: root,
  entryPoints: [{ in: "src/index.ts", out: "cep-assistant" }],
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2021", "safari15.4", "firefox100", "chrome100"],
  charset: "utf8",
  legalComments: "none",
  plugins: [
    {
      // The stylesheet travels as text: a strict policy forbids <style>, not adopted sheets.
      name: "minified-css-as-text",
      setup(bundling) {
        bundling.onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await stylesheet(path), loader: "text" }));
      },
    },
  ],
});
writeFileSync(`${out}/cep-assistant.css`, await stylesheet(`${root}src/style.css`));
const script = readFileSync(`${out}/cep-assistant.js`);
writeFileSync(`${out}/integrity.txt`, `sha384-${createHash("sha384").update(script).digest("base64")}\n`);

async function stylesheet(path) {
  const built = await build({ entryPoints: [path], minify: true, write: false, charset: "utf8", target: ["safari15.4", "chrome100"] });
  return built.outputFiles[0].text;
}
