package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster/internal/service"
)

func newKeys() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Create, list and revoke secret keys, replace signing keys",
		Long: `Create, list and revoke the secret keys of a database's instances, and replace the
keys that sign their session tokens.

A running server takes a new key, and refuses a revoked one, from the next request
on. The database keeps only a hash of each secret key.`,
		Example: "  roster keys create --instance ins_… --name ci\n  roster keys list\n  roster keys revoke key_…\n  roster keys rotate-signing --instance ins_…",
		Args:    cobra.ArbitraryArgs,
		RunE:    runGroup,
	}
	cmd.AddCommand(newKeysCreate(), newKeysList(), newKeysRevoke(), newKeysRotateSigning())
	return cmd
}

func newKeysCreate() *cobra.Command {
	var database, instance, name, secretKey string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "create --instance ID",
		Short: "Create another secret key of an instance",
		Long: `Create another secret key of an instance.

The key is printed on standard output, once: the database keeps only a hash of it.`,
		Example: `  roster keys create --instance ins_… --name ci
  KEY=$(roster keys create --instance ins_…)`,
		Args: noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			if instance == "" {
				return usagef("roster instances list shows the ids", "--instance is required")
			}
			if err := checkSecretKey(secretKey); err != nil {
				return err
			}
			return withService(cmd.Context(), database, false, func(svc *service.Service) error {
				key, secret, err := svc.CreateKey(cmd.Context(), instance, name, secretKey)
				if err != nil {
					return err
				}
				if !asJSON {
					cmd.PrintErrf("created key %s of instance %s; the key, shown only now:\n", key.ID, key.InstanceID)
				}
				return printCreated(cmd, asJSON, created{Key: &key, SecretKey: secret})
			})
		}),
	}
	databaseFlag(cmd, &database)
	cmd.Flags().StringVar(&instance, "instance", "", "`ID` of the instance")
	cmd.Flags().StringVar(&name, "name", "", "`NAME` to tell the key by")
	cmd.Flags().StringVar(&secretKey, "secret-key", "", secretKeyUsage)
	jsonFlag(cmd, &asJSON)
	return cmd
}

func newKeysList() *cobra.Command {
	var database, instance string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List secret keys without their secrets, oldest first",
		Long: `List secret keys, oldest first: id, instance, name, kind and last letters, creation,
revocation.

A table on a terminal, tab-separated lines without a header elsewhere.`,
		Example: "  roster keys list\n  roster keys list --instance ins_… --json",
		Args:    noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			return withService(cmd.Context(), database, false, func(svc *service.Service) error {
				if err := checkInstance(cmd.Context(), svc, instance); err != nil {
					return err
				}
				keys, err := svc.Keys(cmd.Context(), instance)
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), keys)
				}
				rows := make([][]string, len(keys))
				for i, k := range keys {
					rows[i] = []string{k.ID, k.InstanceID, k.Name, k.Hint, formatTime(k.CreatedAt), formatTime(k.RevokedAt)}
				}
				return printRows(cmd.OutOrStdout(), []string{"ID", "INSTANCE", "NAME", "KEY", "CREATED", "REVOKED"}, rows)
			})
		}),
	}
	databaseFlag(cmd, &database)
	cmd.Flags().StringVar(&instance, "instance", "", "`ID` of the instance whose keys to list (default: all)")
	jsonFlag(cmd, &asJSON)
	return cmd
}

// checkInstance tells an unknown instance from one without keys; "" is all of them.
func checkInstance(ctx context.Context, svc *service.Service, id string) error {
	instances, err := svc.Instances(ctx)
	if err != nil || id == "" || slices.ContainsFunc(instances, func(inst service.Instance) bool { return inst.ID == id }) {
		return err
	}
	return fmt.Errorf("%w: %s", service.ErrInstanceNotFound, id)
}

func newKeysRevoke() *cobra.Command {
	var database string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "revoke KEY_ID",
		Short:   "Make a secret key useless, for good",
		Example: "  roster keys revoke key_…",
		Args:    oneArg("KEY_ID; roster keys list shows them"),
		RunE: withEnv(func(cmd *cobra.Command, args []string) error {
			return withService(cmd.Context(), database, false, func(svc *service.Service) error {
				key, err := svc.RevokeKey(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), key)
				}
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "revoked key %s of instance %s\n", key.ID, key.InstanceID)
				return err
			})
		}),
	}
	databaseFlag(cmd, &database)
	jsonFlag(cmd, &asJSON)
	return cmd
}
