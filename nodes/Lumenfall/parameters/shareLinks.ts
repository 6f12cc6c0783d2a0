/** Links that people copy from a web page: the page shows the file but is not the file, so a server cannot use it. */

/** Pages whose file has a public link of its own, and how to write it. */
const FILE_OF_PAGE: Array<[page: RegExp, file: string]> = [
	[
		/^https?:\/\/drive\.google\.com\/(?:a\/[^/]+\/)?(?:file\/(?:u\/\d+\/)?d\/|open\?(?:.*&)?id=)([\w-]+).*$/i,
		'https://drive.google.com/uc?export=download&id=$1',
	],
	[/^(https?:\/\/(?:www\.)?dropbox\.com\/(?:s|scl\/fi)\/.*[?&])dl=0(.*)$/i, '$1dl=1$2'],
	[/^(https?:\/\/(?:www\.)?dropbox\.com\/(?:s|scl\/fi)\/[^?#]+)$/i, '$1?dl=1'],
	[
		/^(https?:\/\/(?:www\.)?dropbox\.com\/(?:s|scl\/fi)\/[^?#]+\?)(?!(?:.*&)?(?:dl|raw)=)(.*)$/i,
		'$1dl=1&$2',
	],
	[/^(https?:\/\/github\.com\/[^/]+\/[^/]+\/)blob\/(.+)$/i, '$1raw/$2'],
];

/** Pages and folders, by host, path and query. A part of Google Docs exports files, and OneDrive has direct links too. */
const PAGES: Array<[page: RegExp, name: string]> = [
	[/^(?:(?:www|m)\.)?(?:youtube\.com|youtu\.be)\//, 'YouTube'],
	[/^(?:(?:www|m|vm)\.)?tiktok\.com\//, 'TikTok'],
	[/^(?:www\.)?instagram\.com\//, 'Instagram'],
	[/^(?:www\.)?(?:facebook\.com|fb\.watch)\//, 'Facebook'],
	[/^(?:www\.)?vimeo\.com\//, 'Vimeo'],
	[/^(?:photos\.google\.com|photos\.app\.goo\.gl)\//, 'Google Photos'],
	[
		/^docs\.google\.com\/(?:document|spreadsheets|presentation|forms)\/(?!.*\/export(?:[/?]|$))/,
		'Google Docs',
	],
	[/^drive\.google\.com\/(?:a\/[^/]+\/)?(?:drive\/|folderview)/, 'Google Drive'],
	[/^(?:www\.)?dropbox\.com\/(?:scl\/fo|sh|home)\//, 'Dropbox'],
	[/^[\w-]+\.sharepoint\.com\/:\w:\/(?!.*[?&]download=1)/, 'SharePoint'],
	[/^(?:1drv\.ms\/|onedrive\.live\.com\/(?!download))/, 'OneDrive'],
	[/^(?:www\.icloud\.com|share\.icloud\.com)\//, 'iCloud'],
];

/** Returns the link of the file that a share page shows. Returns any other URL unchanged. */
export function directLink(url: string): string {
	const found = FILE_OF_PAGE.find(([page]) => page.test(url));
	return found ? url.replace(...found) : url;
}

/** Returns the name of the site if a URL is that of a page and not of a file. */
export function siteOfPages(url: string): string | undefined {
	const { hostname = '', pathname = '', search = '' } = URL.canParse(url) ? new URL(url) : {};
	return PAGES.find(([page]) => page.test(hostname + pathname + search))?.[1];
}
