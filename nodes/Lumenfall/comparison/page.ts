import { html, trusted, type Html } from './html';
import { clockFor, costPerSecond, isMade, type Mark, type VideoFacts } from './facts';
import { POLICY, SCRIPT, STYLE } from './look';
import { bytesInWords, countInWords, moneyInWords, secondsInWords, timeInWords } from './words';

/** Whole elements, since the policy names their text to the last blank. */
const STYLE_ELEMENT = trusted(`<style>${STYLE}</style>`);
const SCRIPT_ELEMENT = trusted(`<script>${SCRIPT}</script>`);

/** One model of a comparison. */
export interface ComparedModel {
	/** As the user named it. */
	model: string;
	facts: VideoFacts;
	marks: Mark[];
	/** The file inside the page; where it is not, the page links to its address. */
	embedded?: { mimeType: string; base64: string };
}

export interface Comparison {
	prompt: string;
	/** What all models were asked for, in words. */
	asked: string[];
	models: ComparedModel[];
	/** ISO time. */
	madeAt: string;
}

/**
 * The comparison as one HTML file that needs nothing else: no script, style, font or video from anywhere. All text is
 * shown as text, whatever it holds.
 */
export function comparisonPage({ prompt, asked, models, madeAt }: Comparison): string {
	const heading = `${countInWords(models.length, 'model')}, one prompt`;
	const players = models.filter(({ embedded }) => embedded).length;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta http-equiv="Content-Security-Policy" content="${POLICY}" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="referrer" content="no-referrer" />
				<title>${heading}: ${prompt.slice(0, 80)}</title>
				${STYLE_ELEMENT}
			</head>
			<body>
				<div class="page">
					<header>
						<h1>${heading}</h1>
						<blockquote class="prompt" dir="auto">${prompt}</blockquote>
						<p class="asked">${asked.join(' · ')}</p>
					</header>
					<main>
						${atAGlance(models)}
						${players > 1 &&
						html`<div class="bar" hidden>
							<button type="button" id="play-all">Play all together</button>
						</div>`}
						<ul class="models ${columnsFor(models)}" role="list">
							${models.map((model) => html`<li>${card(model)}</li> `)}
						</ul>
					</main>
					<footer>
						<p>
							Made on ${timeInWords(madeAt)}. Size, duration and sound are read from the files.
							Fastest is the shortest time from order to finished video, cheapest the lowest cost of
							one second of video.
						</p>
					</footer>
				</div>
				${players > 1 && SCRIPT_ELEMENT}
			</body>
		</html> `.markup;
}

/** How many players share a row where there is room: tall videos more than wide ones. */
function columnsFor(models: ComparedModel[]): string {
	const isTall = models.some(({ facts: { width = 0, height = 0 } }) => height > width);
	if (models.length > 6 || (isTall && models.length > 3)) return 'four';
	return models.length === 3 || models.length > 4 ? 'three' : 'two';
}

function atAGlance(models: ComparedModel[]): Html {
	const made = models.filter(({ facts }) => isMade(facts));
	const holders = (mark: Mark) => made.filter(({ marks }) => marks.includes(mark));
	const names = (held: ComparedModel[]) => held.map(({ model }) => model).join(', ');
	const clock = clockFor(made.map(({ facts }) => facts));
	const fastest = holders('fastest');
	const cheapest = holders('cheapest');
	return html`<dl class="glance">
		<div>
			<dt>Videos made</dt>
			<dd>${made.length} of ${models.length}</dd>
		</div>
		${totals(models).map(
			(total) =>
				html`<div>
					<dt>Total cost</dt>
					<dd>${total}</dd>
				</div>`,
		)}
		${fastest.length > 0 &&
		html`<div>
			<dt>Fastest</dt>
			<dd>${names(fastest)} ${note(clock(fastest[0].facts), secondsInWords)}</dd>
		</div>`}
		${cheapest.length > 0 &&
		html`<div>
			<dt>Cheapest</dt>
			<dd>
				${names(cheapest)}
				${note(
					costPerSecond(cheapest[0].facts),
					(cost) => `${moneyInWords(cost, cheapest[0].facts.currency)} per second`,
				)}
			</dd>
		</div>`}
	</dl>`;
}

function note(value: number | undefined, inWords: (value: number) => string): Html | undefined {
	return value === undefined ? undefined : html`<span class="note">${inWords(value)}</span>`;
}

/** One sum for each currency. */
function totals(models: ComparedModel[]): string[] {
	const sums = new Map<string, number>();
	for (const { facts } of models) {
		const { cost, currency = '' } = facts;
		if (cost !== undefined) sums.set(currency, (sums.get(currency) ?? 0) + cost);
	}
	return [...sums].map(([currency, sum]) => moneyInWords(sum, currency));
}

function card(compared: ComparedModel): Html {
	const { model, facts, marks } = compared;
	const { failure } = facts;
	return html`<article class="model">
		${screen(compared)}
		<div class="about">
			<div class="title">
				<h2 dir="auto">${model}</h2>
				${marks.includes('fastest') &&
				html`<span class="mark fastest">Fastest</span> `}${marks.includes('cheapest') &&
				html`<span class="mark cheapest">Cheapest</span>`}${failure &&
				html`<span class="mark failed">No video</span>`}
			</div>
			${facts.provider && html`<p class="provider" dir="auto">by ${facts.provider}</p>`}
			${failure && html`<p class="reason" dir="auto">${failure.message}</p>`}
			${failure?.advice && html`<p class="advice" dir="auto">${failure.advice}</p>`}
			<dl class="facts">
				${rowsOf(facts).map(
					([name, value]) =>
						html`<div><dt>${name}</dt><dd${name === 'Video ID' && trusted(' class="id"')}>${value}</dd></div>\n`,
				)}
			</dl>
		</div>
	</article>`;
}

type Row = [name: string, value: string | undefined | false];

function rowsOf(facts: VideoFacts): Array<[name: string, value: string]> {
	const { cost, currency, timing, width, height, seconds, hasAudio, file, status, id } = facts;
	const { queuedSeconds, generatingSeconds } = timing ?? {};
	const perSecond = costPerSecond(facts);
	// Without a video these would be what was asked for.
	const ofVideo: Row[] = [
		['Cost per second', perSecond !== undefined && moneyInWords(perSecond, currency)],
		['Waiting', queuedSeconds !== undefined && secondsInWords(queuedSeconds)],
		['Generating', generatingSeconds !== undefined && secondsInWords(generatingSeconds)],
		['Size', width !== undefined && height !== undefined && `${width} × ${height}`],
		['Duration', seconds !== undefined && secondsInWords(seconds)],
		['Sound', hasAudio !== undefined && (hasAudio ? 'Yes' : 'No')],
		['File', file?.bytes !== undefined && bytesInWords(file.bytes)],
	];
	const rows: Row[] = [
		['Cost', cost !== undefined && moneyInWords(cost, currency)],
		...(isMade(facts) ? ofVideo : []),
		['Status', status],
		['Video ID', id],
	];
	return rows.filter((row): row is [name: string, value: string] => !!row[1]);
}

function screen({ model, facts, embedded }: ComparedModel): Html {
	const { width, height, failure } = facts;
	if (failure) {
		return html`<div class="screen empty">
			<strong>No video</strong><span>The reason is below</span>
		</div>`;
	}
	if (!embedded) return html`<div class="screen empty">${link(model, facts)}</div>`;

	const sides = width && height ? html` width="${width}" height="${height}"` : undefined;
	const source = `data:${embedded.mimeType};base64,`;
	return html`<div class="screen">
		<video
			controls
			muted
			loop
			playsinline
			preload="metadata"
			${sides}
			aria-label="Video by ${model}"
			src="${source}${trusted(embedded.base64)}"
		></video>
	</div>`;
}

/** A signed address grants access to whoever has it, so the page carries it only where it has no file. */
function link(model: string, { url = '', expiresAt }: VideoFacts): Html {
	if (!/^https?:\/\//i.test(url)) {
		return html`<strong>Not in this page</strong
			><span>The file is in the item of this model</span>`;
	}
	return html`<strong>Not in this page</strong>
		<a
			href="${url}"
			target="_blank"
			rel="noopener noreferrer"
			aria-label="Open the video by ${model}"
			>Open the video</a
		>
		<span
			>${expiresAt
				? `The address works until ${timeInWords(expiresAt)}`
				: 'The address expires'}</span
		>`;
}
