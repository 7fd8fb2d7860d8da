using System.Globalization;
using ImgApi.Api.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;

namespace ImgApi.Tests.Unit.Api.Logging;

/// <summary>What a formatter writes for one event.</summary>
internal static class FormattedLine
{
    public static ConsoleFormatter[] Formatters => [new LogFormatter(Clock), new JsonLogFormatter(Clock), new JournalLogFormatter()];

    /// <summary>The time of all events.</summary>
    public static FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    public static string Of(ConsoleFormatter formatter, LogLevel level, string message, Exception? fault = null, string category = "x", string? request = null) =>
        Of(formatter, logger => logger.Log(level, default, message, fault, (text, _) => text), category, request);

    /// <param name="log">Logs one event.</param>
    /// <param name="request">The id of the request that is being processed; null for none.</param>
    public static string Of(ConsoleFormatter formatter, Action<ILogger> log, string category = "x", string? request = null)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var scopes = new LoggerExternalScopeProvider();
        using (request is null ? null : scopes.Push(new RequestScope(request)))
        {
            log(new Logger(formatter, category, scopes, text));
        }

        return text.ToString();
    }

    private sealed class Logger(ConsoleFormatter formatter, string category, IExternalScopeProvider scopes, TextWriter text) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> write) =>
            formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, write), scopes, text);
    }
}
