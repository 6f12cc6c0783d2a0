import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { parse } from 'parse5';
import type { ModelCard } from '../../../nodes/Lumenfall/comparison/card';
import { comparisonPage, type Comparison } from '../../../nodes/Lumenfall/comparison/page';

interface Element {
	nodeName: string;
	value?: string;
	attrs?: Array<{ name: string; value: string }>;
	childNodes?: Element[];
}

const HOSTILE = `</title></style></script></blockquote>"'><img src=x onerror=alert(1)><script>alert(2)</script>`;

const made: ModelCard = {
	model: 'sora-2',
	marks: ['fastest'],
	metrics: {
		id: 'video_1',
		status: 'completed',
		provider: 'openai',
		cost: 0.4,
		currency: 'USD',
		seconds: 4.2,
		width: 1280,
		height: 720,
		hasAudio: true,
		createdAt: '2026-11-23T10:00:00.000Z',
		completedAt: '2026-11-23T10:01:05.000Z',
		expiresAt: '2026-11-23T11:01:05.000Z',
		url: 'https://media.example/x.mp4?signature=a&b=c',
		file: { mimeType: 'video/mp4', bytes: 2_400_000 },
		timing: { polls: 9, queuedSeconds: 3.5, generatingSeconds: 61.2 },
	},
	embedded: { mimeType: 'video/mp4', base64: 'AAAA' },
};
const { embedded: _, ...linked } = made;
const failed: ModelCard = {
	model: 'kling-v3',
	marks: [],
	metrics: {
		status: 'failed',
		seconds: 8,
		failure: { message: 'The provider dropped it', advice: 'Run it again' },
	},
};

const comparison = (change: Partial<Comparison> = {}): Comparison => ({
	prompt: 'A paper boat',
	settings: ['4 s', '16:9'],
	models: [made, { ...made, model: 'veo', marks: ['cheapest'] }, failed],
	madeAt: '2026-11-23T10:02:00.000Z',
	...change,
});

function elementsOf(page: string): Element[] {
	const all: Element[] = [];
	const visit = (node: Element) => {
		all.push(node);
		node.childNodes?.forEach(visit);
	};
	visit(parse(page));
	return all;
}

const attribute = (element: Element, name: string) =>
	element.attrs?.find((one) => one.name === name)?.value;
const textOf = (element: Element): string =>
	(element.value ?? '') + (element.childNodes ?? []).map(textOf).join('');
const named = (page: string, name: string) =>
	elementsOf(page).filter(({ nodeName }) => nodeName === name);

/** The text of each model in the page. */
function textsIn(page: string): string[] {
	return named(page, 'article').map((article) => textOf(article).replace(/\s+/g, ' ').trim());
}

test('every model has a player or a reason, its marks as text, and its metrics', () => {
	const [sora, veo, kling] = textsIn(comparisonPage(comparison()));
	expect(sora).toBe(
		'sora-2 Fastest by openai Cost 0.40 USD Cost per second 0.0952 USD Waiting 3.5 s Generating 1 min 1 s Size 1280 × 720 Duration 4.2 s Sound Yes File 2.4 MB Status completed Video ID video_1',
	);
	expect(veo).toMatch(/^veo Cheapest by openai/);
	expect(kling).toBe(
		'No videoThe reason is below kling-v3 No video The provider dropped it Run it again Status failed',
	);
});

test('waiting that was not measured separately is not shown as generating', () => {
	const metrics = { ...made.metrics, timing: { polls: 9, generatingSeconds: 61.2 } };
	const [sora] = textsIn(comparisonPage(comparison({ models: [{ ...made, metrics }, failed] })));
	expect(sora).toContain('0.0952 USD Waiting, generating 1 min 1 s Size');
});

test('the page header summarizes the result', () => {
	const page = comparisonPage(comparison());
	expect(textOf(named(page, 'h1')[0])).toBe('3 models, one prompt');
	expect(textOf(named(page, 'blockquote')[0])).toBe('A paper boat');
	expect(textOf(named(page, 'dl')[0]).replace(/\s+/g, ' ').trim()).toBe(
		'Videos completed 2 of 3 Total cost 0.80 USD Fastest sora-2 1 min 5 s Cheapest veo 0.0952 USD per second',
	);
});

