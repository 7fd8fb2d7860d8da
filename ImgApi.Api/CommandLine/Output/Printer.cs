using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ImgApi.Api.CommandLine.Output;

/// <summary>Prints the result of a command on standard output, and notes about its course on standard error.</summary>
internal sealed class Printer(ParseResult parsed) : IDisposable
{
    private List<JsonElement>? _array;

    private readonly TextWriter _output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 16 * 1024) { NewLine = "\n" };

    public bool IsJson { get; } = parsed.GetValue(OutputOptions.Json);

    public bool IsQuiet { get; } = parsed.GetValue(OutputOptions.Quiet);

    public bool IsVerbose { get; } = parsed.GetValue(OutputOptions.Verbose);

    /// <summary>Whether progress is shown: only to a person.</summary>
    public bool ShowsProgress => Terminal.ShowsErrors && !IsQuiet;

    private bool ShowsBytes { get; } = parsed.GetValue(OutputOptions.Bytes);

    /// <summary>A size as the person wants to read it.</summary>
    public string Size(long? bytes) => bytes is not { } size ? "" : ShowsBytes || !Terminal.ShowsOutput
        ? size.ToString(CultureInfo.InvariantCulture)
        : ByteSize.Approximate(size);

    /// <summary>A line of the result. The text may come from a server.</summary>
    public void Line(string text = "") => _output.WriteLine(VisibleText.Clean(text));

    /// <summary>The result of a command in the form that the person wants.</summary>
    /// <param name="quiet">What the next command needs.</param>
    /// <param name="sentence">What was done.</param>
    public void Result(JsonObject json, string quiet, string sentence)
    {
        if (IsJson)
        {
            Json(json);
        }
        else
        {
            Line(IsQuiet ? quiet : sentence);
        }
    }

    public void Table(Table table)
    {
        table.Write(_output);
        _output.Flush();
    }

    /// <summary>A JSON value, indented. Invisible characters are escaped.</summary>
    public void Json(JsonElement value)
    {
        if (_array is null)
        {
            _output.WriteLine(IndentedJson.Text(value));
        }
        else
        {
            _array.Add(value);
        }
    }

    /// <inheritdoc cref="Json(JsonElement)"/>
    public void Json(JsonNode value) => Json(JsonElement.Parse(value.ToJsonString()));

    /// <summary>
    /// Makes the JSON values that follow one array, which is printed at the end of the command, unless it is empty. If the command fails, it has the
    /// values until then.
    /// </summary>
    public void BeginArray() => _array = IsJson ? [] : null;

    /// <summary>The values as one JSON array, each as it comes. If they end with an error, the array is complete nevertheless.</summary>
    public async Task JsonAsync(IAsyncEnumerable<JsonElement> values)
    {
        const string First = "[\n";
        var (before, isWhole) = (First, false);
        try
        {
            await foreach (var value in values)
            {
                await _output.WriteAsync(before + IndentedJson.Text(value));
                before = ",\n";
            }

            isWhole = true;
        }
        finally
        {
            if (isWhole || before != First)
            {
                await _output.WriteLineAsync(before == First ? "[]" : "\n]");
            }
        }
    }

    /// <summary>A remark for a person, on standard error.</summary>
    public void Note(string text)
    {
        if (!IsQuiet)
        {
            Error(text);
        }
    }

    /// <summary>An error or a warning, on standard error.</summary>
    public static void Error(string text) => Console.Error.WriteLine(string.Join('\n', text.Split('\n').Select(VisibleText.Clean)));

    /// <summary>Shows what has been printed so far. An array ends here.</summary>
    public void Flush()
    {
        EndArray();
        _output.Flush();
    }

    public void Dispose()
    {
        try
        {
            EndArray();
            _output.Dispose();
        }
        catch (IOException)
        {
            // Flush has reported it.
        }
    }

    private void EndArray()
    {
        if (_array is { Count: > 0 } values)
        {
            _output.WriteLine(IndentedJson.Text(JsonSerializer.SerializeToElement(values)));
        }

        _array = null;
    }
}
