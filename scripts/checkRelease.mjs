/**
 * Checks whether the working folder may be released, before anything is tested or published: no placeholder remains,
 * and the tag, the version and the changelog are of the same release. GitHub sets GITHUB_REF_NAME and
 * GITHUB_REPOSITORY.
 */
import { readFileSync } from 'node:fs';

const PLACEHOLDER =
	/github\.com\/n8n-nodes-lumenfall\/|n8n-nodes-lumenfall@users\.noreply\.github\.com/;

const { GITHUB_REF_NAME: tag, GITHUB_REPOSITORY: repository } = process.env;
const { version, author, homepage, repository: source } = JSON.parse(read('package.json'));
const problems = [];

for (const [name, value] of Object.entries({
	'author.name': author.name,
	'author.email': author.email,
	homepage,
	'repository.url': source.url,
})) {
	const isPlaceholder = PLACEHOLDER.test(value) || value === 'n8n-nodes-lumenfall contributors';
	if (isPlaceholder) problems.push(`package.json: '${name}' is a placeholder: ${value}`);
}
for (const path of [
	'credentials/LumenfallApi.credentials.ts',
	'nodes/Lumenfall/Lumenfall.node.json',
	'nodes/LumenfallTrigger/LumenfallTrigger.node.json',
	'README.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
]) {
	if (PLACEHOLDER.test(read(path))) problems.push(`${path} still names a placeholder repository`);
}
if (repository && !source.url.includes(`github.com/${repository}.git`)) {
	problems.push(`package.json: 'repository.url' is ${source.url}, but this is ${repository}`);
}
if (tag && tag !== version) {
	problems.push(`The tag is ${tag}, the version in package.json ${version}`);
}
if (!read('CHANGELOG.md').includes(`\n## [${version}] - `)) {
	problems.push(`CHANGELOG.md has no section of version ${version}`);
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${version} may be released`);

function read(path) {
	return readFileSync(path, 'utf8');
}
