import { costPerSecond, isCompleted, type Mark, type VideoMetrics } from './metrics';
import { html, trusted, type Html, type HtmlValue } from './html';
import { formatBytes, formatKnown, formatMoney, formatSeconds, formatTime } from './format';

/** What the page shows of one model. */
export interface ModelCard {
	/** The name that the user entered. */
	model: string;
	metrics: VideoMetrics;
	marks: Mark[];
	/** The embedded file. If it is absent, the page links to the URL of the video. */
	embedded?: { mimeType: string; base64: string };
}

const MARK_NAMES: Record<Mark, string> = { fastest: 'Fastest', cheapest: 'Cheapest' };

/** Returns one model of the page: its player, or why there is none, and its metrics. */
export function card(compared: ModelCard): Html {
	const { model, metrics, marks } = compared;
	const { failure, provider } = metrics;
	return html`<article class="model">
		${screen(compared)}
		<div class="about">
			<div class="title">
				<h2 dir="auto">${model}</h2>
				${marks.map((mark) => html`<span class="mark ${mark}">${MARK_NAMES[mark]}</span> `)}
				${failure && html`<span class="mark failed">No video</span>`}
			</div>
			${provider && html`<p class="provider" dir="auto">by ${provider}</p>`}
			${failure && html`<p class="reason" dir="auto">${failure.message}</p>`}
			${failure && html`<p class="advice" dir="auto">${failure.advice}</p>`}
			<dl class="metrics">
				${rowsOf(metrics).map(
					([name, value]) =>
						html`<div>
							<dt>${name}</dt>
							<dd>${value}</dd>
						</div> `,
				)}
			</dl>
		</div>
	</article>`;
}

type Row = [name: string, value: HtmlValue];

function rowsOf(metrics: VideoMetrics): Row[] {
	const { cost, currency, status, id } = metrics;
	const rows: Row[] = [
		['Cost', formatKnown(cost, (amount) => formatMoney(amount, currency))],
		// Without a video, these would show the requested values.
		...(isCompleted(metrics) ? rowsOfFile(metrics) : []),
		['Status', status],
		['Video ID', id && html`<code>${id}</code>`],
	];
	return rows.filter(([, value]) => value !== undefined && value !== '');
}

function rowsOfFile(metrics: VideoMetrics): Row[] {
	const { currency, timing, width, height, seconds, hasAudio, file } = metrics;
	return [
		[
			'Cost per second',
			formatKnown(costPerSecond(metrics), (amount) => formatMoney(amount, currency)),
		],
		['Waiting', formatKnown(timing?.queuedSeconds, formatSeconds)],
		[
			// Absent if the job had left the queue before the first status check. The two times cannot be separated
			// then.
			timing?.queuedSeconds === undefined ? 'Waiting, generating' : 'Generating',
			formatKnown(timing?.generatingSeconds, formatSeconds),
		],
		['Size', width && height && `${width} × ${height}`],
		['Duration', formatKnown(seconds, formatSeconds)],
		['Sound', formatKnown(hasAudio, (has) => (has ? 'Yes' : 'No'))],
		['File', formatKnown(file?.bytes, formatBytes)],
	];
}

function screen({ model, metrics, embedded }: ModelCard): Html {
	const { width, height, failure } = metrics;
	if (failure) {
		return html`<div class="screen empty">
			<strong>No video</strong><span>The reason is below</span>
		</div>`;
	}
	if (!embedded) return html`<div class="screen empty">${link(model, metrics)}</div>`;

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

/** Anyone with a signed URL can open the video, so the page contains it only if the file is not embedded. */
function link(model: string, { url = '', expiresAt }: VideoMetrics): Html {
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
		<span>${expiresAt ? `The URL works until ${formatTime(expiresAt)}` : 'The URL expires'}</span>`;
}
