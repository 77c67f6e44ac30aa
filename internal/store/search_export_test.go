package store

// InArrays are the users whom PostgreSQL finds by the grams of a text in their search
// texts, looking at so many of more than most.
func (tx *Tx) InArrays(text string, most, looked int) ([]string, error) {
	s := search{tx: tx, list: partials(text, "", "", "", ""), grams: gramsOf(tx.Instance, text)}
	err := s.inArrays(most, looked)
	return s.users, err
}
