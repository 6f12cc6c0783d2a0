import { exists, run } from './shell.mts';

/**
 * Installs Debian packages if one of their programs is missing.
 * @throws an error that says what to install, if it cannot be done here
 */
export async function needPrograms(programs: string[], packages: string[]): Promise<void> {
	const found = await Promise.all(programs.map(exists));
	const missing = programs.filter((_, index) => !found[index]);
	if (missing.length === 0) return;

	if (process.getuid?.() !== 0 || !(await exists('apt-get'))) {
		throw new Error(
			`Missing: ${missing.join(', ')}. Install ${packages.join(', ')} (names of Debian) and try again.`,
		);
	}
	console.log(`Installing ${packages.join(', ')} (once)…`);
	const env = { DEBIAN_FRONTEND: 'noninteractive' };
	const install = ['install', '--yes', '--no-install-recommends', ...packages];
	await run('apt-get', install, { env }).catch(async () => {
		await run('apt-get', ['update'], { env });
		await run('apt-get', install, { env });
	});
}
