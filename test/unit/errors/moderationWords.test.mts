import { classify } from '../../../nodes/Lumenfall/errors/classify';
import type { FailureKind } from '../../../nodes/Lumenfall/errors/failure';
import { failureOfJob } from '../../../nodes/Lumenfall/transport/failureOfResponse';
import { decodeJob } from '../../support/readJson.mts';

const kindOf = (serverMessage: string) =>
	classify({ httpStatus: 400, serverMessage }, 'create').failure.kind;

/** What servers say about a refused prompt, image or video, by language. */
const REFUSED = {
	English: [
		'Your prompt violates our usage policies',
		'This request was blocked by our security policy: sexual content',
		'The parameter prompt contains sensitive words',
		"Invalid argument: blocked by the moderation, category 'violence'",
	],
	Spanish: [
		'El contenido infringe nuestras políticas de uso',
		'Este mensaje infringe nuestras políticas.',
		'Su solicitud incumple las normas de contenido',
		'El prompt no cumple con nuestras directrices',
		'La imagen viola los términos de servicio',
		'Contenido inapropiado detectado',
		'La solicitud fue rechazada por el sistema de seguridad de OpenAI',
		'Contenido bloqueado por filtros de seguridad.',
		'Bloqueado por la moderación',
		'El texto contiene palabras prohibidas',
	],
	Portuguese: [
		'Este comando viola nossas políticas de uso',
		'Sua requisição contém conteúdo que viola nossas políticas',
		'A imagem infringe as diretrizes da comunidade',
		'O pedido viola os termos de serviço',
		'Conteúdo inadequado detectado',
		'Conteúdo bloqueado por filtros de segurança',
		'Sua solicitação foi rejeitada pelo nosso sistema de segurança',
		'Bloqueado pela moderação',
		'O texto contém palavras proibidas',
	],
	French: [
		"Votre demande viole nos règles d'utilisation",
		'Ce contenu enfreint nos directives',
		"La demande n'est pas conforme à notre politique de contenu",
		'Cette image est contraire à nos règles communautaires',
		'Votre texte ne respecte pas nos conditions d’utilisation',
		'Contenu inapproprié détecté',
		'Demande rejetée par notre système de sécurité',
		'Bloqué par le filtre de contenu',
		'Bloqué par la modération',
	],
	Italian: [
		'Il contenuto viola le nostre norme',
		'La richiesta infrange le nostre linee guida',
		"Il prompt viola le norme sull'utilizzo: contenuto vietato",
		'Richiesta contraria alle norme della community',
		'La richiesta viola i termini di servizio',
		'Contenuto inappropriato rilevato',
		'La richiesta è stata rifiutata dal nostro sistema di sicurezza',
		'Contenuto non consentito dalla moderazione automatica.',
	],
	German: [
		'Dieser Inhalt verstößt gegen unsere Richtlinien',
		'Der Prompt verstoesst gegen die Nutzungsbedingungen',
		'Ihr Bild verletzt unsere Community-Standards',
		'Das Bild wurde vom Sicherheitssystem abgelehnt',
		'Unangemessener Inhalt erkannt',
		'Der Prompt enthält verbotene Wörter',
		'Blockiert durch den Inhaltsfilter',
	],
	Russian: ['Запрос отклонён модерацией'],
	Chinese: [
		'输入内容包含敏感信息',
		'提示词包含违禁词',
		'內容違規',
		'图片审核未通过',
		'不符合社区规范',
		'涉黄',
		'包含侵权内容',
	],
	Japanese: ['不適切な内容が含まれています', '利用規約に違反しています'],
	Korean: ['부적절한 콘텐츠입니다', '정책을 위반했습니다'],
};

test.each(
	Object.entries(REFUSED).flatMap(([language, texts]) => texts.map((text) => [language, text])),
)('the %s text "%s" means that the moderation refused the content', (_, text) => {
	expect(kindOf(text)).toBe('contentPolicy');
	const job = classify({ serverMessage: text }, 'job', { videoId: 'video_1' });
	expect(job.failure.kind).toBe('contentPolicy');
});

/** Rules about payments, quotas, values and settings, and a moderation that did not work. */
const OF_OTHER_KINDS = {
	English: [
		'The request violates the quota policy',
		'Payment policy violation',
		'Your plan violates our rate limit policy',
		"Unknown parameter: 'moderation'.",
		"Unsupported parameter 'safety_checker'",
		'safety_checker is not a supported parameter',
		"Invalid value for 'moderation': use auto or low",
		'The safety checker parameter is not supported',
		'Unsupported parameter: safety-checker',
		'The moderation service is unavailable',
		'Unsupported content type',
	],
	Spanish: [
		'La solicitud infringe nuestra política de cuotas',
		'Su cuenta incumple las condiciones de pago',
		'Tipo de contenido no permitido',
		'La solicitud viola la restricción de 10 segundos',
		'La duración no cumple con las reglas del modelo',
	],
	Portuguese: [
		'A requisição viola nossa política de cotas',
		'A conta viola as condições de pagamento',
		'Tipo de conteúdo não permitido',
		'O valor viola o limite de 10 segundos',
	],
	French: [
		'La demande viole notre politique de quotas',
		'Le compte enfreint nos conditions de paiement',
		'Type de contenu non autorisé',
		'La durée ne respecte pas les règles du modèle',
		'Erreur mineure de format',
	],
	Italian: [
		'La richiesta viola la nostra politica di pagamento',
		'Tipo di contenuto non consentito',
		'Il valore viola il limite di 10 secondi',
		'La durata non rispetta le regole del modello',
	],
	German: [
		'Die Anfrage verstößt gegen unsere Zahlungsrichtlinien',
		'Die Anfrage verletzt die Kontingentrichtlinie',
		'Unzulässiger Inhaltstyp',
		'Der Wert verletzt die Obergrenze von 10 Sekunden',
	],
	Chinese: ['尺寸不符合规定', '参数格式不合规'],
};

