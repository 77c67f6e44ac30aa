// image is an upload as the SDK takes it, from one that came in a line of JSON.
export const image = text => new Blob([Buffer.from(text, 'base64')]);
