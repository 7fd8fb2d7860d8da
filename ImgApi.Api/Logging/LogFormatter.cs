using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ImgApi.Api.Logging;

/// <summary>
/// Formats an event as one line: time in UTC, level as in the configuration, message. The category is omitted, since it does not help
/// operators. Texts are cleaned here, so that no message, value or exception can forge a line or control a terminal. Only the greeting has
/// several lines.
/// </summary>
internal sealed class LogFormatter(TimeProvider clock) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "imgapi";

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
