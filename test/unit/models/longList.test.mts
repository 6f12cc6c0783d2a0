import { listVideoModels } from '../../../nodes/Lumenfall/models/videoModels';
import { decodeModels, MAX_MODELS } from '../../../nodes/Lumenfall/transport/decode/modelList';
import { quick } from '../../support/quick.mts';

/** A list that took minutes when each entry was compared with every other one. */
const listOf = (count: number) => ({
	data: Array.from({ length: count }, (_, at) => ({
		id: `lab-${at}/video-${at}`,
		object: 'model',
	})),
});

test('a list of 200,000 models is cut, and read without holding n8n up', () => {
	const list = listOf(200_000);
	const models = quick(() => listVideoModels(decodeModels(list), 'authoritative'), 10_000);
	expect(models.filter(({ id }) => id.startsWith('lab-'))).toHaveLength(MAX_MODELS);
});
