// Package roster is the vocabulary of the directory: the resources, queries and
// bodies of the organizations family of Clerk's Backend API, its error
// catalogue, and the rules that need no storage (metadata merge, identifiers'
// names, API versions).
//
// The server, the store and the client share these types, so nothing is mapped
// between layers. The package does no I/O and imports only the standard library
// and the JSON v2 mirror.
package roster
