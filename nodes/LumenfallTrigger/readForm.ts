import { choiceList } from '../Lumenfall/parameters/lists';
import { choice } from '../Lumenfall/parameters/values';
import { VIDEO_EVENTS, type VideoEvent } from '../Lumenfall/transport/webhook';
import { triggerErrors } from './triggerErrors';

/**
 * How the trigger detects that a video has ended: the server calls n8n, n8n reads the server's list, or n8n checks the
 * videos that were registered with the trigger.
 */
type NoticeBy = (typeof NOTICE_BY)[number];

const NOTICE_BY = ['webhook', 'list', 'registered'] as const;

const EVENTS = choiceList('Events', VIDEO_EVENTS);

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
 * @throws FailureError if a value is not an event, or if there is none
 */
export function readEvents(form: Form): VideoEvent[] {
	const events = EVENTS.parse(form.getNodeParameter('events', []));
	if (events.length === 0) throw triggerErrors.noEvents();
	return events;
}
