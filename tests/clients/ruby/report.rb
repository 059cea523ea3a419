# The data of every client of Ruby, and its output: one line for each value, with a name, a tab and the value.

URL = ENV.fetch("DATABASE_URL")
POOLED = ENV.fetch("POOLED") == "yes"

# The second row is the incident's pair.
BATCH = [
  { id: 11, name: "batch", runtime: "hermes", model: "moonshot/kimi-k2.6" },
  { id: 12, name: "batch", runtime: "hermes", model: "anthropic/claude-opus-4-7" },
  { id: 13, name: "batch", runtime: "codex", model: "gpt-5.5" }
].freeze

def report(name, value)
  puts "#{name}\t#{value}"
end

def report_answer((status, body))
  report("status", status)
  %i[code reason hint].each { |name| report(name, body[name]) }
end
