package roster

import "slices"

// Version is an API version, a date. It compares as a string.
type Version string

// The versions at which behaviour changes.
const (
	// VersionOldest answers a request that names no version. It alone guards the
	// last member with elevated permissions.
	VersionOldest Version = "2021-02-05"
	// VersionTokenV2 is the first whose session tokens have the second format, and
	// that knows sessions which are pending; it verifies no sessions any more.
	VersionTokenV2 Version = "2025-04-10"
	// VersionMetadataEndpoints is the first that takes organization and user
	// metadata only through the metadata endpoints.
	VersionMetadataEndpoints Version = "2026-05-12"
)

// Versions lists what a request may ask for, oldest first.
var Versions = []Version{VersionOldest, "2024-10-01", "2025-03-12", VersionTokenV2, "2025-11-10", VersionMetadataEndpoints}

// Known reports whether v may be asked for.
func (v Version) Known() bool { return slices.Contains(Versions, v) }

// GuardsLastAdmin reports whether taking the last member with elevated
// permissions out of an organization is refused.
func (v Version) GuardsLastAdmin() bool { return v <= VersionOldest }

// TakesMetadataInUpdate reports whether PATCH of an organization or user still
// takes metadata, replacing it.
func (v Version) TakesMetadataInUpdate() bool { return v < VersionMetadataEndpoints }

// MintsTokenV2 reports whether session tokens have the second format.
func (v Version) MintsTokenV2() bool { return v >= VersionTokenV2 }

// VerifiesSessions reports whether the operation that verifies a session exists.
func (v Version) VerifiesSessions() bool { return v < VersionTokenV2 }
