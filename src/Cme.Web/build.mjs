// Builds ClientApp into wwwroot/dist, which MSBuild then takes as content: `node build.mjs`.
// With --tests it bundles the *.test.ts files for node's own test runner instead.
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { compile } from 'sass';

const out = process.argv.includes('--tests') ? 'obj/client-tests' : 'wwwroot/dist';
const isTest = (file) => file.endsWith('.test.ts');
const sources = await readdir('ClientApp', { recursive: true });

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

if (process.argv.includes('--tests')) {
  await build({
    entryPoints: sources.filter(isTest).map((file) => `ClientApp/${file}`),
    bundle: true, platform: 'node', format: 'esm', outdir: out, outbase: 'ClientApp', loader: { '.json': 'json' }, logLevel: 'warning',
  });
} else {
  const style = compile('ClientApp/styles/site.scss', {
    style: 'compressed', loadPaths: ['.'], quietDeps: true,
    // MoJ Frontend still uses what GOV.UK Frontend has deprecated; only warnings about our own files are ours to heed.
    logger: { warn: (message, { stack }) => { if (!stack?.startsWith('node_modules/')) { throw new Error(`${message}\n${stack ?? ''}`); } } },
  });
  await writeFile(`${out}/site.css`, style.css);
  await cp('ClientApp/images', `${out}/images`, { recursive: true });
  await build({
    entryPoints: ['ClientApp/site.ts', 'ClientApp/board.ts', 'ClientApp/record.ts', 'ClientApp/wall.ts'],
    bundle: true, minify: true, format: 'esm', target: ['es2022'], outdir: out, logLevel: 'warning',
  });
}
