package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // what an image may be
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise
	"io"
	"time"

	_ "golang.org/x/image/webp" // likewise

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// maxImageSide is the most pixels an image may have each way: what browsers and
// those who make thumbnails of it still take.
const maxImageSide = 16384

// Upload is a file that was sent, and the user it is owed to, "" for none.
type Upload struct {
	File           *io.SectionReader // nil for none
	UploaderUserID string
}

// checkImage finds out by its content what a file is. It looks at the header only:
// what follows is for whoever shows the image.
func checkImage(file *io.SectionReader) (store.Image, error) {
	switch {
	case file == nil || file.Size() == 0:
		return store.Image{}, roster.ErrImageMissing.On("file")
	case file.Size() > roster.MaxImageBytes:
		return store.Image{}, roster.ErrImageTooLarge.New(roster.MaxImageBytes)
	}
	kept := &keeper{again(file), nil}
	config, format, err := image.DecodeConfig(kept)
	switch {
	case kept.err != nil:
		return store.Image{}, fmt.Errorf("read an upload: %w", kept.err)
	case errors.Is(err, image.ErrFormat):
		return store.Image{}, roster.ErrImageType.New()
	case err != nil:
		return store.Image{}, roster.ErrImageBroken.New("its header is damaged")
	case config.Width < 1 || config.Height < 1:
		return store.Image{}, roster.ErrImageBroken.New("it has no pixels")
	case config.Width > maxImageSide || config.Height > maxImageSide:
		return store.Image{}, roster.ErrImageBroken.New(fmt.Sprintf("it has more than %d pixels one way", maxImageSide))
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, again(file)); err != nil {
		return store.Image{}, err
	}
	return store.Image{ContentType: "image/" + format, Size: file.Size(), Digest: hex.EncodeToString(sum.Sum(nil))}, nil
}

// again reads a file from its first byte.
func again(file *io.SectionReader) io.Reader { return io.NewSectionReader(file, 0, file.Size()) }

// keeper tells what goes wrong where a file is kept from what is wrong with the file.
type keeper struct {
	io.Reader
	err error
}

func (k *keeper) Read(p []byte) (int, error) {
	n, err := k.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		k.err = err
	}
	return n, err
}

// keepImage keeps an image as its owner's and returns its id; the one that the owner
// has keeps its id.
func (t *tx) keepImage(ownerID string, m store.Image, in Upload) (string, error) {
	had, err := t.ImageOf(ownerID)
	if err == nil && had.Digest == m.Digest || err != nil && !errors.Is(err, store.ErrNotFound) {
		return had.ID, err
	}
	m.ID, m.OwnerID, m.CreatedAt = t.id(roster.PrefixImage), ownerID, t.Now
	if in.UploaderUserID != "" {
		m.UploadedBy = &in.UploaderUserID
	}
	return m.ID, t.InsertImage(m, again(in.File))
}

// UploadOrganizationLogo gives an organization a logo.
func (s *Service) UploadOrganizationLogo(ctx context.Context, c Caller, organizationID string, in Upload) (*roster.Organization, error) {
	m, problem := checkImage(in.File)
	out, err := s.changeOrganization(ctx, c, organizationID, func(t *tx, o *roster.Organization) error {
		if problem != nil {
			return problem
		}
		if in.UploaderUserID != "" {
			if err := t.UserExists(in.UploaderUserID); err != nil {
				return orNotFound(err, roster.ErrUserNotFound.New(in.UploaderUserID))
			}
		}
		id, err := t.keepImage(o.ID, m, in)
		if err != nil {
			return err
		}
		o.HasImage, o.ImageURL = true, t.ImageURL(id)
		return t.SetOrganizationImage(o.ID, &id)
	})
	if err != nil {
		return nil, err
	}
	out.LogoURL = out.ImageURL
	return out, nil
}

// DeleteOrganizationLogo takes an organization's logo away.
func (s *Service) DeleteOrganizationLogo(ctx context.Context, c Caller, organizationID string) (*roster.Organization, error) {
	return s.changeOrganization(ctx, c, organizationID, func(t *tx, o *roster.Organization) error {
		if !o.HasImage {
			return roster.ErrImageNotFound.New()
		}
		o.HasImage, o.ImageURL = false, ""
		return errors.Join(t.SetOrganizationImage(o.ID, nil), t.DeleteImages(o.ID))
	})
}

// SetUserProfileImage gives a user an image.
func (s *Service) SetUserProfileImage(ctx context.Context, c Caller, userID string, in Upload) (*roster.User, error) {
	m, problem := checkImage(in.File)
	return s.changeUser(ctx, c, userID, func(t *tx, u *roster.User) error {
		if problem != nil {
			return problem
		}
		id, err := t.keepImage(u.ID, m, in)
		if err != nil {
			return err
		}
		u.HasImage, u.ImageURL = true, t.ImageURL(id)
		u.ProfileImageURL = u.ImageURL
		return t.SetUserImage(u.ID, &id)
	})
}

// DeleteUserProfileImage takes a user's image away.
func (s *Service) DeleteUserProfileImage(ctx context.Context, c Caller, userID string) (*roster.User, error) {
	return s.changeUser(ctx, c, userID, func(t *tx, u *roster.User) error {
		if !u.HasImage {
			return roster.ErrImageNotFound.New()
		}
		u.HasImage, u.ImageURL = false, ""
		return errors.Join(t.SetUserImage(u.ID, nil), t.DeleteImages(u.ID))
	})
}

// Picture is an image to be shown.
type Picture struct {
	store.Image
	service *Service
	caller  Caller
}

// Picture is the image of an instance with an id. No key is needed: the id is as
// hard to guess as one.
func (s *Service) Picture(ctx context.Context, instanceID, imageID string) (*Picture, error) {
	p := &Picture{service: s, caller: Caller{InstanceID: instanceID}}
	err := s.read(ctx, p.caller, func(t *tx) (err error) {
		p.Image, err = t.Image(imageID)
		return orNotFound(err, roster.ErrImageNotFound.New())
	})
	return p, err
}

// Modified is when the image was uploaded.
func (p *Picture) Modified() time.Time { return time.UnixMilli(p.CreatedAt) }

// Bytes are the image's. They come from the database as they are asked for, a
// bounded number at a time, so that they can be sent in part.
func (p *Picture) Bytes(ctx context.Context) io.ReadSeeker {
	at := func(offset int64) (chunk []byte, first int64, err error) {
		err = p.service.read(ctx, p.caller, func(t *tx) (err error) {
			chunk, first, err = t.ImageBytes(p.ID, offset)
			return err
		})
		return chunk, first, err
	}
	return io.NewSectionReader(&chunks{at: at}, 0, p.Size)
}

// chunks reads from whatever gives a chunk around an offset. It keeps the last one.
type chunks struct {
	at    func(offset int64) (chunk []byte, first int64, err error)
	chunk []byte
	first int64
}

func (c *chunks) ReadAt(b []byte, offset int64) (n int, err error) {
	for n < len(b) {
		at := offset + int64(n)
		if at < c.first || at >= c.first+int64(len(c.chunk)) {
			if c.chunk, c.first, err = c.at(at); err != nil {
				return n, fmt.Errorf("read image: %w", err)
			}
			if at >= c.first+int64(len(c.chunk)) {
				return n, io.ErrUnexpectedEOF
			}
		}
		n += copy(b[n:], c.chunk[at-c.first:])
	}
	return n, nil
}
