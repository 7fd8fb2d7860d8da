using System.Text.Json.Nodes;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>What a verification has found: a line for each damage, or one JSON document at the end.</summary>
internal sealed class VerifyReport(Printer printer, TransferBars bars)
{
    private const int Damaged = 1;

    private readonly JsonArray _damaged = [];
    private readonly JsonArray _unreadable = [];
    private int _good;

    /// <summary>The exit code if an image or the data folder cannot be read.</summary>
    public const int Unusable = 2;

    public void AddGood(int contents) => _good += contents;

    public void AddDamaged(Image image, string reason)
    {
        // On one line, even if the manifest contains line breaks.
        var name = VisibleText.Cut($"{image.Details.Name}@{image.Details.Version}");
        _damaged.Add(new JsonObject { ["uuid"] = $"{image.Uuid}", ["image"] = name, ["reason"] = reason });
        Line($"{image.Uuid} {name}: {reason}");
    }

    public void AddUnreadable(string message)
    {
        _unreadable.Add(JsonValue.Create(message));
        Line(message);
    }

    /// <summary>Prints the totals.</summary>
    /// <param name="bytes">Number of bytes read.</param>
    /// <returns>The exit code.</returns>
    public int End(long bytes)
    {
        Line($"{Count.Of(_good, "content")} good, {_damaged.Count} damaged, {Count.Of(_unreadable.Count, "image")} unreadable; {Count.Of(bytes, "byte")} read");
        if (printer.IsJson)
        {
            printer.Json(new JsonObject { ["good"] = _good, ["damaged"] = _damaged, ["unreadable"] = _unreadable, ["bytes_read"] = bytes });
            printer.Flush();
        }

        return _damaged.Count > 0 ? Damaged : _unreadable.Count > 0 ? Unusable : ExitCode.Done;
    }

    private void Line(string text)
    {
        if (!printer.IsJson)
        {
            bars.After(() =>
            {
                printer.Line(text);
                printer.Flush();
            });
        }
    }
}
