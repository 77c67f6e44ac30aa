package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// offers are the functions of every package that one of the names is of, as its
// source has them: those that take a context, which is what asks the server.
func offers(names []string) ([]string, error) {
	root, err := build.Import(sdk, ".", build.FindOnly)
	if err != nil {
		return nil, fmt.Errorf("find the source of %s: %w", sdk, err)
	}
	var packages, found []string
	for _, name := range names {
		pkg, _, _ := strings.Cut(name, ".")
		packages = append(packages, pkg)
	}
	slices.Sort(packages)
	for _, pkg := range slices.Compact(packages) {
		functions, err := functionsOf(filepath.Join(root.Dir, pkg))
		if err != nil {
			return nil, err
		}
		for _, f := range functions {
			found = append(found, pkg+"."+f)
		}
	}
	return found, nil
}

// functionsOf are the exported functions that take a context in a package's source.
func functionsOf(dir string) ([]string, error) {
	pkg, err := build.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	var functions []string
	for _, file := range pkg.GoFiles {
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, file), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range parsed.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() && takesContext(f.Type.Params.List) {
				functions = append(functions, f.Name.Name)
			}
		}
	}
	return functions, nil
}

func takesContext(params []*ast.Field) bool {
	if len(params) == 0 {
		return false
	}
	t, ok := params[0].Type.(*ast.SelectorExpr)
	return ok && t.Sel.Name == "Context"
}
