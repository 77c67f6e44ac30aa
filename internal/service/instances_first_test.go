package service_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestCreateFirstInstance_has_one_winner(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		errs := make([]error, 16)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				_, _, errs[i] = service.New(st, service.Options{}).CreateFirstInstance(context.Background(), "default", "")
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !errors.Is(err, service.ErrNotFirst):
				t.Error(err)
			}
		}
		list, err := service.New(st, service.Options{}).Instances(context.Background())
		if won != 1 || len(list) != 1 || err != nil {
			t.Errorf("%d winners, %d instances, %v", won, len(list), err)
		}
	})
}
