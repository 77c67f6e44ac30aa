package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster/internal/service"
)

func newKeysRotateSigning() *cobra.Command {
	var database, instance string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "rotate-signing --instance ID",
		Short: "Replace the key that signs an instance's session tokens",
		Long: `Replace the key that signs an instance's session tokens.

Servers sign with the new key from the next token on. The old one stays in the key
set, and its tokens valid, until the last of them has expired.`,
		Example: "  roster keys rotate-signing --instance ins_…",
		Args:    noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			if instance == "" {
				return usagef("roster instances list shows the ids", "--instance is required")
			}
			return withService(cmd.Context(), database, false, func(svc *service.Service) error {
				key, err := svc.RotateSigningKey(cmd.Context(), instance)
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), key)
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "tokens of instance %s are signed by key %s from now on\n", key.InstanceID, key.ID)
				return err
			})
		}),
	}
	databaseFlag(cmd, &database)
	cmd.Flags().StringVar(&instance, "instance", "", "`ID` of the instance")
	jsonFlag(cmd, &asJSON)
	return cmd
}
