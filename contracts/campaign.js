// Prints what came of each handler's calls in the campaign, and fails when a handler mostly came to nothing:
// campaign.js FORGE_JSON
const fs = require('fs');

const LEAST = 0.3;
let poor = 0;
for (const suite of Object.values(JSON.parse(fs.readFileSync(process.argv[2])))) {
  for (const { kind } of Object.values(suite.test_results)) {
    for (const [handler, { calls, reverts, discards }] of Object.entries(kind.Invariant?.metrics ?? {})) {
      const share = (calls - reverts - discards) / calls;
      if (!(share >= LEAST)) poor++;
      console.log(`${handler.split('.').pop().padEnd(10)} ${calls} calls, ${Math.round(100 * share)} % came to something`);
    }
  }
}
process.exitCode = poor > 0 ? 1 : 0;
