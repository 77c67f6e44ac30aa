package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

func main() {
	c := client.New(os.Getenv("ROSTER_SECRET_KEY"), client.WithBaseURL(os.Getenv("ROSTER_URL")))
	for m, err := range c.OrganizationMemberships.AllInstance(context.Background(), roster.MembershipQuery{}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(m.Organization.Name, *m.PublicUserData.Identifier, m.Role)
	}
}
