using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ImgApi.Api.Logging;

/// <summary>Formats an event for people: one line with the time in UTC, the level as in the configuration, and the message.</summary>
internal sealed class LogFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName.Of(LogFormat.Text))
{
    public const string Time = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (entry.Category == Greeting.Category)
        {
            // The greeting is a text of several lines.
            textWriter.WriteLine(string.Join('\n', entry.Formatter(entry.State, entry.Exception).Split('\n').Select(VisibleText.Clean)));
            return;
        }

        var time = clock.GetUtcNow().ToString(Time, CultureInfo.InvariantCulture);
        textWriter.WriteLine($"{time} {LogLevelWords.Of(entry.LogLevel),-5} {LogText.OneLine(entry, scopeProvider)}");
    }
}
