// Holds rendered manifests against the Kubernetes types: fields that no type has (by the compiler), and values that the schema of a
// kind refuses (by its validator). usage: node types.mjs MODULES FILE...
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

const [modules, ...files] = process.argv.slice(2);
// Where the imports of what is written below are looked up.
const folder = mkdtempSync(join(tmpdir(), 'types-'));
process.on('exit', () => rmSync(folder, {recursive: true}));
symlinkSync(modules, join(folder, 'node_modules'));
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
writeFileSync(join(folder, 'load.js'), 'export default (name) => import(name);');
const load = (await import(pathToFileURL(join(folder, 'load.js')))).default;
const YAML = await load('yaml');
const GROUPS = {
  'argoproj.io': '@kubernetes-models/argo-rollouts/argoproj.io',
  'external-secrets.io': '@kubernetes-models/external-secrets/external-secrets.io',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator/monitoring.coreos.com',
};

function packageOf(apiVersion) {
  if (!apiVersion.includes('/')) {
    return `kubernetes-models/${apiVersion}`;
  }
  const [group, version] = apiVersion.split('/');
  return `${GROUPS[group] ?? `kubernetes-models/${group}`}/${version}`;
}

const problems = [];
const lines = [];
const places = [];
let count = 0;
for (const file of files) {
  for (const document of YAML.parseAllDocuments(readFileSync(file, 'utf8'))) {
    if (document.errors.length > 0) {
      problems.push(`${file}: ${document.errors[0].message}`);
      continue;
    }
    const manifest = document.toJS();
    if (!manifest) {
      continue;
    }
    count++;
    const where = `${file}: ${manifest.kind} ${manifest.metadata?.name}`;
    const from = packageOf(manifest.apiVersion);
    try {
      const type = (await load(from))[manifest.kind];
      new type(manifest).validate();
    } catch (e) {
      problems.push(`${where}: ${e.message}`);
    }
    const n = places.push(where) - 1;
    lines.push(`import type {I${manifest.kind} as T${n}} from '${from}'; export const m${n}: T${n} = ${JSON.stringify(manifest)};`);
  }
}
if (count === 0) {
  problems.push('there is no manifest in the files');
}
try {
  writeFileSync(join(folder, 'manifests.ts'), lines.join('\n'));
  execFileSync(process.execPath, [join(modules, 'typescript/bin/tsc'), '--noEmit', '--strict', '--skipLibCheck', '--module',
    'nodenext', '--moduleResolution', 'nodenext', '--pretty', 'false', 'manifests.ts'], {cwd: folder, encoding: 'utf8'});
} catch (e) {
  for (const line of (e.stdout ?? String(e)).split('\n').filter(Boolean)) {
    const at = /^manifests\.ts\((\d+),/.exec(line);
    problems.push(at ? `${places[at[1] - 1]}: ${line.replace(/^.*?: error /, '')}` : line);
  }
}
problems.forEach((problem) => console.error(problem));
console.log(`${count} manifests, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
