//! `list --markdown`: the registry as a page, to be read raw as well as rendered.

use std::collections::HashMap;

use registry::{Image, ProviderRecord, RuntimeRecord};

use crate::words::count;

/// The page for the registry of a file, which is named as it was on the command line.
pub fn page(image: &Image, file: Option<&str>) -> String {
    let mut page = String::from("# The registry\n\n");
    let (from, option) = match file {
        Some(file) => (format!("`{file}`"), format!(" --registry {file}")),
        None => ("the registry that is built in".to_owned(), String::new()),
    };
    page += &format!(
        "Generated from {from}: edit that, and not this page. At the repository's root, this writes it anew:\n\n"
    );
    page += &format!("```sh\nmodel-routable list --markdown{option} > docs/registry.md\n```\n\n");
    page += INTRODUCTION;
    page += "\n## Runtimes and providers\n\n";
    page += &matrix(image);
    for runtime in image.runtimes() {
        page += &section(&runtime);
    }
    page += "\n## Providers\n\nAny one of the variables authenticates.\n\n";
    page += &providers(image);
    page
}

const INTRODUCTION: &str = "\
A runtime takes the model ids that it lists, and ids that match the pattern of exactly one of its providers. A withdrawn id
is refused, whatever matches it. Runtimes that are not here pass unjudged. `platform_managed` is billed through the
platform, `byok` to the tenant's own key.
";

/// Columns of a line that a reader need not scroll for.
const WIDTH: usize = 120;

/// Who lists how many ids, and who routes by pattern alone; where the runtimes do not fit beside each other, in several
/// tables, each with the providers of its runtimes.
fn matrix(image: &Image) -> String {
    let mut matrix =
        "\"pattern\" is a provider that lists no id for the runtime; one that does routes by its pattern as well.\n"
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
            let cell = match (arm.models().len(), arm.withdrawn().len()) {
                (0, 0) => "pattern".to_owned(),
                (offered, 0) => count(offered, "id"),
                (offered, withdrawn) => format!("{}, {withdrawn} withdrawn", count(offered, "id")),
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
    let mut section = match runtime.display_name() {
        Some(display_name) => format!("\n## {}: {name}\n\n", plain(display_name)),
        None => format!("\n## {name}\n\n"),
    };
    let mut ids = Vec::new();
    for arm in runtime.arms() {
        let cells = |id, status: &str| {
            let provider = arm.provider();
            vec![code(id), code(provider.name()), code(provider.billing().as_str()), status.to_owned()]
        };
        let is_default = |id| runtime.default_model() == Some(id);
        ids.extend(arm.models().map(|id| cells(id, if is_default(id) { "default" } else { "" })));
        ids.extend(arm.withdrawn().map(|listed| cells(listed.id, "withdrawn")));
    }
    if !ids.is_empty() {
        section += &table(&["id", "provider", "billing", "status"].map(String::from), &ids);
        section.push('\n');
    }
    let patterns = runtime.arms().map(|arm| {
        let provider = arm.provider();
        vec![
            provider.pattern().map_or_else(String::new, code),
            code(provider.name()),
            code(provider.billing().as_str()),
        ]
    });
    section += &table(&["pattern", "provider", "billing"].map(String::from), &patterns.collect::<Vec<_>>());
    section
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