test('a player is accessible: controls, muted, a size before it loads, a label', () => {
	const [video] = named(comparisonPage(comparison()), 'video');
	const names = video.attrs!.map(({ name }) => name);
	expect(names).toEqual(
		expect.arrayContaining(['controls', 'muted', 'loop', 'playsinline', 'width', 'height']),
	);
	expect(attribute(video, 'aria-label')).toBe('Video by sora-2');
	expect(attribute(video, 'src')).toBe('data:video/mp4;base64,AAAA');
});

test('a video that is not embedded is linked, with the expiry of its URL', () => {
	const page = comparisonPage(comparison({ models: [linked, failed] }));
	const [link] = named(page, 'a');
	expect(attribute(link, 'href')).toBe('https://media.example/x.mp4?signature=a&b=c');
	expect(attribute(link, 'rel')).toBe('noopener noreferrer');
	expect(textsIn(page)[0]).toContain('The URL works until 2026-11-23, 11:01 UTC');
});

test.each(['javascript:alert(1)', 'data:text/html,x', '//media.example/x.mp4', ''])(
	'%p is never linked',
	(url) => {
		const metrics = { ...linked.metrics, url };
		const page = comparisonPage(comparison({ models: [{ ...linked, metrics }, failed] }));
		expect(named(page, 'a')).toEqual([]);
		expect(textsIn(page)[0]).toContain('The file is in the item of this model');
	},
);

test('a page with the file does not contain the signed URL', () => {
	expect(comparisonPage(comparison())).not.toContain('media.example');
});

test('the policy allows only the style and the script of the page itself', () => {
	const page = comparisonPage(comparison());
	const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
	const [style] = named(page, 'style');
	const [script] = named(page, 'script');
	const policy = named(page, 'meta').find((meta) => attribute(meta, 'http-equiv'))!;
	expect(attribute(policy, 'content')!.split('; ')).toEqual([
		"default-src 'none'",
		`style-src ${hash(textOf(style))}`,
		`script-src ${hash(textOf(script))}`,
		'media-src data:',
		"base-uri 'none'",
		"form-action 'none'",
	]);
	expect(textOf(style)).not.toMatch(/url\(|@import/);
	for (const { attrs = [] } of elementsOf(page))
		for (const { name } of attrs) expect(name).not.toMatch(/^on|^style$/);
});

test('one player needs no button and no script', () => {
	const page = comparisonPage(comparison({ models: [made, failed] }));
	expect(named(page, 'script')).toEqual([]);
	expect(named(page, 'button')).toEqual([]);
});

/** The page with this text in every place that contains untrusted text. */
function pageWith(text: string): string {
	const model: ModelCard = {
		...linked,
		model: text,
		metrics: {
			...linked.metrics,
			id: text,
			status: text,
			provider: text,
			currency: text,
			expiresAt: text,
		},
	};
	const loser: ModelCard = {
		...failed,
		model: text,
		metrics: { status: text, failure: { message: text, advice: text } },
	};
	const player: ModelCard = { ...model, embedded: { mimeType: text, base64: 'AAAA' } };
	return comparisonPage({
		prompt: text,
		settings: [text],
		models: [model, player, loser],
		madeAt: text,
	});
}

/** Everything in a page that is not text: elements in order, with the names of their attributes. */
function skeleton(page: string): string[] {
	return elementsOf(page)
		.filter(({ nodeName }) => nodeName !== '#text')
		.map(({ nodeName, attrs = [] }) => [nodeName, ...attrs.map(({ name }) => name)].join(' '));
}

const plainSkeleton = skeleton(pageWith('plain'));

test('hostile text in a prompt, a model or a server response is shown and has no effect', () => {
	const page = pageWith(HOSTILE);
	expect(skeleton(page)).toEqual(plainSkeleton);
	expect(textOf(named(page, 'blockquote')[0])).toBe(HOSTILE);
});

test('no text can change the structure of the page', () => {
	const nasty = fc.string({
		unit: fc.constantFrom(...'<>"\'`&/=!-az ;#x09\u0000\u2028'),
		minLength: 1,
		maxLength: 60,
	});
	const text = fc
		.oneof(nasty, fc.string({ unit: 'binary', minLength: 1 }))
		.map((value) => `x${value}`);
	fc.assert(
		fc.property(text, (value) => {
			expect(skeleton(pageWith(value))).toEqual(plainSkeleton);
		}),
		{ numRuns: 200 },
	);
});
