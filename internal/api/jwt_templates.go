package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func aTemplate(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	_, err := s.JWTTemplate(ctx, c, ids[0])
	return err
}

func createTemplate(r *request) roster.CreateJWTTemplate {
	b := r.body
	return roster.CreateJWTTemplate{
		Name:             b.required("name"),
		Claims:           b.requiredObject("claims"),
		Lifetime:         b.between("lifetime", roster.MinTokenLifetime, roster.MaxTokenLifetime),
		AllowedClockSkew: b.between("allowed_clock_skew", 0, roster.MaxClockSkew),
		CustomSigningKey: b.boolean("custom_signing_key"),
		SigningAlgorithm: b.option("signing_algorithm", roster.SigningAlgorithms...),
		SigningKey:       b.text("signing_key"),
	}
}

func updateTemplate(r *request) roster.UpdateJWTTemplate {
	return roster.UpdateJWTTemplate(createTemplate(r))
}
