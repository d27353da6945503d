// Compares slither's findings with the answers in slither.md: slither.js FINDINGS_JSON
const fs = require('fs');

const { success, results } = JSON.parse(fs.readFileSync(process.argv[2]));
if (!success) throw new Error('slither failed');
const answers = fs.readFileSync('slither.md', 'utf8');
const found = new Set((results.detectors ?? []).map(({ check, elements }) => `${check} in ${elements[0].name}`));
const open = [...found].filter((finding) => !answers.includes(`\`${finding}\``));
open.forEach((finding) => console.log(`not answered: ${finding}`));
process.exitCode = open.length > 0 ? 1 : 0;
