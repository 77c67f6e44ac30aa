package service_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// batch is small, so that few lines make several.
const batch = 100

// smallExport is an export of a few rows of every kind, and the key of its
// instance.
func smallExport(t *testing.T) (text string, w *world) {
	t.Helper()
	w = newWorld(t, storetest.Engines[0])
	o := w.organization(t, roster.CreateOrganization{Name: "Acme"})
	u := w.user(t, roster.CreateUser{Username: roster.Value("Anna"), EmailAddress: []string{"a@example.com"}})
	w.join(t, o, u, roster.RoleAdmin)
	w.session(t, u)
	return export(t, w.Service, w.caller.InstanceID), w
}

// largeExport is smallExport with more users than two batches hold.
func largeExport(t *testing.T) (text string, w *world) {
	t.Helper()
	small, w := smallExport(t)
	lines := strings.SplitAfter(small, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, `{"kind":"user"`) {
			continue
		}
		id, _, _ := strings.Cut(strings.TrimPrefix(line, `{"kind":"user","id":"`), `"`)
		var more strings.Builder
		for n := range 220 {
			more.WriteString(strings.NewReplacer(id, fmt.Sprintf("user_%05d", n), "idn_", fmt.Sprintf("idn_%05d", n),
				"Anna", fmt.Sprintf("Anna%05d", n), "a@example.com", fmt.Sprintf("a%05d@example.com", n)).Replace(line))
		}
		lines[i] = more.String() + line
		break
	}
	return sealed(strings.Join(lines, "")), w
}

// sealed gives changed lines the trailer that fits them.
func sealed(text string) string {
	text = text[:strings.LastIndex(strings.TrimSuffix(text, "\n"), "\n")+1]
	sum := sha256.Sum256([]byte(text))
	var counts []string
	for _, kind := range store.Kinds {
		counts = append(counts, fmt.Sprintf(`"%s":%d`, kind.Name, strings.Count(text, `{"kind":"`+kind.Name+`"`)))
	}
	return text + `{"kind":"trailer","rows":{` + strings.Join(counts, ",") + `},"sha256":"` + hex.EncodeToString(sum[:]) + "\"}\n"
}

func importText(t *testing.T, svc *service.Service, text string, o service.ImportOptions) (service.Transfer, error) {
	t.Helper()
	o.Batch = batch
	return svc.Import(t.Context(), strings.NewReader(text), o)
}

// absent demands that an instance under import cannot be reached.
func absent(t *testing.T, svc *service.Service, w *world) {
	t.Helper()
	if _, err := svc.Authenticate(t.Context(), w.secret); !errors.Is(err, roster.CodeKeyInvalid) {
		t.Errorf("its key answers %v", err)
	}
	if list, err := svc.Instances(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("it is listed: %v, %v", list, err)
	}
	if _, err := svc.Export(t.Context(), w.caller.InstanceID, io.Discard, nil); !errors.Is(err, service.ErrInstanceNotFound) {
		t.Errorf("it can be exported: %v", err)
	}
}

// breaking is a reader that fails behind some bytes.
func breaking(text string, behind int) io.Reader {
	return io.MultiReader(strings.NewReader(text[:behind]), failing{})
}

type failing struct{}

var errCable = errors.New("somebody fell over the cable")

func (failing) Read([]byte) (int, error) { return 0, errCable }

func TestImport_resumes_where_it_broke_off(t *testing.T) {
	t.Parallel()
	text, w := largeExport(t)
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		svc := service.New(e.Open(t), service.Options{})
		for _, share := range []float64{0.1, 0.5, 0.51, 0.999} {
			_, err := svc.Import(t.Context(), breaking(text, int(share*float64(len(text)))), service.ImportOptions{Resume: true, Batch: batch})
			if !errors.Is(err, errCable) {
				t.Fatalf("broken at %v: %v", share, err)
			}
			absent(t, svc, w)
		}
		if _, err := importText(t, svc, text, service.ImportOptions{}); !errors.Is(err, service.ErrImportUnfinished) {
			t.Errorf("without being told to go on: %v", err)
		}
		done, err := importText(t, svc, text, service.ImportOptions{Resume: true})
		if err != nil || done.Resumed < 200 || done.Rows["user"] != 221 {
			t.Fatal(done, err)
		}
		if diff := cmp.Diff(text, export(t, svc, w.caller.InstanceID)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		finished(t, svc, w, text)
	})
}

// finished holds what an import that is done answers to another.
func finished(t *testing.T, svc *service.Service, w *world, text string) {
	t.Helper()
	if _, err := importText(t, svc, text, service.ImportOptions{Resume: true}); err != nil {
		t.Errorf("told to go on though it is done: %v", err)
	}
	for name, o := range map[string]service.ImportOptions{"again": {}, "anew": {Restart: true}} {
		if _, err := importText(t, svc, text, o); !errors.Is(err, service.ErrInstanceExists) {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := sealed(strings.ReplaceAll(text, "Acme", "Acne"))
	if _, err := importText(t, svc, other, service.ImportOptions{Resume: true}); !errors.Is(err, service.ErrImportDiffers) {
		t.Errorf("another export: %v", err)
	}
	if c, err := svc.Authenticate(t.Context(), w.secret); err != nil || c.InstanceID != w.caller.InstanceID {
		t.Error(c, err)
	}
}

func TestImport_begins_anew(t *testing.T) {
	t.Parallel()
	text, w := largeExport(t)
	small, _, _ := strings.Cut(text, `{"kind":"user","id":"user_0015`) // what is left behind is not all in the next
	other := sealed(strings.ReplaceAll(text, "Anna", "Bert"))
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		svc := service.New(e.Open(t), service.Options{})
		if _, err := svc.Import(t.Context(), breaking(small, len(small)), service.ImportOptions{Batch: batch}); !errors.Is(err, errCable) {
			t.Fatal(err)
		}
		if _, err := importText(t, svc, other, service.ImportOptions{Resume: true}); !errors.Is(err, service.ErrImportDiffers) {
			t.Errorf("another export: %v", err)
		}
		// Even a removal that was interrupted cannot be taken for an import.
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := svc.Import(ctx, strings.NewReader(other), service.ImportOptions{Restart: true}); !errors.Is(err, context.Canceled) {
			t.Errorf("canceled: %v", err)
		}
		if done, err := importText(t, svc, other, service.ImportOptions{Restart: true}); err != nil || done.Resumed != 0 {
			t.Fatal(done, err)
		}
		if diff := cmp.Diff(other, export(t, svc, w.caller.InstanceID)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}

func TestImport_has_one_winner(t *testing.T) {
	t.Parallel()
	text, w := largeExport(t)
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		svc := service.New(e.Open(t), service.Options{})
		errs := make([]error, 4)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { _, errs[i] = importText(t, svc, text, service.ImportOptions{Resume: true}) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, service.ErrImportRival):
				t.Error(err)
			}
		}
		if won == 0 {
			t.Error("nobody finished")
		}
		if diff := cmp.Diff(text, export(t, svc, w.caller.InstanceID)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}
