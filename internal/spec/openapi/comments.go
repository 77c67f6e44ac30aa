package main

import (
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// typeComments are the comments of a package's types, by the types' names, as one
// paragraph each.
func typeComments(folder string) (map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	comments := make(map[string]string)
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, d := range f.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE || len(decl.Specs) != 1 {
				continue
			}
			name := decl.Specs[0].(*ast.TypeSpec).Name.Name
			comments[name] = paragraph(decl.Doc.Text())
		}
	}
	return comments, nil
}

func paragraph(text string) string {
	var p comment.Parser
	plain := (&comment.Printer{TextWidth: -1}).Text(p.Parse(text))
	return strings.Join(strings.Fields(string(plain)), " ")
}
