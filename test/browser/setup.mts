/**
 * Makes sure that there is a Chromium for the browser tests: the one on this machine, or the one of Debian or Ubuntu if
 * it can be installed without interaction. `CHROMIUM` may name another one.
 */
import { execFileSync } from 'node:child_process';
import { findChromium } from './findChromium.mts';

if (!findChromium() && process.platform === 'linux' && process.getuid?.() === 0) {
	console.log('Installing Chromium (once)…');
	const install = ['install', '-y', '--no-install-recommends', 'chromium'];
	for (const step of [['update'], install]) {
		execFileSync('apt-get', ['-qq', ...step], { stdio: ['ignore', 'ignore', 'inherit'] });
	}
}
if (!findChromium()) {
	console.error(
		"No Chromium found. Install it (Debian: 'apt-get install chromium'), or name it in the variable CHROMIUM.",
	);
	process.exit(1);
}