test.each(
	Object.entries(OF_OTHER_KINDS).flatMap(([language, texts]) =>
		texts.map((text) => [language, text]),
	),
)('the %s text "%s" says nothing about the content', (_, text) => {
	expect(kindOf(text)).not.toBe('contentPolicy');
	const job = classify({ serverMessage: text }, 'job', { videoId: 'video_1' });
	expect(job.failure.kind).toBe('providerFailed');
});

test.each([
	...['sora_content_violation', 'InputImageRiskDetection', 'OperationDenied.TextIllegalDetected'],
	...['The prompt could not be submitted.', 'Blocked: PROHIBITED_CONTENT', 'Image contains nudity'],
	...['finishReason: IMAGE_SAFETY', 'finishReason: RECITATION', 'error_code: image_unsafe'],
	...['We do not allow prominent people', 'Your prompt contains words that are not permitted'],
	...['Video was blocked due to policy', 'The request was rejected because it was deemed unsafe'],
	...[
		'Declined by the content checker.',
		'hate speech',
		'检测到真人人脸',
		'您的输入内容不符合平台规范',
	],
	...[
		'コンテンツポリシーに違反しています',
		'violation',
		'觸發平台的內容安全策略',
		'內容審核未通過',
	],
	...[
		'Trigger the content security policy of the platform',
		'Le contenu a été bloqué par la modération',
	],
	...['ContentRiskBlocked', 'content_rejected', 'SexuallyExplicit', 'SENSITIVE', 'unsafe_request'],
	...['All generated videos were filtered out', 'Flagged for: violence/graphic', 'blocked: SAFETY'],
	...['The prompt appears to depict minors', 'people under 18', 'Human faces are not permitted'],
	...['may be related to copyright restrictions', 'Refused due to trust & safety'],
	...['Trigger strategy of the platform', 'input sensitive', 'output sensitive', 'raiFiltered'],
	...['The input may contain content that is not allowed', "This content isn't allowed"],
	...['The uploaded image contains a child', 'Person generation is not allowed'],
	...['Generation of people is not allowed with these settings', 'adult content detected'],
	...['ModerationError: blocked', 'Prompt not permitted', '内容审查未通过', '提示词中包含不当内容'],
	...['ガイドラインに違反しています', '콘텐츠 정책을 위반했습니다', 'Запрос отклонён модерацией'],
	...[
		'Image contains identifiable people',
		'Deepfake detected',
		'political figures are not allowed',
	],
	...['prompt is illegal', 'illegal image content', 'ILLEGAL_IMAGE_CONTENT'],
	...['The prompt did not pass moderation', 'content security policy violation'],
	...['The prompt was rejected by the provider', 'Input image rejected: contains a face'],
	...['Human face is not supported', 'Face detected in image', 'Terms of Service violation'],
	...['It goes against our guidelines', 'Blocked by provider', 'output blocked', 'inappropriate'],
	...['Result was filtered', 'Not safe for work', 'Prompt check failed', 'high risk prompt'],
	'video description sensitive',
	...['Uploads of images with people are not supported', 'The prompt content is not compliant'],
	...['Job blocked by AI moderator', "I can't help with that request", 'unsuitable content'],
	...['I cannot assist with that.', 'Images with people are not supported by this model'],
	...[
		'内容违法',
		'不适宜内容',
		'不適切な表現',
		'セーフティフィルターによりブロック',
		'유해한 콘텐츠',
	],
	...['Нарушение политики контента', 'нарушает правила использования', 'запрещённый контент'],
])('%s is about the content', (message) => {
	const job = decodeJob({ id: 'v', status: 'failed', error: { message } });
	expect(failureOfJob(job!).failure.kind).toBe('contentPolicy');
});

