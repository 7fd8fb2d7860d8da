using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ImgApi.Api.CommandLine.Output;

/// <summary>Prints the result of a command on standard output, and notes about its course on standard error.</summary>
internal sealed class Printer(ParseResult parsed) : IDisposable
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = new PlainJsonEncoder(),
        SkipValidation = true,
    };

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

    public void Table(Table table)
    {
        table.Write(_output);
        _output.Flush();
    }

    /// <summary>A JSON value, indented. Invisible characters are escaped.</summary>
    public void Json(JsonElement value) => _output.WriteLine(JsonText(value));

    /// <inheritdoc cref="Json(JsonElement)"/>
    public void Json(JsonNode value) => Json(JsonElement.Parse(value.ToJsonString()));

    /// <summary>The values as one JSON array, each as it comes.</summary>
    public async Task JsonAsync(IAsyncEnumerable<JsonElement> values)
    {
        var before = "[\n";
        await foreach (var value in values)
        {
            await _output.WriteAsync(before + JsonText(value));
            before = ",\n";
        }

        await _output.WriteLineAsync(before == "[\n" ? "[]" : "\n]");
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

    /// <summary>Shows what has been printed so far.</summary>
    public void Flush() => _output.Flush();

    public void Dispose()
    {
        try
        {
            _output.Dispose();
        }
        catch (IOException)
        {
            // Flush has reported it.
        }
    }

    private static string JsonText(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            value.WriteTo(writer);
        }

        return VisibleText.EscapeJson(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
