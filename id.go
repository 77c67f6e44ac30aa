package roster

// An id is its kind's prefix and 27 base62 characters (a KSUID). Ids are opaque:
// an imported directory may hold other shapes.
const (
	PrefixInstance       = "ins_"
	PrefixKey            = "key_"
	PrefixUser           = "user_"
	PrefixIdentification = "idn_"
	PrefixOrganization   = "org_"
	PrefixMembership     = "orgmem_"
	PrefixInvitation     = "orginv_"
	PrefixEmail          = "ema_"
	PrefixTextMessage    = "sms_"
	PrefixVerification   = "ver_"
	PrefixRole           = "role_"
	PrefixRoleSet        = "rset_"
	PrefixPermission     = "perm_"
	PrefixDomain         = "orgdmn_"
	PrefixSuggestion     = "orgsug_"
	PrefixSession        = "sess_"
	PrefixClient         = "client_"
	PrefixEvent          = "evt_"
	PrefixJWTTemplate    = "jtmp_"
	PrefixImage          = "img_"
	PrefixAllowlist      = "alid_"
	PrefixBlocklist      = "blid_"
)
