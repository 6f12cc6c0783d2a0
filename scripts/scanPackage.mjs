/**
 * Runs n8n's community-package scanner, which n8n's reviewers use, on the source and on the packed tarball. (Its
 * provenance check needs a published package and is not included.)
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const root = join(import.meta.dirname, '..');
const temp = mkdtempSync(join(tmpdir(), 'lumenfall-scan-'));

try {
	report('source', await analyzePackage(root, SOURCE_FILE_PATTERNS));
	report('packed tarball', await analyzePackage(unpackedTarball()));
} finally {
	rmSync(temp, { recursive: true, force: true });
}

function unpackedTarball() {
	const shell = process.platform === 'win32';
	execFileSync('npm', ['pack', '--silent', '--pack-destination', temp], {
		cwd: root,
		stdio: ['ignore', 'ignore', 'inherit'],
		shell,
	});
	const [tarball] = readdirSync(temp);
	execFileSync('tar', ['-xzf', tarball], { cwd: temp });
	return join(temp, 'package');
}

function report(what, result) {
	if (result.passed) {
		console.log(`Scanner, ${what}: nothing to report`);
		return;
	}
	console.error(
		`Scanner, ${what}: ${result.message}\n${JSON.stringify(result.details ?? result, null, 2)}`,
	);
	process.exitCode = 1;
}
