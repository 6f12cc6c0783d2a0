import { refusalOfFile } from '../../../nodes/Lumenfall/deliver/fileRefusal';
import {
	meansInvalidApiKey,
	meansKeyWithoutRight,
} from '../../../nodes/Lumenfall/errors/apiKeyWords';
import { meaningOfRefusal } from '../../../nodes/Lumenfall/errors/refusalWords';
import {
	meansPlainHttp,
	meansServerFault,
	meansUnreadRequest,
} from '../../../nodes/Lumenfall/errors/serverFaultWords';
import { textsOf } from '../../../nodes/Lumenfall/errors/textPatterns';
import {
	nextForm,
	refusesContentType,
} from '../../../nodes/Lumenfall/transport/dialects/openAiCompatible/nextForm';
import { quick } from '../../support/quick.mts';
import { responseOf } from '../../support/response.mts';

/** Beginnings of phrases. An expression without bounds tries every end for each of them, which takes minutes. */
const BEGINNINGS = [
	...[
		'insufficient_',
		'a_',
		'a ',
		'9',
		"model 'x' is ",
		'model:',
		'models/',
		'the 9x is ',
		'invalid model ',
	],
	...['deployment ', 'unmarshal string ', 'unmarshal object ', 'deserialize ', 'type: string '],
	...['expected number, ', 'violates ', 'viola ', 'verstößt ', 'enfreint ', 'contents are ', 'un'],
	...[
		'failed to reach ',
		'moderation is ',
		"parameter '",
		'free tier ',
		'api key ',
		'concurrency a ',
	],
	...[
		'image must match ',
		'prompt ',
		'invalid ',
		'json ',
		'service ',
		'E',
		'is being ',
		'不符合',
		'内部',
		'_unsafe',
	],
];

const LENGTH = 80_000;

test.each(BEGINNINGS)('a long text of nothing but "%s" is read at once', (part) => {
	const text = part.repeat(LENGTH / part.length);
	const texts = [text];
	const refusal = { httpStatus: 400, words: text };
	const job = { id: 'v', phase: 'completed', status: 'completed' } as const;
	const response = responseOf(400, text);
	const readAll = () => [
		...textsOf(text.trim()),
		...[meaningOfRefusal(texts, 410), meansServerFault(texts), meansUnreadRequest(text)],
		...[meansInvalidApiKey(texts), meansKeyWithoutRight(texts), meansPlainHttp(text)],
		...[
			refusesContentType(refusal),
			nextForm({ form: {}, isMultipart: false, image: 'url' }, refusal),
		],
		refusalOfFile(response, true, { job, variant: 'video' }).failure.kind,
	];
	expect(quick(readAll, 5_000)).toHaveLength(11);
});
