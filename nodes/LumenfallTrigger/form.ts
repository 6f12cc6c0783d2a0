import { choiceList } from '../Lumenfall/parameters/lists';
import { choice } from '../Lumenfall/parameters/values';
import { VIDEO_EVENTS, type VideoEvent } from '../Lumenfall/transport/webhook';

/** How the trigger detects that a video has ended: the server calls n8n, or n8n reads the server's list. */
export type NoticeBy = (typeof NOTICE_BY)[number];

const NOTICE_BY = ['webhook', 'list'] as const;

/** Reads parameters of the trigger: the context of an activation, a poll or a webhook. */
interface Form {
	getNodeParameter(name: string, fallback: string | string[]): unknown;
}

/** @throws FailureError if the value is not an option */
export function readNoticeBy(form: Form): NoticeBy {
	const value = form.getNodeParameter('noticeBy', 'webhook');
	return choice('Notice Videos By', NOTICE_BY).parse(value) ?? 'webhook';
}

/**
 * Reads the events that start the workflow.
 * @throws FailureError if a value is not an event
 */
export function readEvents(form: Form): VideoEvent[] {
	return choiceList('Events', VIDEO_EVENTS).parse(form.getNodeParameter('events', []));
}
