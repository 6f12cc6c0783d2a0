/**
 * Loaded into n8n before n8n itself. On SIGUSR2 it runs the garbage collector and writes the memory in use to a file. Without
 * the collection, the numbers would depend on when the collector ran last.
 */
const { renameSync, writeFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

process.on('SIGUSR2', () => {
	collect();
	collect();
	const file = process.env.LUMENFALL_MEMORY_FILE;
	writeFileSync(`${file}.part`, JSON.stringify(process.memoryUsage()));
	renameSync(`${file}.part`, file);
});
