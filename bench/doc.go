// Command bench measures the server, a process of its own, beside the least that its
// work could cost: bare net/http writing the same bytes, and the same page read, or
// the same rows written durably, on the bare native driver. What is compared runs in
// turns, round by round, so that the machine's mood falls on all alike; a ratio is of
// the medians of the rounds. It judges nothing and belongs to no other package.
package main
