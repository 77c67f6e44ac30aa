package client_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
	"github.com/rosterhq/roster/rostertest"
)

var update = flag.Bool("update", false, "write the examples into docs/api")

// firstProgram is the name of the example that is a program of its own.
const firstProgram = "GoClientAFirstProgram"

// example is a documented call: what it prints, and the request it is documented
// to send.
type example struct {
	run  func(context.Context, *client.Client, *output, world) error
	want string
}

// examples are named after their page and section.
var examples = map[string]example{
	"OrganizationMembershipsCreate":         {exampleOrganizationMembershipsCreate, `org:member Member {"department":"sales"}`},
	"OrganizationMembershipsGet":            {exampleOrganizationMembershipsGet, "org:member bob@example.com"},
	"OrganizationMembershipsList":           {exampleOrganizationMembershipsList, "Ann org:admin\nBob org:member\n2 in all"},
	"OrganizationMembershipsListInstance":   {exampleOrganizationMembershipsListInstance, "Acme bob@example.com org:member\nAcme ann@example.com org:admin"},
	"OrganizationMembershipsListForUser":    {exampleOrganizationMembershipsListForUser, "Acme org:member"},
	"OrganizationMembershipsAll":            {exampleOrganizationMembershipsAll, "true org:admin"},
	"OrganizationMembershipsAllInstance":    {exampleOrganizationMembershipsAllInstance, "map[acme:2]"},
	"OrganizationMembershipsAllForUser":     {exampleOrganizationMembershipsAllForUser, "Acme"},
	"OrganizationMembershipsUpdate":         {exampleOrganizationMembershipsUpdate, "org:admin"},
	"OrganizationMembershipsUpdateMetadata": {exampleOrganizationMembershipsUpdateMetadata, `{"desk":{"floor":4}} {"grade":"b"}`},
	"OrganizationMembershipsDelete":         {exampleOrganizationMembershipsDelete, "was org:member"},
	"OrganizationsCreate":                   {exampleOrganizationsCreate, "bolt-co 25"},
	"OrganizationsGet":                      {exampleOrganizationsGet, "Acme 2"},
	"OrganizationsList":                     {exampleOrganizationsList, "Acme"},
	"OrganizationsAll":                      {exampleOrganizationsAll, "Acme lacks an admin: false"},
	"OrganizationsUpdate":                   {exampleOrganizationsUpdate, "Acme International acme-international"},
	"OrganizationsUpdateMetadata":           {exampleOrganizationsUpdateMetadata, `{"plan":{"name":"team","seats":30}}`},
	"OrganizationsReplaceMetadata":          {exampleOrganizationsReplaceMetadata, `{"plan":"free"}`},
	"OrganizationsDelete":                   {exampleOrganizationsDelete, "organization true"},
	"OrganizationRolesCreate":               {exampleOrganizationRolesCreate, "org:accountant [org:drafts:write]"},
	"OrganizationRolesList":                 {exampleOrganizationRolesList, "Admin 9\nEditor 1\nMember 2"},
	"OrganizationRolesAll":                  {exampleOrganizationRolesAll, "creators may be org:admin"},
	"OrganizationRolesGet":                  {exampleOrganizationRolesGet, "Editor org:editor"},
	"OrganizationRolesUpdate":               {exampleOrganizationRolesUpdate, "Author 0"},
	"OrganizationRolesDelete":               {exampleOrganizationRolesDelete, "role true"},
	"OrganizationRolesAssignPermission":     {exampleOrganizationRolesAssignPermission, "2"},
	"OrganizationRolesRemovePermission":     {exampleOrganizationRolesRemovePermission, "0"},
	"OrganizationPermissionsCreate":         {exampleOrganizationPermissionsCreate, "org:invoices:send user"},
	"OrganizationPermissionsList":           {exampleOrganizationPermissionsList, "org:sys_billing:manage\norg:sys_billing:read"},
	"OrganizationPermissionsAll":            {exampleOrganizationPermissionsAll, "9 of the system"},
	"OrganizationPermissionsGet":            {exampleOrganizationPermissionsGet, "Write drafts"},
	"OrganizationPermissionsUpdate":         {exampleOrganizationPermissionsUpdate, "Write and edit drafts"},
	"OrganizationPermissionsDelete":         {exampleOrganizationPermissionsDelete, "permission true"},
	"InstanceGet":                           {exampleInstanceGet, "development"},
	"InstanceUpdate":                        {exampleInstanceUpdate, "so be it"},
	"InstanceUpdateRestrictions":            {exampleInstanceUpdateRestrictions, "false true"},
	"AllowlistIdentifiersList":              {exampleAllowlistIdentifiersList, "dee@example.com 1"},
	"AllowlistIdentifiersAll":               {exampleAllowlistIdentifiersAll, "dee@example.com email_address"},
	"AllowlistIdentifiersCreate":            {exampleAllowlistIdentifiersCreate, "*@example.com email_address"},
	"AllowlistIdentifiersDelete":            {exampleAllowlistIdentifiersDelete, "allowlist_identifier true"},
	"BlocklistIdentifiersList":              {exampleBlocklistIdentifiersList, "eve@example.net"},
	"BlocklistIdentifiersCreate":            {exampleBlocklistIdentifiersCreate, "+12025550123 phone_number"},
	"BlocklistIdentifiersDelete":            {exampleBlocklistIdentifiersDelete, "blocklist_identifier true"},
	"InstanceOrganizationSettings":          {exampleInstanceOrganizationSettings, "true org:admin org:member"},
	"InstanceUpdateOrganizationSettings":    {exampleInstanceUpdateOrganizationSettings, "50 org:editor"},
	"OrganizationDomainsCreate":             {exampleOrganizationDomainsCreate, "example.com true automatic_suggestion"},
	"OrganizationDomainsList":               {exampleOrganizationDomainsList, "acme.example manual_invitation"},
	"OrganizationDomainsListInstance":       {exampleOrganizationDomainsListInstance, "acme.example of Acme"},
	"OrganizationDomainsAll":                {exampleOrganizationDomainsAll, "acme.example"},
	"OrganizationDomainsAllInstance":        {exampleOrganizationDomainsAllInstance, "acme.example is Acme's"},
	"OrganizationDomainsUpdate":             {exampleOrganizationDomainsUpdate, "acme.example false"},
	"OrganizationDomainsVerifyOwnership":    {exampleOrganizationDomainsVerifyOwnership, "verified manual_override"},
	"OrganizationDomainsDelete":             {exampleOrganizationDomainsDelete, "organization_domain true"},
	"OrganizationInvitationsCreate":         {exampleOrganizationInvitationsCreate, "eve@example.com pending"},
	"OrganizationInvitationsCreateBulk":     {exampleOrganizationInvitationsCreateBulk, "eve@example.com Admin\nfinn@example.com Member"},
	"OrganizationInvitationsList":           {exampleOrganizationInvitationsList, "dee@example.com pending"},
	"OrganizationInvitationsListPending":    {exampleOrganizationInvitationsListPending, "1 to come"},
	"OrganizationInvitationsListInstance":   {exampleOrganizationInvitationsListInstance, "dee@example.com to Acme"},
	"OrganizationInvitationsListForUser":    {exampleOrganizationInvitationsListForUser, "Acme org:member"},
	"OrganizationInvitationsAll":            {exampleOrganizationInvitationsAll, "dee@example.com"},
	"OrganizationInvitationsAllInstance":    {exampleOrganizationInvitationsAllInstance, "1"},
	"OrganizationInvitationsAllForUser":     {exampleOrganizationInvitationsAllForUser, "Acme"},
	"OrganizationInvitationsGet":            {exampleOrganizationInvitationsGet, "dee@example.com ann@example.com"},
	"OrganizationInvitationsRevoke":         {exampleOrganizationInvitationsRevoke, "revoked true"},
	"RoleSetsCreate":                        {exampleRoleSetsCreate, "role_set:newsrooms custom 3"},
	"RoleSetsList":                          {exampleRoleSetsList, "Default initial\nProjects custom"},
	"RoleSetsAll":                           {exampleRoleSetsAll, "org:admin 1\norg:member 1"},
	"RoleSetsGet":                           {exampleRoleSetsGet, "Projects starts as org:member"},
	"RoleSetsUpdate":                        {exampleRoleSetsUpdate, "initial org:editor"},
	"RoleSetsDelete":                        {exampleRoleSetsDelete, "role_set true"},
	"RoleSetsReplace":                       {exampleRoleSetsReplace, "role_set true"},
	"RoleSetsAddRoles":                      {exampleRoleSetsAddRoles, "3 org:editor"},
	"RoleSetsRemoveRoles":                   {exampleRoleSetsRemoveRoles, "2"},
	"RoleSetsReplaceRole":                   {exampleRoleSetsReplaceRole, "org:admin 1\norg:editor 1"},
	"UsersCreate":                           {exampleUsersCreate, "mira@example.com staff-81"},
	"UsersGet":                              {exampleUsersGet, "Bob false"},
	"UsersList":                             {exampleUsersList, "Ann\nBob"},
	"UsersAll":                              {exampleUsersAll, "1 names with a b"},
	"UsersCount":                            {exampleUsersCount, "1 outside"},
	"UsersUpdate":                           {exampleUsersUpdate, "Robert true"},
	"UsersUpdateMetadata":                   {exampleUsersUpdateMetadata, `{"crm":{"id":12345678901234567890}} {"theme":"dark"}`},
	"UsersReplaceMetadata":                  {exampleUsersReplaceMetadata, "{}"},
	"OrganizationsUploadLogo":               {exampleOrganizationsUploadLogo, "true"},
	"OrganizationsDeleteLogo":               {exampleOrganizationsDeleteLogo, "false"},
	"UsersSetProfileImage":                  {exampleUsersSetProfileImage, "true"},
	"UsersDeleteProfileImage":               {exampleUsersDeleteProfileImage, "false"},
	"UsersBan":                              {exampleUsersBan, "true"},
	"UsersUnban":                            {exampleUsersUnban, "false"},
	"UsersBanAll":                           {exampleUsersBanAll, "2 true"},
	"UsersUnbanAll":                         {exampleUsersUnbanAll, "2 false"},
	"UsersLock":                             {exampleUsersLock, "true 3600"},
	"UsersUnlock":                           {exampleUsersUnlock, "false"},
	"UsersVerifyPassword":                   {exampleUsersVerifyPassword, "true"},
	"UsersRemovePassword":                   {exampleUsersRemovePassword, "false"},
	"UsersSetPasswordCompromised":           {exampleUsersSetPasswordCompromised, "true"},
	"UsersUnsetPasswordCompromised":         {exampleUsersUnsetPasswordCompromised, "false"},
	"UsersVerifyTOTP":                       {exampleUsersVerifyTOTP, "backup_code"},
	"UsersDisableMFA":                       {exampleUsersDisableMFA, "true"},
	"UsersDeleteTOTP":                       {exampleUsersDeleteTOTP, "true"},
	"UsersDeleteBackupCodes":                {exampleUsersDeleteBackupCodes, "true"},
	"UsersDeletePasskey":                    {exampleUsersDeletePasskey, "true"},
	"UsersDeleteExternalAccount":            {exampleUsersDeleteExternalAccount, "true"},
	"UsersDelete":                           {exampleUsersDelete, "user true"},
	"UsersDeleteWeb3Wallet":                 {exampleUsersDeleteWeb3Wallet, "web3_wallet true"},
	"EmailAddressesCreate":                  {exampleEmailAddressesCreate, "bob@work.example.com admin"},
	"EmailAddressesGet":                     {exampleEmailAddressesGet, "bob@new.example.com false"},
	"EmailAddressesUpdate":                  {exampleEmailAddressesUpdate, "true"},
	"EmailAddressesDelete":                  {exampleEmailAddressesDelete, "email_address true"},
	"EmailAddressesReplaceForUser":          {exampleEmailAddressesReplaceForUser, "robert@example.com true"},
	"EmailAddressesPrepareVerification":     {exampleEmailAddressesPrepareVerification, "email_code unverified"},
	"EmailAddressesAttemptVerification":     {exampleEmailAddressesAttemptVerification, "unverified after 1"},
	"PhoneNumbersPrepareVerification":       {examplePhoneNumbersPrepareVerification, "phone_code sms"},
	"PhoneNumbersAttemptVerification":       {examplePhoneNumbersAttemptVerification, "verified"},
	"PhoneNumbersCreate":                    {examplePhoneNumbersCreate, "+12025550143 true"},
	"PhoneNumbersGet":                       {examplePhoneNumbersGet, "+12025550142 false"},
	"PhoneNumbersUpdate":                    {examplePhoneNumbersUpdate, "admin"},
	"PhoneNumbersDelete":                    {examplePhoneNumbersDelete, "phone_number true"},
	"PhoneNumbersReplaceForUser":            {examplePhoneNumbersReplaceForUser, "+12025550144 true"},
	"SessionsCreate":                        {exampleSessionsCreate, "active"},
	"SessionsGet":                           {exampleSessionsGet, "active"},
	"SessionsList":                          {exampleSessionsList, "1 active"},
	"SessionsAll":                           {exampleSessionsAll, "active"},
	"SessionsRevoke":                        {exampleSessionsRevoke, "revoked"},
	"SessionsCreateToken":                   {exampleSessionsCreateToken, "Authorization: Bearer eyJ…"},
	"SessionsCreateTokenFromTemplate":       {exampleSessionsCreateTokenFromTemplate, "Authorization: Bearer eyJ…"},
	"SessionsCreateRefreshToken":            {exampleSessionsCreateRefreshToken, "__session=eyJ… 43"},
	"SessionsRefresh":                       {exampleSessionsRefresh, "the user has to sign in again"},
	"SessionsVerify":                        {exampleSessionsVerify, "this API version verifies by the key set"},
	"ClientsList":                           {exampleClientsList, "1 client"},
	"ClientsAll":                            {exampleClientsAll, "1 session"},
	"ClientsGet":                            {exampleClientsGet, "active"},
	"ClientsVerify":                         {exampleClientsVerify, "active"},
	"JWTTemplatesList":                      {exampleJWTTemplatesList, "1 template"},
	"JWTTemplatesAll":                       {exampleJWTTemplatesAll, "reports"},
	"JWTTemplatesCreate":                    {exampleJWTTemplatesCreate, `gateway RS256 {"aud":"gateway","tenant":"{{org.slug || 'none'}}"}`},
	"JWTTemplatesGet":                       {exampleJWTTemplatesGet, "reports 60"},
	"JWTTemplatesUpdate":                    {exampleJWTTemplatesUpdate, "HS256 true"},
	"JWTTemplatesDelete":                    {exampleJWTTemplatesDelete, "jwt_template true"},
	"JWKSGet":                               {exampleJWKSGet, "RSA RS256 sig"},
	"ErrorsTellingThemApart":                {exampleErrorsTellingThemApart, "not found role\n404 1 true"},
}

