package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// offers are the packages that ask the server, and the functions of every one that one
// of the names is of, as the source has them: those that take a context.
func offers(names []string) (packages, functions []string, err error) {
	root, err := build.Import(sdk, ".", build.FindOnly)
	if err != nil {
		return nil, nil, fmt.Errorf("find the source of %s: %w", sdk, err)
	}
	folders, err := os.ReadDir(root.Dir)
	if err != nil {
		return nil, nil, err
	}
	for _, folder := range folders {
		pkg := folder.Name()
		if !folder.IsDir() {
			continue
		}
		found, err := functionsOf(filepath.Join(root.Dir, pkg))
		if none := (*build.NoGoError)(nil); errors.As(err, &none) || err == nil && len(found) == 0 {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		packages = append(packages, pkg)
		if slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, pkg+".") }) {
			for _, f := range found {
				functions = append(functions, pkg+"."+f)
			}
		}
	}
	return packages, functions, nil
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
