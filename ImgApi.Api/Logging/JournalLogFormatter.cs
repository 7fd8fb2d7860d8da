using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ImgApi.Api.Logging;

/// <summary>
/// Formats an event for journald: the syslog priority of its level in front of its line (sd-daemon(3)), so that <c>journalctl -p</c> can
/// select it. The journal has the time already.
/// </summary>
internal sealed class JournalLogFormatter() : ConsoleFormatter(FormatterName.Of(LogFormat.Journald))
{
    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter) =>
        textWriter.WriteLine($"<{Priority(entry.LogLevel)}>{LogText.OneLine(entry, scopeProvider)}");

    private static int Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };
}
