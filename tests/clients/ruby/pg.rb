# pg.

require "pg"
require_relative "report"

CONNECTION = PG.connect(URL)

def set_runtime(id, runtime)
  # docs begin
  CONNECTION.exec_params("UPDATE workspaces SET runtime = $1 WHERE id = $2", [runtime, id])
  [200, {}]
rescue PG::CheckViolation => error
  result = error.result
  raise unless result.error_field(PG::PG_DIAG_CONSTRAINT_NAME).to_s.end_with?("_model_routable")

  code, reason = result.error_field(PG::PG_DIAG_MESSAGE_DETAIL).split(": ", 2)
  [422, { error: result.error_field(PG::PG_DIAG_MESSAGE_PRIMARY), code: code, reason: reason,
          hint: result.error_field(PG::PG_DIAG_MESSAGE_HINT) }]
  # docs end
end

report("version", PG::VERSION)
report_answer(set_runtime(2, "hermes"))
begin
  CONNECTION.transaction do
    CONNECTION.exec("UPDATE workspaces SET name = 'renamed' WHERE id = 2")
    CONNECTION.exec("UPDATE workspaces SET runtime = 'hermes' WHERE id = 2")
  end
rescue PG::IntegrityConstraintViolation => error
  report("error", error.class)
  report("sqlstate", error.result.error_field(PG::PG_DIAG_SQLSTATE))
  report("constraint", error.result.error_field(PG::PG_DIAG_CONSTRAINT_NAME))
end
report("after", CONNECTION.exec("SELECT name FROM workspaces WHERE id = 2").getvalue(0, 0))
report("switch", set_runtime(1, "hermes").first)
begin
  CONNECTION.transaction do
    BATCH.each { |row| CONNECTION.exec_params("INSERT INTO workspaces VALUES ($1, $2, $3, $4)", row.values) }
  end
rescue PG::IntegrityConstraintViolation => error
  report("batch", error.class)
end
CONNECTION.close
