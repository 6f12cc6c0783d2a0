import { card, type ModelCard } from './card';
import { clockFor, costPerSecond, isCompleted, type Mark, type VideoMetrics } from './metrics';
import { html, trusted, type Html } from './html';
import { POLICY, SCRIPT, STYLE } from './assets';
import { formatKnown, formatMoney, formatSeconds, formatTime } from './format';
import { counted } from '../errors/message';

/** Whole elements, because the policy contains the hash of their exact text. */
const STYLE_ELEMENT = trusted(`<style>${STYLE}</style>`);
const SCRIPT_ELEMENT = trusted(`<script>${SCRIPT}</script>`);

export interface Comparison {
	prompt: string;
	/** The shared settings of all models, as text. */
	settings: string[];
	models: ModelCard[];
	/** ISO time. */
	madeAt: string;
}

/**
 * Returns the comparison as one HTML file that loads no script, style, font or video from elsewhere. All values are
 * escaped.
 */
export function comparisonPage({ prompt, settings, models, madeAt }: Comparison): string {
	const heading = `${counted(models.length, 'model')}, one prompt`;
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
						<p class="settings">${settings.join(' · ')}</p>
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
							Made on ${formatTime(madeAt)}. Size, duration and sound are read from the files.
							Fastest is the shortest time from create request to finished video, cheapest the
							lowest cost of one second of video.
						</p>
					</footer>
				</div>
				${players > 1 && SCRIPT_ELEMENT}
			</body>
		</html> `.markup;
}

/** Returns the maximum number of players per row: more for portrait videos than for landscape ones. */
function columnsFor(models: ModelCard[]): string {
	const isTall = models.some(({ metrics: { width = 0, height = 0 } }) => height > width);
	if (models.length > 6 || (isTall && models.length > 3)) return 'four';
	return models.length === 3 || models.length > 4 ? 'three' : 'two';
}

function atAGlance(models: ModelCard[]): Html {
	const made = models.filter(({ metrics }) => isCompleted(metrics));
	const clock = clockFor(made.map(({ metrics }) => metrics));
	const perSecond = (metrics: VideoMetrics) =>
		formatKnown(
			costPerSecond(metrics),
			(cost) => `${formatMoney(cost, metrics.currency)} per second`,
		);
	return html`<dl class="glance">
		${tile('Videos completed', `${made.length} of ${models.length}`)}
		${totals(models).map((total) => tile('Total cost', total))}
		${winners('Fastest', 'fastest', made, (metrics) => formatKnown(clock(metrics), formatSeconds))}
		${winners('Cheapest', 'cheapest', made, perSecond)}
	</dl>`;
}

/** Returns the models with a mark, and their value. Empty if there are none. */
function winners(
	name: string,
	mark: Mark,
	made: ModelCard[],
	figure: (metrics: VideoMetrics) => string | undefined,
): Html | undefined {
	const holders = made.filter(({ marks }) => marks.includes(mark));
	if (holders.length === 0) return undefined;
	return tile(name, holders.map(({ model }) => model).join(', '), figure(holders[0].metrics));
}

function tile(name: string, value: string, note?: string): Html {
	return html`<div>
		<dt>${name}</dt>
		<dd>${value} ${note && html`<span class="note">${note}</span>`}</dd>
	</div>`;
}

/** Returns one sum per currency. */
function totals(models: ModelCard[]): string[] {
	const sums = new Map<string, number>();
	for (const { metrics } of models) {
		const { cost, currency = '' } = metrics;
		if (cost !== undefined) sums.set(currency, (sums.get(currency) ?? 0) + cost);
	}
	return [...sums].map(([currency, sum]) => formatMoney(sum, currency));
}
