package store

import "sync"

// maxKnownRoles bounds the instances whose roles are remembered.
const maxKnownRoles = 1000

// knownRoles remembers the roles of instances, each as of a revision: a transaction
// that reads the same revision has the same roles. What is remembered is never
// changed.
type knownRoles struct {
	mu         sync.RWMutex
	byInstance map[string]rolesAt
}

type rolesAt struct {
	revision int64
	roles    map[string]*roleInfo
}

// at returns an instance's roles as of a revision, nil if they are not known.
func (k *knownRoles) at(instance string, revision int64) map[string]*roleInfo {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if known := k.byInstance[instance]; known.revision == revision {
		return known.roles
	}
	return nil
}

// last returns an instance's roles as they were last known, nil if never.
func (k *knownRoles) last(instance string) map[string]*roleInfo {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.byInstance[instance].roles
}

// keep remembers roles that were read on one snapshot with their revision.
func (k *knownRoles) keep(instance string, revision int64, roles map[string]*roleInfo) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.byInstance == nil {
		k.byInstance = map[string]rolesAt{}
	}
	for other := range k.byInstance { // any will do: whose roles are gone reads them again
		if len(k.byInstance) < maxKnownRoles {
			break
		}
		delete(k.byInstance, other)
	}
	k.byInstance[instance] = rolesAt{revision, roles}
}
