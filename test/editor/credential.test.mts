import { VERSIONS } from '../../instance/versions.mts';
import { waitFor } from '../e2e/fixtures.mts';
import type { Stage } from '../e2e/stage.mts';
import { openEditor, type Editor } from './editor.mts';
import { NODE, textToVideo, workflowWith } from './workflows.mts';

describe.each(VERSIONS)('the dialog of the credential in n8n %s', (version) => {
	let stage: Stage;
	let editor: Editor;
	beforeAll(async () => {
		({ stage, editor } = await openEditor(version));
		await editor.open(workflowWith(stage, textToVideo()));
		await editor.openNode(NODE);
		await editor.page.locator('[data-test-id="credential-edit-button"]').first().click();
		// The dialog opens before its values are loaded, which would replace a value that is entered earlier.
		await waitFor('the saved values', async () => {
			return (await input('baseUrl').inputValue()) === stage.credentialData.baseUrl;
		});
	});

	const dialog = () => editor.page.locator('[data-test-id="editCredential-modal"]');
	const input = (name: string) =>
		dialog().locator(`[data-test-id="parameter-input-${name}"] input`);

	/** The dialog down to the fields that n8n adds to every credential, which do not fit. */
	async function ownFields() {
		const whole = (await dialog().boundingBox())!;
		const [added] = await dialog().getByText('Allowed HTTP Request Domains').all();
		const box = await added?.boundingBox();
		return box ? { ...whole, height: box.y - whole.y } : whole;
	}

	/** n8n tests a credential when it is saved. */
	async function save(values: Record<string, unknown>) {
		for (const [name, value] of Object.entries(values)) await input(name).fill(String(value));
		await editor.page.locator('[data-test-id="credential-save-button"]').click();
	}

	/** The text of an error is behind a link. n8n 1 has its own text for the status of a response. */
	const expectToRead = async (words: RegExp) => {
		const details = dialog().getByText('More details');
		const said = await waitFor(`the dialog to say ${words}`, async () => {
			if (await details.isVisible()) await details.click();
			return words.exec(await dialog().innerText())?.[0];
		});
		expect(said).toMatch(words);
	};

	test('reports a wrong key', async () => {
		await save({ apiKey: 'not-a-key' });
		await expectToRead(/did not accept the API key|Authorization failed/);
		await editor.picture('credential-wrong-key', await ownFields());
	});

	test('reports a wrong URL', async () => {
		await save({ apiKey: stage.credentialData.apiKey, baseUrl: stage.sandbox.mediaUrl });
		await expectToRead(/'Base URL' does not point to a video API|could not be found/);
	});

	test('reports that key and URL are valid, without generating a video', async () => {
		await save({ baseUrl: stage.credentialData.baseUrl });
		await expectToRead(/Connection tested successfully/);
		expect(stage.sandbox.jobs()).toEqual([]);
	});
});
