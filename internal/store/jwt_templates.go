package store

import "github.com/rosterhq/roster"

// Template is a JWT template with the key of its own, nil for none. A private key
// is in PEM.
type Template struct {
	roster.JWTTemplate
	SigningKey *string
}

const templateColumns = `t.id, t.name, t.claims, t.lifetime, t.allowed_clock_skew, t.signing_algorithm, t.signing_key, t.created_at, t.updated_at`

func (tx *Tx) templateRows(c *clause) ([]Template, error) {
	list := []Template{}
	err := tx.query(c.String(), c.args, func(r row) error {
		t := Template{JWTTemplate: roster.JWTTemplate{Object: "jwt_template"}}
		err := r.scan(&t.ID, &t.Name, &t.Claims, &t.Lifetime, &t.AllowedClockSkew, &t.SigningAlgorithm, &t.SigningKey, &t.CreatedAt, &t.UpdatedAt)
		t.CustomSigningKey = t.SigningKey != nil
		list = append(list, t)
		return err
	})
	return list, err
}

func (tx *Tx) template(condition, value string) (*Template, error) {
	c := &clause{}
	c.add("select "+templateColumns+"\nfrom jwt_templates t\nwhere t.instance_id = ?", tx.Instance).and(condition, value)
	list, err := tx.templateRows(c)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// Template is a JWT template by its id, or ErrNotFound.
func (tx *Tx) Template(id string) (*Template, error) { return tx.template("t.id = ?", id) }

// TemplateNamed is a JWT template by its name, or ErrNotFound.
func (tx *Tx) TemplateNamed(name string) (*Template, error) { return tx.template("t.name = ?", name) }

// Templates is one page of JWT templates, newest first.
func (tx *Tx) Templates(p roster.Paging) (page roster.Page[roster.JWTTemplate], err error) {
	where := &clause{}
	where.add("\nfrom jwt_templates t\nwhere t.instance_id = ?", tx.Instance)
	if err := tx.one("select count(*)"+where.String(), where.args, &page.TotalCount); err != nil {
		return page, err
	}
	c := &clause{}
	c.add("select " + templateColumns).extend(where)
	c.add(ordering{column: "t.created_at", desc: true}.sql()).page(p)
	list, err := tx.templateRows(c)
	page.Data = make([]roster.JWTTemplate, len(list))
	for i := range list {
		page.Data[i] = list[i].JWTTemplate
	}
	return page, err
}

// InsertTemplate adds a JWT template and fills in its times; ErrTaken when another
// has its name.
func (tx *Tx) InsertTemplate(t *Template) error {
	t.CreatedAt, t.UpdatedAt = tx.Now, tx.Now
	n, err := tx.exec(`insert into jwt_templates (instance_id, id, name, claims, lifetime, allowed_clock_skew,
	signing_algorithm, signing_key, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
on conflict do nothing`, tx.Instance, t.ID, t.Name, t.Claims.String(), t.Lifetime, t.AllowedClockSkew, t.SigningAlgorithm, t.SigningKey, tx.Now)
	if err == nil && n == 0 {
		err = ErrTaken
	}
	return err
}

// SaveTemplate writes a JWT template. That its name is free is for the caller to
// see to, under a lock on the instance.
func (tx *Tx) SaveTemplate(t *Template) error {
	t.UpdatedAt = tx.Now
	_, err := tx.exec(`update jwt_templates
set name = $3, claims = $4, lifetime = $5, allowed_clock_skew = $6, signing_algorithm = $7, signing_key = $8, updated_at = $9
where instance_id = $1 and id = $2`,
		tx.Instance, t.ID, t.Name, t.Claims.String(), t.Lifetime, t.AllowedClockSkew, t.SigningAlgorithm, t.SigningKey, tx.Now)
	return err
}

// DeleteTemplate removes a JWT template.
func (tx *Tx) DeleteTemplate(id string) error {
	_, err := tx.exec(`delete from jwt_templates
where instance_id = $1 and id = $2`, tx.Instance, id)
	return err
}