// world is what the examples find on their server: Ann is the admin and Bob, the
// user, a member of the organization; the stranger, Dee, is in none. Nobody has the
// role org:editor, which holds the permission org:drafts:write, not the spare one, and
// no organization the role set, in which it is beside those of the system. The
// organization has the domain acme.example, and Dee is invited to it. Each list has
// an entry, and neither is in force.
type world struct {
	emailID, phoneID, walletID string
	emailCodeID, phoneCodeID   string

	invitationID, domainID, organizationID, userID, strangerID, sessionID, roleID, permissionID, spareID, roleSetKey string

	clientID, templateID, templateName string
	allowedID, blockedID               string
	token                              func() string // of the session
}

func newWorld(t *testing.T, c *client.Client) world {
	t.Helper()
	wallets := map[string][]string{"Bob": {"0x8617E340B3D01FA5F11F306F4090FD50E238070D"}}
	person := func(name string) string {
		return must(c.Users.Create(t.Context(), roster.CreateUser{
			EmailAddress: []string{strings.ToLower(name) + "@example.com"}, Username: roster.Value(strings.ToLower(name) + "_1"),
			FirstName: roster.Value(name), LastName: roster.Value(name + "son"),
			PasswordHasher: roster.Value("md5"), PasswordDigest: roster.Value("3cb4e732631f47e6eb961f34554b7cde"), // correct horse
			TOTPSecret: roster.Value("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), BackupCodes: []string{"spare-code-1"},
			Web3Wallet: wallets[name],
		}))(t).ID
	}
	ann, w := person("Ann"), world{userID: person("Bob"), strangerID: person("Dee")}
	w.organizationID = must(c.Organizations.Create(t.Context(), roster.CreateOrganization{Name: "Acme", CreatedBy: roster.Value(ann), PublicMetadata: roster.Metadata(`{"plan":{"name":"team"}}`)}))(t).ID
	must(c.OrganizationMemberships.Create(t.Context(), w.organizationID, roster.CreateMembership{UserID: w.userID, Role: roster.RoleMember, PublicMetadata: roster.Metadata(`{"desk":{"floor":3,"seat":"b"}}`)}))(t)
	w.permissionID = must(c.OrganizationPermissions.Create(t.Context(), roster.CreatePermission{Name: "Write drafts", Key: "org:drafts:write"}))(t).ID
	w.spareID = must(c.OrganizationPermissions.Create(t.Context(), roster.CreatePermission{Name: "Print drafts", Key: "org:drafts:print"}))(t).ID
	w.roleID = must(c.OrganizationRoles.Create(t.Context(), roster.CreateRole{Name: "Editor", Key: "org:editor", Permissions: []string{w.permissionID}}))(t).ID
	w.domainID = must(c.OrganizationDomains.Create(t.Context(), w.organizationID, roster.CreateOrganizationDomain{Name: "acme.example"}))(t).ID
	w.invitationID = must(c.OrganizationInvitations.Create(t.Context(), w.organizationID, roster.CreateInvitation{EmailAddress: "dee@example.com", Role: roster.RoleMember, InviterUserID: roster.Value(ann)}))(t).ID
	must(c.Users.SetProfileImage(t.Context(), w.userID, roster.UploadProfileImage{File: strings.NewReader(tinyGIF)}))(t)
	must(c.Organizations.UploadLogo(t.Context(), w.organizationID, roster.UploadLogo{File: strings.NewReader(tinyGIF)}))(t)
	w.anybodys(t, c)
	session := must(c.Sessions.Create(t.Context(), roster.CreateSession{UserID: w.userID}))(t)
	template := must(c.JWTTemplates.Create(t.Context(), roster.CreateJWTTemplate{Name: "reports", Claims: roster.Metadata(`{"email":"{{user.primary_email_address}}"}`)}))(t)
	w.sessionID, w.clientID, w.templateID, w.templateName = session.ID, session.ClientID, template.ID, template.Name
	w.token = func() string {
		return must(c.Sessions.CreateToken(t.Context(), w.sessionID, roster.CreateToken{}))(t).JWT
	}
	w.allowedID = must(c.AllowlistIdentifiers.Create(t.Context(), roster.CreateAllowlistIdentifier{Identifier: "dee@example.com"}))(t).ID
	w.blockedID = must(c.BlocklistIdentifiers.Create(t.Context(), roster.CreateBlocklistIdentifier{Identifier: "eve@example.net"}))(t).ID
	w.roleSetKey = must(c.RoleSets.Create(t.Context(), roster.CreateRoleSet{Name: "Projects", Roles: []string{roster.RoleAdmin, roster.RoleMember, "org:editor"},
		DefaultRoleKey: roster.RoleMember, CreatorRoleKey: roster.RoleAdmin}))(t).Key
	return w
}

// output stands in for package fmt inside the examples.
type output struct{ bytes.Buffer }

func (o *output) Println(values ...any) { fmt.Fprintln(&o.Buffer, values...) }

// recorder notes the requests that pass through it, ids as the documentation
// writes them.
type recorder struct {
	mu   sync.Mutex
	seen []string
	ids  *strings.Replacer
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	r.seen = append(r.seen, req.Method+" "+r.ids.Replace(strings.TrimPrefix(req.URL.Path, "/v1")))
	r.mu.Unlock()
	return http.DefaultTransport.RoundTrip(req)
}

// The documentation's examples are compiled code that does what is printed beside
// them, and each sends the request its method is said to send.
func TestDocs_examplesRun(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		requests := map[string]string{}
		for _, p := range pages(t) {
			for method, request := range p.methods {
				requests[p.name+method] = request
			}
		}
		srv := rostertest.New(t, rostertest.WithDatabase(e.URL(t)))
		for name, ex := range examples {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				key := srv.NewInstance(t, rostertest.Development)
				c := srv.ClientOf(key)
				t.Cleanup(c.CloseIdleConnections)
				w := newWorld(t, c)
				r := &recorder{ids: strings.NewReplacer(w.organizationID, "{organization_id}", "/acme", "/{organization_id}", w.userID, "{user_id}", w.strangerID, "{user_id}", w.sessionID, "{session_id}", w.clientID, "{client_id}", w.allowedID, "{identifier_id}", w.blockedID, "{identifier_id}", w.templateID, "{template_id}", "/"+w.templateName, "/{template_name}",
					"idn_2r0IXl6wk1eAjEM7O13z1wMD0EB", "{passkey_identification_id}", "eac_2r0IXl6wk1eAjEM7O13z1wMD0EB", "{external_account_id}",
					w.emailID, "{email_address_id}", w.phoneID, "{phone_number_id}", w.walletID, "{web3_wallet_identification_id}",
					w.invitationID, "{invitation_id}", w.domainID, "{domain_id}", w.roleID, "{organization_role_id}", w.permissionID, "{permission_id}", w.spareID, "{permission_id}",
					w.roleSetKey, "{role_set_key_or_id}", roster.InitialRoleSetKey, "{role_set_key_or_id}")}
				var out output
				if err := ex.run(t.Context(), srv.ClientOf(key, client.WithHTTPClient(&http.Client{Transport: r})), &out, w); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(ex.want+"\n", out.String()); diff != "" {
					t.Errorf("printed (-want +got):\n%s", diff)
				}
				if want, ok := requests[name]; ok && (len(r.seen) == 0 || r.seen[0] != want) {
					t.Errorf("sent %v, documented as %s", r.seen, want)
				}
			})
		}
	})
}

