/**
 * Which folder may import from which. Imports of types count too, because a cycle of types also makes code harder to
 * understand.
 *
 * Each line of the table names a folder or file of the node and everything that it may import. Anything else is
 * forbidden, and so is a folder without a line.
 */
const ground = ['errors', 'support'];
const data = ['request', 'job', 'media', ...ground];
const services = ['transport', 'models', ...data];
const item = ['context', 'output', ...services];
const stages = ['create', 'wait', 'deliver', 'comparison', 'parameters', ...item];

const mayImport = {
	support: [],
	errors: ['support'],
	media: ground,
	request: ['media', ...ground],
	job: ['request', ...ground],
	models: data,
	transport: ['models', ...data],
	output: services,
	context: ['output', ...services],
	parameters: item,
	comparison: item,
	deliver: ['parameters', ...item],
	wait: ['parameters', ...item],
	create: ['wait', 'deliver', 'parameters', ...item],
	descriptions: [],
	actions: ['descriptions', ...stages],
	methods: item,
	run: stages,
	'Lumenfall.node': ['run', 'actions', 'methods', 'descriptions', ...stages],
};

/** The files that the trigger shares with the node. Other files belong to the node alone. */
const sharedWithTrigger = [
	'context',
	'deliver/(downloadErrors|deliverVideo)',
	'descriptions/common',
	'errors/.+',
	'job/job',
	'output/(failedItem|videoItem)',
	'parameters/(form|inputErrors|lists|options)',
	'run/(runItems|runOutcome)',
	'support/.+',
	'transport/(triggerRegistration|retry|videoApi|videoPages|webhook)',
];

const node = '^nodes/Lumenfall';
const pathOf = (name) => `${node}/${name.replace('.', '[.]')}(/|[.]ts$)`;

const foldersOfTheNode = Object.entries(mayImport).map(([name, allowed]) => ({
	name: `${name}-imports-only-what-is-below`,
	comment: `${name} may import: ${allowed.join(', ') || 'nothing'}.`,
	severity: 'error',
	from: { path: pathOf(name) },
	to: { path: `${node}/`, pathNot: [name, ...allowed].map(pathOf) },
}));

const apart = (name, from, to, comment) => ({
	name,
	comment,
	severity: 'error',
	from: { path: from },
	to: { path: to },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
	forbidden: [
		...foldersOfTheNode,
		{
			name: 'every-folder-of-the-node-has-a-line',
			comment: 'A new folder needs a line in the table of .dependency-cruiser.mjs.',
			severity: 'error',
			from: { path: `${node}/`, pathNot: Object.keys(mayImport).map(pathOf) },
			to: {},
		},
		{
			name: 'the-trigger-imports-only-shared-files',
			comment: 'The trigger imports only the files in the list `sharedWithTrigger`.',
			severity: 'error',
			from: { path: '^nodes/LumenfallTrigger/' },
			to: {
				path: `${node}/`,
				pathNot: sharedWithTrigger.map((file) => `${node}/${file}[.]ts$`),
			},
		},
		apart(
			'the-node-does-not-know-its-trigger',
			`${node}/`,
			'^nodes/LumenfallTrigger/',
			'Code that both need is in the folder of the node.',
		),
		{
			name: 'the-credential-shares-only-the-reading-of-its-values',
			comment: 'The credential shares only the reading of its values with the nodes.',
			severity: 'error',
			from: { path: '^credentials/' },
			to: { path: '^nodes/', pathNot: `${node}/transport/(dialects/|typedCredential)` },
		},
		{
			name: 'no-circle',
			comment: 'No file imports itself through others.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'shipped-code-imports-what-n8n-has',
			comment:
				'The package has no dependencies: at run time there are only these packages, from n8n itself.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: {
				pathNot: ['^(nodes|credentials)/', '^node_modules/(n8n-workflow|zod)/', '^(node:)?crypto$'],
			},
		},
		apart(
			'the-sandbox-knows-nothing-of-the-product',
			'^sandbox/',
			'^(nodes|credentials|engine|instance|test|demo|bench|playground|examples)/',
			'The product and its test server must not share a wrong assumption.',
		),
		apart(
			'the-engine-knows-nothing-of-the-product',
			'^engine/',
			'^(nodes|credentials|sandbox|instance|test|demo|bench|playground|examples)/',
			'The engine runs any package, as n8n does.',
		),
		apart(
			'an-instance-knows-no-video',
			'^instance/',
			'^(nodes|credentials|sandbox|engine|test|demo|bench|playground|examples)/',
			'A real n8n is installed, started and driven the same way, whatever is tried on it.',
		),
		apart(
			'unit-tests-need-no-server',
			'^test/unit/',
			'^(sandbox|engine|instance|demo|bench|playground)/|^test/(?!unit/|support/)',
			'Unit tests run pure code, without sockets.',
		),
		apart(
			'tests-of-the-sandbox-know-no-product',
			'^test/sandbox/',
			'^(nodes|credentials|engine|instance|demo|bench|playground)/',
			'The sandbox is tested against the servers it imitates, not against the node.',
		),
		{
			name: 'stories-run-the-built-package',
			comment:
				'Stories use the package as n8n loads it, from dist. Only the descriptions are read here.',
			severity: 'error',
			from: { path: '^test/(engine|faults|e2e|queue|browser|editor)/' },
			to: { path: '^(nodes|credentials)/', pathNot: '[.]node[.]ts$' },
		},
		{
			name: 'nothing-is-missing',
			comment: 'Every import can be resolved. Otherwise the rules would not apply to it.',
			severity: 'error',
			from: {},
			to: { couldNotResolve: true },
		},
	],
	options: {
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(dist|[.]cache)/' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'require', 'node', 'default', 'types'],
			extensions: ['.ts', '.mts', '.mjs', '.cjs', '.js', '.json'],
		},
	},
};
