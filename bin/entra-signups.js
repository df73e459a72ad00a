#!/usr/bin/env node
// Starts the built program. Written so that old versions of Node can read it far enough to say that they are too old.
const { versions, execPath, env, getBuiltinModule } = process;
const [major, minor] = versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`entra-signups needs Node.js 20.19 or newer; this is ${versions.node} (${execPath}).`);
  process.exit(2);
}
env.NODE_ENV = 'production';

const { enableCompileCache } = getBuiltinModule ? getBuiltinModule('module') : {};
if (enableCompileCache) enableCompileCache();

import('../dist/main.js').then((program) => program.start());
