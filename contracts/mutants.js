// Numbers every guard of the sources and makes each of them go away by its number: mutants.js SOURCES TARGET.
// Guard number n is off where the block's coinbase is n, which forge takes from its environment, so that one
// compile serves all. Prints the guards, one a line.
const fs = require('fs');
const path = require('path');

const [sources, target] = process.argv.slice(2);
const off = (n) => `block.coinbase == address(${n})`;
const guards = [];

function guard(file, line, what) {
  guards.push(`${path.basename(file)}:${line} ${what}`);
  return guards.length;
}

function mutate(file) {
  return fs.readFileSync(file, 'utf8').split('\n').map((text, i) => {
    // A refusal on one line, a check of who or whether, a return before the end, a clamp.
    let found = /^(\s*)if \((.*)\) (revert [A-Za-z]+\(.*\);|return( 0)?;)$/.exec(text);
    if (found) return `${found[1]}if (!(${off(guard(file, i + 1, text.trim()))}) && (${found[2]})) ${found[3]}`;
    found = /^(\s*)if \((!SignatureChecker.*)\) \{$/.exec(text);
    if (found) return `${found[1]}if (!(${off(guard(file, i + 1, text.trim()))}) && (${found[2]})) {`;
    found = /^(\s*)(_check[A-Za-z]+\(.*\);)$/.exec(text);
    if (found) return `${found[1]}if (!(${off(guard(file, i + 1, text.trim()))})) ${found[2]}`;
    if (/^ *function/.test(text)) return text;
    found = /^(.*)(_owned|_existing)\(([^()]*)\)(.*)$/.exec(text);
    if (found) {
      const n = guard(file, i + 1, `${found[2]}(${found[3]})`);
      return `${found[1]}(${off(n)} ? _pools[${found[3]}] : ${found[2]}(${found[3]}))${found[4]}`;
    }
    return text.replace(/_min\(([^()]*(?:\([^()]*\)[^()]*)*), ((?:[^()]|\([^()]*\))*)\)(?= *[;:)])/, (all, a, b) => {
      const [first, second] = [guard(file, i + 1, `${all} without its second`), guard(file, i + 1, `${all} without its first`)];
      return `(${off(first)} ? ${a} : ${off(second)} ? ${b} : ${all})`;
    });
  }).join('\n');
}

for (const name of fs.readdirSync(sources)) {
  fs.writeFileSync(path.join(target, name), mutate(path.join(sources, name)));
}
console.log(guards.join('\n'));
