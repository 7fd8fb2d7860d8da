using Spectre.Console;

namespace ImgApi.Api.CommandLine.Output;

/// <summary>A table: aligned for a person, tab-separated for a program. Its texts may come from servers.</summary>
/// <param name="columns">The heading of each column.</param>
internal sealed class Table(params IReadOnlyList<Column> columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Whether the headings are shown.</summary>
    public bool HasHeadings { get; init; } = true;

    /// <summary>The fields of one thing, with a row each: name and value.</summary>
    public static Table OfFields() => new(new Column("FIELD"), new Column("VALUE", MayWrap: true)) { HasHeadings = false };

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(cell => cell.Length == 0 ? "-" : VisibleText.Clean(cell))]);

    public void Write(TextWriter output)
    {
        if (Terminal.ShowsOutput)
        {
            WriteAligned();
            return;
        }

        if (HasHeadings)
        {
            output.WriteLine(string.Join('\t', columns.Select(column => column.Heading)));
        }

        foreach (var row in _rows)
        {
            output.WriteLine(string.Join('\t', row));
        }
    }

    private void WriteAligned()
    {
        var table = new Spectre.Console.Table { Border = TableBorder.None, ShowHeaders = HasHeadings, ShowRowSeparators = false };
        foreach (var (index, column) in columns.Index())
        {
            table.AddColumn(new TableColumn(new Text(column.Heading, new Style(decoration: Decoration.Bold)))
            {
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                NoWrap = !column.MayWrap,
                Padding = new Padding(0, 0, index == columns.Count - 1 ? 0 : 2, 0),
            });
        }

        foreach (var row in _rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        Terminal.Out.Write(table);
    }
}

/// <param name="IsNumber">Aligned to the right.</param>
/// <param name="MayWrap">Whether its cells may take several lines in a narrow terminal.</param>
internal sealed record Column(string Heading, bool IsNumber = false, bool MayWrap = false);
