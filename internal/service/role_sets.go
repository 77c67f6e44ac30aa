package service

// addToInitialSet lets members of organizations with the initial role set have a
// role.
func (t *tx) addToInitialSet(roleID string) error {
	settings, err := t.Settings()
	if err != nil {
		return err
	}
	return t.AddRoleToSet(settings.InitialRoleSetID, roleID)
}
