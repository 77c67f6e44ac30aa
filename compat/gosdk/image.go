package main

import (
	"bytes"
	"encoding/base64"
)

// image is an upload as the SDK takes it.
type image struct{ *bytes.Reader }

func (image) Close() error { return nil }

// decodeImage reads an image that came in a line of JSON.
func decodeImage(text string) (image, error) {
	content, err := base64.StdEncoding.DecodeString(text)
	return image{bytes.NewReader(content)}, err
}
