# ActiveRecord, with pg.

require "active_record"
require_relative "report"

# A pooler in transaction mode can give the next transaction a connection without the statements prepared before.
ActiveRecord::Base.establish_connection(
  "#{URL}?prepared_statements=#{!POOLED}&advisory_locks=#{!POOLED}".sub("postgresql:", "postgres:")
)

class Workspace < ActiveRecord::Base
end

def set_runtime(id, runtime)
  # docs begin
  Workspace.find(id).update!(runtime: runtime)
  [200, {}]
rescue ActiveRecord::StatementInvalid => error # from Rails 8.1 on ActiveRecord::CheckViolation, which is one of these
  raise unless error.cause.is_a?(PG::CheckViolation)

  result = error.cause.result
  raise unless result.error_field(PG::PG_DIAG_CONSTRAINT_NAME).to_s.end_with?("_model_routable")

  code, reason = result.error_field(PG::PG_DIAG_MESSAGE_DETAIL).split(": ", 2)
  [422, { error: result.error_field(PG::PG_DIAG_MESSAGE_PRIMARY), code: code, reason: reason,
          hint: result.error_field(PG::PG_DIAG_MESSAGE_HINT) }]
  # docs end
end

report("version", ActiveRecord::VERSION::STRING)
report_answer(set_runtime(2, "hermes"))
begin
  Workspace.transaction do
    workspace = Workspace.find(2)
    workspace.update!(name: "renamed")
    workspace.update!(runtime: "hermes")
  end
rescue ActiveRecord::StatementInvalid => error
  report("error", error.class)
  report("sqlstate", error.cause.result.error_field(PG::PG_DIAG_SQLSTATE))
  report("constraint", error.cause.result.error_field(PG::PG_DIAG_CONSTRAINT_NAME))
end
report("after", Workspace.find(2).name)
report("switch", set_runtime(1, "hermes").first)
begin
  Workspace.insert_all!(BATCH)
rescue ActiveRecord::StatementInvalid => error
  report("batch", error.class)
end