test.each([
	...['No human face detected', 'face not detected', 'input rejected by the encoder'],
	...['CUDA out of memory', 'request blocked by firewall', 'image flagged as duplicate'],
	...['Content-Type must be application/json', 'Illegal argument: seconds', 'heavy_load'],
	...['input rejected: wrong codec', 'content length exceeded', 'safe mode not supported'],
	...['blocked by robots.txt', 'illegal instruction (core dumped)', 'of minor version 2'],
	...['a minor mismatch of sizes', 'prompt not allowed to be empty', 'output filter not found'],
	...['Content generation failed', 'job was flagged for retry', 'Unsafe URL', '未检测到人脸'],
	// A moderation that did not work, rules of another kind, and values of a wrong shape.
	...[
		'moderation service unavailable',
		'The moderation service timed out',
		'Failed to moderate image',
	],
	...['Failed to run content moderation', 'Safety checker failed to load'],
	...['could not reach the safety service', 'Error calling moderation endpoint'],
	...['The prompt passed moderation, but there is no GPU', 'Moderation passed; encoding failed'],
	...['You have not agreed to the usage policy', 'retention policy violation', 'flagged as failed'],
	...[
		'Images with an alpha channel are not supported',
		'unsuitable image size',
		'다시 공유해 주세요',
	],
	...[
		'The worker cannot help: queue is full',
		'Нарушение правил именования',
		'not compliant with JSON',
	],
	...[
		'Image is not compliant with the size requirements',
		'Content is not compliant with the schema',
		'The prompt is not compliant with the maximum length',
		'We are unable to help you with this model',
		'Ask your channel moderators for access',
		'Photos with faces smaller than 100px are not supported',
		'Нарушены правила использования API',
	],
	...['图片分辨率不适宜，请上传大于300px的图片', '图片尺寸不适宜', '该模型不适宜当前参数'],
	...[
		'图片尺寸不合规',
		'参数不合规',
		'宽高比不符合规范',
		'prompt not allowed for this model',
		'Illegal content type',
	],
])('%s is not about the content', (message) => {
	const job = decodeJob({ id: 'v', status: 'failed', error: { message } });
	expect(failureOfJob(job!).failure.kind).toBe('providerFailed');
});

test.each<[unknown, FailureKind]>([
	[
		{ code: 'moderation_blocked', message: 'Your request was blocked by our moderation system.' },
		'contentPolicy',
	],
	[{ message: 'Your request was blocked by our moderation system.' }, 'contentPolicy'],
	[
		{ code: 'generation_failed', message: 'The content was flagged by the safety system' },
		'contentPolicy',
	],
	[{ code: 'processing_error', message: 'Output violates the content policy' }, 'contentPolicy'],
	[{ message: 'Generation was blocked by Responsible AI filters' }, 'contentPolicy'],
	[{ message: '输入内容包含敏感信息' }, 'contentPolicy'],
	[{ code: 'SAFETY.INPUT.TEXT', message: 'Generation failed' }, 'contentPolicy'],
	[{ code: 'OutputVideoSensitiveContentDetected', message: 'Failed' }, 'contentPolicy'],
	[{ message: 'output new_sensitive' }, 'contentPolicy'],
	[{ message: 'The image contains a real person' }, 'contentPolicy'],
	[{ message: 'content_filter' }, 'contentPolicy'],
	...[
		'The response was filtered due to the prompt triggering content management policy',
		'Input contains illegal content',
		'contains illegal or violent content',
		'Violence detected in prompt',
		'Image contains a minor',
		'The prompt was rejected by the safety checker',
		"The prompt didn't pass safety checks",
		'Image recognition failed: sensitive face',
		'content audit failure',
		'Green net check failed',
		'We do not support uploads of images containing photorealistic people',
		'提示词包含违禁词',
		'センシティブなコンテンツ',
		'Der Prompt verstößt gegen die Inhaltsrichtlinien',
		'ResponsibleAIPolicyViolation',
		'INPUT_PREPROCESSING.SAFETY.TEXT',
		'CensorshipError',
	].map((message): [object, FailureKind] => [{ message }, 'contentPolicy']),
	...[
		'No face detected in the image',
		'Safety margin exceeded in solver',
		'memory access violation (0xc0000005)',
		'image blocked by robots.txt',
		'JSON schema violation',
	].map((message): [object, FailureKind] => [{ message }, 'providerFailed']),
	[{ code: 'INTERNAL.BAD_OUTPUT.CODE01', message: 'Failed' }, 'providerFailed'],
	[{ code: 'processing_error', message: "We're under heavy load" }, 'providerFailed'],
	[
		{ code: 'ALL_PROVIDERS_EXHAUSTED', message: 'openai: model not found; fal: timed out' },
		'providerFailed',
	],
	[{ message: 'Model not found' }, 'providerFailed'],
	[{ message: 'Out of memory' }, 'providerFailed'],
	[{}, 'providerFailed'],
])('a job that failed with %j fails as %s', (error, kind) => {
	const { failure } = failureOfJob({
		id: 'video_1',
		phase: 'failed',
		status: 'failed',
		error: error as object,
	});
	expect(failure).toMatchObject({ kind, videoId: 'video_1' });
});

test.each<[string, FailureKind]>([
	['moderated', 'contentPolicy'],
	['request_moderated', 'contentPolicy'],
	['content_policy_violation', 'contentPolicy'],
	['flagged', 'contentPolicy'],
	['dead', 'providerFailed'],
	['expired', 'providerFailed'],
])('a job that ended with the status %s and no reason fails as %s', (status, kind) => {
	expect(failureOfJob({ id: 'video_1', phase: 'failed', status }).failure.kind).toBe(kind);
});
