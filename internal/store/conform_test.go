package store_test

import (
	"testing"

	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestConforms(t *testing.T) {
	t.Parallel()
	storetest.Each(t, storetest.Run)
}
