package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster/internal/service"
)

func newInstances() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "instances",
		Short: "Create and list the instances of a database",
		Long: `Create and list the instances of a database.

An instance is a directory of its own: users, organizations and keys of one are
unknown to every other. A running server sees changes at once.`,
		Example: "  roster instances create --name staging\n  roster instances list",
		Args:    cobra.ArbitraryArgs,
		RunE:    runGroup,
	}
	cmd.AddCommand(newInstancesCreate(), newInstancesList())
	return cmd
}

// created is what instances create prints for programs; keys create's has a key.
type created struct {
	Instance  *service.Instance `json:"instance,omitzero"`
	Key       *service.Key      `json:"key,omitzero"`
	SecretKey string            `json:"secret_key"`
}

// printCreated leaves the secret alone on standard output, unless JSON frames it.
func printCreated(cmd *cobra.Command, asJSON bool, c created) error {
	if asJSON {
		return printJSON(cmd.OutOrStdout(), c)
	}
	_, err := fmt.Fprintln(cmd.OutOrStdout(), c.SecretKey)
	return err
}

func newInstancesCreate() *cobra.Command {
	var database, name, environment, secretKey string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "create --name NAME",
		Short: "Create an instance and its first secret key",
		Long: `Create an instance and its first secret key.

The key is printed on standard output, once: the database keeps only a hash of it.
The kind of the instance follows the key where one is given.`,
		Example: `  roster instances create --name staging
  roster instances create --name shop --environment production --json
  KEY=$(roster instances create --name ci --database sqlite:ci.db)`,
		Args: noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			if name == "" {
				return usagef(seeHelp(cmd), "--name is required")
			}
			if err := checkEnvironment(environment, secretKey); err != nil {
				return err
			}
			return withService(cmd.Context(), database, true, func(svc *service.Service) error {
				inst, secret, err := svc.CreateInstance(cmd.Context(), name, environment, secretKey)
				if err != nil {
					return err
				}
				if !asJSON {
					cmd.PrintErrf("created %s instance %s; its secret key, shown only now:\n", inst.Environment, inst.ID)
				}
				return printCreated(cmd, asJSON, created{Instance: &inst, SecretKey: secret})
			})
		}),
	}
	databaseFlag(cmd, &database)
	cmd.Flags().StringVar(&name, "name", "", "`NAME` of the instance")
	cmd.Flags().StringVar(&environment, "environment", "", "`KIND` of the instance: development or production (default: as the key says, else development)")
	cmd.Flags().StringVar(&secretKey, "secret-key", "", secretKeyUsage)
	jsonFlag(cmd, &asJSON)
	completeWith(cmd, "environment", service.Development, service.Production)
	return cmd
}

// checkEnvironment refuses unknown kinds and a key of the other kind than asked for;
// "" leaves either open.
func checkEnvironment(asked, secretKey string) error {
	if err := checkSecretKey(secretKey); err != nil {
		return err
	}
	switch asked {
	case "":
		return nil
	case service.Development, service.Production:
	default:
		return usagef("--environment takes development or production", "unknown environment %q", asked)
	}
	if kind, err := service.EnvironmentOf(secretKey); err == nil && kind != asked {
		return usagef("sk_test_ keys are for development, sk_live_ keys for production", "the given secret key is of a %s instance, not %s", kind, asked)
	}
	return nil
}

func newInstancesList() *cobra.Command {
	var database string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the instances, oldest first",
		Long: `List the instances, oldest first: id, name, kind, creation.

A table on a terminal, tab-separated lines without a header elsewhere.`,
		Example: "  roster instances list\n  roster instances list --json | jq -r '.[].id'\n  roster instances list | cut -f1",
		Args:    noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			return withService(cmd.Context(), database, false, func(svc *service.Service) error {
				instances, err := svc.Instances(cmd.Context())
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(cmd.OutOrStdout(), instances)
				}
				rows := make([][]string, len(instances))
				for i, inst := range instances {
					rows[i] = []string{inst.ID, inst.Name, inst.Environment, formatTime(inst.CreatedAt)}
				}
				return printRows(cmd.OutOrStdout(), []string{"ID", "NAME", "ENVIRONMENT", "CREATED"}, rows)
			})
		}),
	}
	databaseFlag(cmd, &database)
	jsonFlag(cmd, &asJSON)
	return cmd
}
