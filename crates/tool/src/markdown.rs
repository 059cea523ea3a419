//! `list --markdown`: the registry as a page, to be read raw as well as rendered.

use std::collections::HashMap;

use registry::{Date, Image, ListedId, ProviderRecord, RuntimeRecord};

use crate::text::count;

/// The page for the registry of a file, which is named as it was on the command line.
pub fn page(image: &Image, file: Option<&str>) -> String {
    let mut page = String::from("# The registry\n\n");
    let (from, option) = match file {
        Some(file) => (format!("`{file}`"), format!(" --registry {file}")),
        None => ("the registry that is built in".to_owned(), String::new()),
    };
    page += &format!(
        "Generated from {from}: edit that, and not this page. At the repository's root, this writes it again:\n\n"
    );
    page += &format!("```sh\nmodel-routable list --markdown{option} > docs/registry.md\n```\n\n");
    page += INTRODUCTION;
    page += "\n## Runtimes and providers\n\n";
    page += &matrix(image);
    for runtime in image.runtimes() {
        page += &section(&runtime);
    }
    page += &external(image);
    page += "\n## Providers\n\nAny one of the variables authenticates.\n\n";
    page += &providers(image);
    page
}

const INTRODUCTION: &str = "\
A runtime takes the model ids that it lists, and ids that match the pattern of exactly one of its providers. A withdrawn id
is refused, whatever matches it. Runtimes that are not here pass unjudged, and so do external ones. `platform_managed` is billed
through the platform, `byok` to the tenant's own key.
";

/// Columns of a line that a reader need not scroll for.
const WIDTH: usize = 120;

/// Who lists how many ids, and who routes by pattern alone; where the runtimes do not fit beside each other, in several
/// tables, each with the providers of its runtimes.
fn matrix(image: &Image) -> String {
    let mut matrix = "\"pattern\" is a provider that lists no id for the runtime. One that lists ids routes by its pattern as well, \
                      unless\nit says \"only\".\n"
        .to_owned();
    let providers: Vec<_> = image.providers().collect();
    let name = Column::of("provider", providers.iter().map(|provider| code(provider.name())));
    let billing = Column::of("billing", providers.iter().map(|provider| code(provider.billing().as_str())));
    let fixed = [name, billing];
    let columns: Vec<_> = image.runtimes().map(|runtime| runtime_column(&runtime, &providers)).collect();
    let is_split = width(fixed.iter().chain(&columns)) > WIDTH;
    let mut columns = columns.into_iter().peekable();
    while columns.peek().is_some() {
        let mut part: Vec<Column> = Vec::new();
        let fits = |part: &[Column], next: &Column| width(fixed.iter().chain(part).chain([next])) <= WIDTH;
        while let Some(column) = columns.next_if(|column| part.is_empty() || fits(&part, column)) {
            part.push(column);
        }
        let heads: Vec<_> = fixed.iter().chain(&part).map(|column| column.head.clone()).collect();
        let rows = (0..providers.len())
            .filter(|&row| !is_split || part.iter().any(|column| !column.cells[row].is_empty()))
            .map(|row| fixed.iter().chain(&part).map(|column| column.cells[row].clone()).collect());
        matrix += &format!("\n{}", table(&heads, &rows.collect::<Vec<_>>()));
    }
    matrix
}

struct Column {
    head: String,
    cells: Vec<String>,
}

/// Of a line of the table.
fn width<'a>(columns: impl Iterator<Item = &'a Column>) -> usize {
    1 + columns.map(|column| column.width() + 3).sum::<usize>()
}

impl Column {
    fn of(head: &str, cells: impl Iterator<Item = String>) -> Column {
        Column { head: head.to_owned(), cells: cells.collect() }
    }

    fn width(&self) -> usize {
        self.cells.iter().chain([&self.head]).map(|cell| cell.chars().count()).max().unwrap_or(0)
    }
}

/// What a runtime has of each provider.
fn runtime_column(runtime: &RuntimeRecord, providers: &[ProviderRecord]) -> Column {
    let arms: HashMap<&str, String> = runtime
        .arms()
        .map(|arm| {
            let only = if arm.pattern().is_none() { "only " } else { "" };
            let cell = match (arm.models().len(), arm.withdrawn().len()) {
                (0, 0) => "pattern".to_owned(),
                (offered, 0) => format!("{only}{}", count(offered, "id")),
                (offered, withdrawn) => format!("{only}{}, {withdrawn} withdrawn", count(offered, "id")),
            };
            (arm.provider().name(), cell)
        })
        .collect();
    let cells = providers.iter().map(|provider| arms.get(provider.name()).cloned().unwrap_or_default());
    Column::of(&code(runtime.name()), cells)
}

