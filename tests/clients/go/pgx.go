// pgx.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgx/v4"
)

// Answer is what an HTTP service would answer.
type Answer struct {
	Status int
	Body   map[string]string
}

var ctx = context.Background()

func report(name string, value interface{}) {
	fmt.Printf("%s\t%v\n", name, value)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func setRuntime(connection *pgx.Conn, id int64, runtime string) (Answer, error) {
	// docs begin
	_, err := connection.Exec(ctx, "UPDATE workspaces SET runtime = $1 WHERE id = $2", runtime, id)
	var refusal *pgconn.PgError
	if errors.As(err, &refusal) && refusal.Code == "23514" && strings.HasSuffix(refusal.ConstraintName, "_model_routable") {
		detail := strings.SplitN(refusal.Detail, ": ", 2)
		return Answer{422, map[string]string{
			"error": refusal.Message, "code": detail[0], "reason": detail[1], "hint": refusal.Hint}}, nil
	}
	// docs end
	return Answer{200, nil}, err
}

func renameAndIncident(transaction pgx.Tx) error {
	if _, err := transaction.Exec(ctx, "UPDATE workspaces SET name = 'renamed' WHERE id = 2"); err != nil {
		return err
	}
	_, err := transaction.Exec(ctx, "UPDATE workspaces SET runtime = 'hermes' WHERE id = 2")
	return err
}

func main() {
	config, err := pgx.ParseConfig(os.Getenv("DATABASE_URL"))
	must(err)
	// A pooler in transaction mode can give the next transaction a connection without the statements prepared before.
	config.PreferSimpleProtocol = os.Getenv("POOLED") == "yes"
	connection, err := pgx.ConnectConfig(ctx, config)
	must(err)
	defer connection.Close(ctx)

	report("version", os.Getenv("PGX_VERSION"))
	answer, err := setRuntime(connection, 2, "hermes")
	must(err)
	report("status", answer.Status)
	for _, name := range []string{"code", "reason", "hint"} {
		report(name, answer.Body[name])
	}

	var refusal *pgconn.PgError
	if errors.As(connection.BeginFunc(ctx, renameAndIncident), &refusal) {
		report("error", fmt.Sprintf("%T", refusal)[1:])
		report("sqlstate", refusal.Code)
		report("constraint", refusal.ConstraintName)
	}
	var name string
	must(connection.QueryRow(ctx, "SELECT name FROM workspaces WHERE id = 2").Scan(&name))
	report("after", name)
	answer, err = setRuntime(connection, 1, "hermes")
	must(err)
	report("switch", answer.Status)

	// The second row is the incident's pair. A batch without a transaction of its own is one.
	batch := &pgx.Batch{}
	insert := "INSERT INTO workspaces VALUES ($1, 'batch', $2, $3)"
	batch.Queue(insert, 11, "hermes", "moonshot/kimi-k2.6")
	batch.Queue(insert, 12, "hermes", "anthropic/claude-opus-4-7")
	batch.Queue(insert, 13, "codex", "gpt-5.5")
	if errors.As(connection.BeginFunc(ctx, func(transaction pgx.Tx) error {
		return transaction.SendBatch(ctx, batch).Close()
	}), &refusal) {
		report("batch", fmt.Sprintf("%T", refusal)[1:])
	}
}
