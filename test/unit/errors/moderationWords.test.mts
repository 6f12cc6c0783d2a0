import { classify } from '../../../nodes/Lumenfall/errors/classify';

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