/// What one runtime takes.
fn section(runtime: &RuntimeRecord) -> String {
    let name = code(runtime.name());
    let section = match runtime.display_name() {
        Some(display_name) => format!("\n## {}: {name}\n\n", plain(display_name)),
        None => format!("\n## {name}\n\n"),
    };
    let ids = ids(runtime);
    let patterns = runtime.arms().filter_map(|arm| {
        let provider = arm.provider();
        Some(vec![code(arm.pattern()?), code(provider.name()), code(provider.billing().as_str())])
    });
    let patterns: Vec<_> = patterns.collect();
    let mut tables = Vec::new();
    if !ids.is_empty() {
        tables.push(table_of_ids(&ids));
    }
    if !patterns.is_empty() {
        tables.push(table(&["pattern", "provider", "billing"].map(String::from), &patterns));
    }
    section + &tables.join("\n")
}

/// The rows of a runtime's ids, with columns for what is announced only where something is.
fn table_of_ids(rows: &[Vec<String>]) -> String {
    const HEADS: [&str; 6] = ["id", "provider", "billing", "status", "retires", "replacement"];
    const ALWAYS: usize = 4;
    let columns = (0..HEADS.len()).filter(|&column| column < ALWAYS || rows.iter().any(|row| !row[column].is_empty()));
    let columns: Vec<_> = columns.collect();
    let heads: Vec<_> = columns.iter().map(|&column| HEADS[column].to_owned()).collect();
    let rows: Vec<Vec<_>> =
        rows.iter().map(|row| columns.iter().map(|&column| row[column].clone()).collect()).collect();
    table(&heads, &rows)
}

/// A row for each id that a runtime lists.
fn ids(runtime: &RuntimeRecord) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for arm in runtime.arms() {
        let provider = arm.provider();
        let row = |listed: ListedId, status: String, retires: Option<Date>| {
            let retires = retires.map_or_else(String::new, |date| date.to_string());
            let replacement = listed.replacement.map_or_else(String::new, code);
            let billing = code(provider.billing().as_str());
            vec![code(listed.id), code(provider.name()), billing, status, retires, replacement]
        };
        let status = |id| if runtime.default_model() == Some(id) { "default" } else { "" };
        rows.extend(arm.offered().map(|listed| row(listed, status(listed.id).to_owned(), listed.date)));
        let since = |date: Option<Date>| date.map_or_else(String::new, |date| format!(" since {date}"));
        rows.extend(arm.withdrawn().map(|listed| row(listed, format!("withdrawn{}", since(listed.date)), None)));
    }
    rows
}

/// The runtimes whose models others judge.
fn external(image: &Image) -> String {
    let names: Vec<_> = image.external_runtimes().map(|name| format!("- {}\n", code(name))).collect();
    if names.is_empty() {
        return String::new();
    }
    format!("\n## External runtimes\n\nTheir models are not judged here: every pair passes.\n\n{}", names.concat())
}

/// The catalogue.
fn providers(image: &Image) -> String {
    let variables = |provider: &ProviderRecord| provider.auth_env().map(code).collect::<Vec<_>>().join(", ");
    let rows = image.providers().map(|provider| {
        let billing = code(provider.billing().as_str());
        vec![code(provider.name()), plain(provider.display_name()), billing, variables(&provider)]
    });
    table(&["provider", "display name", "billing", "variables"].map(String::from), &rows.collect::<Vec<_>>())
}

/// A table whose columns stand under each other in the source as well.
fn table(heads: &[String], rows: &[Vec<String>]) -> String {
    let length = |cell: &String| cell.chars().count();
    let widths: Vec<usize> = (0..heads.len())
        .map(|column| rows.iter().map(|row| length(&row[column])).chain([length(&heads[column]), 3]).max().unwrap_or(3))
        .collect();
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        format!("| {} |\n", padded.collect::<Vec<_>>().join(" | "))
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    [line(heads), line(&rule)].into_iter().chain(rows.iter().map(|row| line(row))).collect()
}

/// A code span that can stand in a cell.
fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    let pad = if text.contains('`') { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", one_line(text).replace('|', "\\|"))
}

/// Text without a meaning in Markdown.
fn plain(text: &str) -> String {
    let escape = |c: char| if "\\`*_[]<>|#&~".contains(c) { format!("\\{c}") } else { c.to_string() };
    one_line(text).chars().map(escape).collect()
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
