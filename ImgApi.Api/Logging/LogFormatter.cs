using System.Globalization;
using ImgApi.Api.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ImgApi.Api.Logging;

/// <summary>
/// One line an event: the time in UTC, the level as the configuration spells it, the message. The class that logs is of no use to
/// an operator, so it is left out. Every text is cleaned here, so no message, value or exception can forge a line or control a
/// terminal, and no place that logs has to remember it. The greeting keeps its lines.
/// </summary>
internal sealed class LogFormatter(TimeProvider clock) : ConsoleFormatter(FormatName)
{
    /// <summary>The name under which the console finds it.</summary>
    public const string FormatName = "imgapi";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter output)
    {
        var message = entry.Formatter(entry.State, entry.Exception);
        if (entry.Category == Greeting.Category)
        {
            output.WriteLine(string.Join('\n', message.Split('\n').Select(VisibleText.Clean)));
            return;
        }

        var time = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        output.WriteLine($"{time} {LogLevelWords.Of(entry.LogLevel),-5} {OneLine(message)}" + (entry.Exception is null ? "" : " " + OneLine($"{entry.Exception}")));
    }

    private static string OneLine(string text) => VisibleText.Clean(text.ReplaceLineEndings(" "));
}
