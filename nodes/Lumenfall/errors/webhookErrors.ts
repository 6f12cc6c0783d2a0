import { webhookErrors as ofWait } from '../wait/webhookErrors';

/** Until the rewrite of create/ is here: the old names. */
export const webhookErrors = {
	...ofWait,
	noCalls: ofWait.unsupported,
	notHere: ofWait.inTool,
	badWebhookUrl: ofWait.badUrl,
	webhookUrlNotTaken: ofWait.urlUnsupported,
	webhookUrlTwice: ofWait.urlTwice,
};
