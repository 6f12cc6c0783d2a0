/** Measures our node and n8n's built-in one, prints the tables, and writes them to a file after a full run. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Case } from './cases/case.mts';
import { detectionCase } from './cases/detection.mts';
import { itemsCase } from './cases/items.mts';
import { joinCase } from './cases/join.mts';
import { memoryCase } from './cases/memory.mts';
import { imagesCase } from './cases/images.mts';
import { reliabilityCase } from './cases/reliability.mts';
import { scaleCase } from './cases/scale.mts';
import { stormCase } from './cases/storm.mts';
import { ROOT } from './files.mts';
import { installPeer } from './installPeer.mts';
import { introduction } from './report.mts';

const cases: Case[] = [
	itemsCase,
	detectionCase,
	memoryCase,
	imagesCase,
	joinCase,
	stormCase,
	scaleCase,
	reliabilityCase,
];

const { only, quick } = parseArgs({
	options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
}).values;
const chosen = cases.filter(({ name }) => only === undefined || name === only);
if (chosen.length === 0) {
	throw new Error(`--only is one of ${cases.map(({ name }) => name).join(', ')}, not '${only}'`);
}

if (chosen.some(({ hasPeer }) => hasPeer)) installPeer();
const parts = [introduction()];
console.log(parts[0]);
for (const { name, run } of chosen) {
	const start = performance.now();
	parts.push(await run(quick));
	console.log(parts.at(-1));
	console.log(`(${name}: ${Math.round((performance.now() - start) / 1000)} s)\n`);
}

// A partial run must not replace the complete results.
if (only === undefined && !quick) {
	await writeFile(join(ROOT, 'bench/RESULTS.md'), parts.join('\n'));
	console.log('Written to bench/RESULTS.md');
}
