package api_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"mime/multipart"
	"testing"
)

// oneWebP is a lossless WebP of one pixel; nothing at hand writes one.
const oneWebP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="

var onePNG, otherPNG = pixels(1), pixels(2)

// pixels is a PNG of some pixels in a row.
func pixels(n int) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, n, 1))); err != nil {
		panic(err)
	}
	return b.String()
}

// pictures are small images of every kind there may be, by name.
func pictures() map[string]any {
	m := image.NewPaletted(image.Rect(0, 0, 3, 2), []color.Color{color.Black, color.White})
	var asGIF, asJPEG bytes.Buffer
	err, err2 := gif.Encode(&asGIF, m, nil), jpeg.Encode(&asJPEG, m, nil)
	asWebP, err3 := base64.StdEncoding.DecodeString(oneWebP)
	for _, err := range []error{err, err2, err3} {
		if err != nil {
			panic(err)
		}
	}
	return map[string]any{"png": onePNG, "png2": otherPNG, "gif": asGIF.String(), "jpeg": asJPEG.String(), "webp": string(asWebP)}
}

// formOf is a body as a form, and its media type.
func formOf(t *testing.T, body map[string]any) (text, media string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, value := range body {
		create := w.CreateFormField
		if name == "file" {
			create = func(name string) (io.Writer, error) { return w.CreateFormFile(name, "picture") }
		}
		part, err := create(name)
		if err == nil {
			_, err = fmt.Fprint(part, value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}
