using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ImgApi.Tests.Support;

/// <summary>Records log messages.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text, string Fault)> _lines = new();

    /// <summary>The messages so far of level warning or above.</summary>
    public string[] Warnings => [.. _lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text)];

    /// <summary>All messages so far, with the texts of exceptions.</summary>
    public string[] Lines => [.. _lines.Select(line => line.Text + line.Fault)];

    public ILogger CreateLogger(string categoryName) => this;

    public ILogger<T> Of<T>() => new LoggerFactory([this]).CreateLogger<T>();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception), $"{exception}"));

    public void Dispose()
    {
    }
}
