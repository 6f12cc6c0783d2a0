/**
 * The names that the form shows for the values of its choices, by field. Sheets and agents send them as well as the
 * values. A name that is a value in other letters is not listed. A unit test compares the names with the form.
 */
const NAMES: Record<string, Record<string, string>> = {
	'Clips From': { 'All Input Items': 'items', 'Fields of Each Item': 'fields' },
	'If Sound Differs': { Fail: 'refuse' },
	'If Webhook Is Not Possible': { Fail: 'error', 'Poll Instead': 'poll' },
	'Image Fit': { 'Crop to Fill': 'crop' },
	'Image From': { 'Binary File': 'binary' },
	'Notice Videos By': {
		'Polling Registered Videos': 'registered',
		"Polling the Server's List": 'list',
		'Webhook Call': 'webhook',
	},
	Output: { 'URL Only': 'url' },
	'Send Video As': { 'Edits or Extensions Route': 'changeRoute', 'Remix Route': 'remix' },
	Sound: { 'From a File': 'file' },
	Status: { 'Queued or Running': 'running' },
	'Unsupported Values': { Fail: 'refuse', 'Send Anyway': 'send', 'Use Nearest': 'nearest' },
	'Video From': { 'Binary File': 'binary', 'Video ID': 'id' },
	Wait: { 'Until the Video Is Ready': 'poll', 'On Webhook Call': 'webhook', 'Do Not Wait': 'none' },
};

/** Returns the values of a field by the names that the form shows. */
export function namesInForm(parameter: string): Record<string, string> {
	return NAMES[parameter] ?? {};
}
