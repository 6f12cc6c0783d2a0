import { Form } from '../Lumenfall/parameters/form';
import { nameList } from '../Lumenfall/parameters/lists';
import type { VideoEvent } from '../Lumenfall/transport/webhook';
import { eventNamed } from './events';
import { triggerErrors } from './triggerErrors';

/**
 * How the trigger detects that a video has ended: the server calls n8n, n8n reads the server's list, or n8n checks the
 * videos that were registered with the trigger.
 */
type NoticeBy = (typeof NOTICE_BY)[number];

const NOTICE_BY = ['webhook', 'list', 'registered'] as const;

/** Returns the form of the trigger where there is no item: in an activation, a poll or a webhook call. */
export function formOfTrigger(host: {
	getNodeParameter(name: string, fallback: unknown): unknown;
}): Form {
	return new Form((name, fallback) => host.getNodeParameter(name, fallback));
}

/** @throws FailureError if the value is not an option */
export function readNoticeBy(form: Form): NoticeBy {
	return form.choice('noticeBy', 'Notice Videos By', NOTICE_BY);
}

/**
 * Reads the events that start the workflow.
 * @throws FailureError if a value is not an event, or if there is none
 */
export function readEvents(form: Form): VideoEvent[] {
	const events = nameList('Events').parse(form.value('events', [])).map(eventNamed);
	if (events.length === 0) throw triggerErrors.noEvents();
	return events;
}
