package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// imagePath is where images are, outside the API: /images/INSTANCE/IMAGE.
const imagePath = "/images/"

// pictured answers with the images of users and organizations. Browsers fetch them,
// so no key is asked for.
func (s *server) pictured(next handler) handler {
	return func(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
		rest, below := strings.CutPrefix(r.URL.Path, imagePath)
		if !below || unclean(r.URL) {
			return next(x, w, r)
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return nil, notAllowed(x, r.Method, []string{http.MethodGet, http.MethodHead})
		}
		instanceID, imageID, _ := strings.Cut(rest, "/")
		if !sound(rest) {
			return nil, roster.ErrImageNotFound.New()
		}
		var p *service.Picture
		err := timed(r.Context(), x.deadline, func(ctx context.Context) (err error) {
			p, err = s.svc.Picture(ctx, instanceID, imageID)
			return err
		})
		return p, err
	}
}

// show sends an image, whole or in part. It never changes under its address, and is
// nothing but an image, whatever a browser makes of its bytes.
func show(x *exchange, w http.ResponseWriter, r *http.Request, p *service.Picture) (status, size int) {
	for name, value := range map[string]string{
		"Content-Type": p.ContentType, "Etag": `"` + p.Digest + `"`, "Cache-Control": "public, max-age=31536000, immutable",
		"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox", "Cross-Origin-Resource-Policy": "cross-origin",
	} {
		x.header[name] = []string{value}
	}
	counted := &counter{ResponseWriter: w, status: http.StatusOK}
	http.ServeContent(counted, r, "", p.Modified(), p.Bytes(r.Context()))
	return counted.status, counted.size
}

// counter notes what is answered.
type counter struct {
	http.ResponseWriter
	status, size int
}

func (c *counter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.size += n
	return n, err
}
