import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needPrograms } from '../../instance/debian.mts';
import { exists } from '../../instance/shell.mts';

/**
 * Opens a page in the Firefox of this machine, or of Debian, without a window and with a new, empty profile. Playwright
 * drives only a Firefox of its own, so the page itself must report what it sees.
 * @returns a function that closes Firefox
 */
export async function openInFirefox(url: string): Promise<() => Promise<void>> {
	const program = await findFirefox();
	const profile = await mkdtemp(join(tmpdir(), 'firefox-'));
	const browser = spawn(program, ['--headless', '--no-remote', '--profile', profile, url], {
		stdio: 'ignore',
		env: { ...process.env, HOME: profile },
	});
	const exit = once(browser, 'exit');
	return async () => {
		browser.kill();
		await exit;
		await rm(profile, { recursive: true, force: true, maxRetries: 5 });
	};
}

async function findFirefox(): Promise<string> {
	// Firefox decodes H.264 with FFmpeg's library.
	await needPrograms(['ffmpeg'], ['ffmpeg']);
	for (const program of ['firefox-esr', 'firefox']) {
		if (await exists(program)) return program;
	}
	await needPrograms(['firefox-esr'], ['firefox-esr']);
	return 'firefox-esr';
}
