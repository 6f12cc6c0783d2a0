/**
 * Loaded into n8n before n8n itself: on SIGUSR2 it throws away what nobody holds any more and writes down what is left.
 * Without that the numbers would tell how lazy the garbage collector is.
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
