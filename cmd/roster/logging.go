package main

import (
	"io"
	"log/slog"

	"github.com/spf13/cobra"
)

type logFlags struct {
	level  string
	format string
}

func (f *logFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.level, "log-level", "info", "least `LEVEL` to log: debug, info, warn, error")
	cmd.Flags().StringVar(&f.format, "log-format", "auto", "`FORMAT` of the log: text, json, or auto, which is text on a terminal")
	fromEnv(cmd, "log-level", "ROSTER_LOG_LEVEL")
	fromEnv(cmd, "log-format", "ROSTER_LOG_FORMAT")
	completeWith(cmd, "log-level", "debug", "info", "warn", "error")
	completeWith(cmd, "log-format", "text", "json", "auto")
}

// logger writes the log to w.
func (f *logFlags) logger(w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	switch f.level {
	case "debug", "info", "warn", "error":
		if err := level.UnmarshalText([]byte(f.level)); err != nil {
			return nil, err
		}
	default:
		return nil, usagef("--log-level takes debug, info, warn or error", "unknown log level %q", f.level)
	}
	options := &slog.HandlerOptions{Level: level}
	switch {
	case f.format == "text", f.format == "auto" && isTerminal(w):
		return slog.New(slog.NewTextHandler(w, options)), nil
	case f.format == "json", f.format == "auto":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return nil, usagef("--log-format takes text, json or auto", "unknown log format %q", f.format)
}
