// Package e2e holds what can only be proved with the real binary and a real
// database: that histories of concurrent requests are linearizable, that the
// written-out schedules of two requests end as one after the other would, that
// kills lose and repeat nothing, and that a bad network or a full disk costs
// answers but never data. It has no code of its own; everything is in its tests.
//
// It is a module of its own because of what it needs: a checker of histories and
// a proxy that damages connections. Everything is bounded and stays on loopback.
// ROSTER_E2E=long runs about ten times as much.
package e2e