func TestDocs_showTheExamples(t *testing.T) {
	t.Parallel()
	code := exampleCode(t)
	shown := map[string]bool{}
	for _, p := range pages(t) {
		for _, s := range p.sections {
			name := p.name + s.name
			want, ok := code[name]
			if !ok && s.example == "" && !strings.Contains(s.text, "```go") {
				continue
			}
			shown[name] = true
			if s.example == want {
				continue
			}
			if *update {
				p.replaceExample(t, s, want)
				continue
			}
			t.Errorf("%s, %s: the example is not example%s; go test ./client -run TestDocs_show -update writes it (-want +got):\n%s", p.file, s.title, name, cmp.Diff(want, s.example))
		}
	}
	for name := range code {
		if !shown[name] {
			t.Errorf("example%s is on no page", name)
		}
		if _, runs := examples[name]; !runs && name != firstProgram {
			t.Errorf("example%s is never run", name)
		}
	}
}

// The first program of the index is built and run as a reader would.
func TestDocs_firstProgram(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds a program")
	}
	srv := rostertest.New(t)
	c := srv.Client()
	t.Cleanup(c.CloseIdleConnections)
	newWorld(t, c)
	cmd := exec.CommandContext(t.Context(), "go", "run", "./testdata/first")
	cmd.Env = append(os.Environ(), "ROSTER_URL="+srv.URL, "ROSTER_SECRET_KEY="+srv.SecretKey)
	out, err := cmd.CombinedOutput()
	if want := "Acme bob@example.com org:member\nAcme ann@example.com org:admin\n"; err != nil || string(out) != want {
		t.Errorf("printed %q, %v; want %q", out, err, want)
	}
}
