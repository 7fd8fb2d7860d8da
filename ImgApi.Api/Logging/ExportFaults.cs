using System.Diagnostics.Tracing;
using System.Globalization;

namespace ImgApi.Api.Logging;

/// <summary>
/// Logs once an hour that metrics or traces could not be sent to their collector. OpenTelemetry's library drops them, and reports that only as an
/// event of its own.
/// </summary>
internal sealed partial class ExportFaults(ILogger<ExportFaults> logger, TimeProvider clock) : EventListener
{
    private const string Source = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    private readonly HourlyNotices _notices = new(clock);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_notices.IsDue(eventData.EventName ?? Source))
        {
            LogFault(string.Format(CultureInfo.InvariantCulture, eventData.Message ?? "", [.. eventData.Payload ?? []]));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "metrics or traces were not sent to the collector (\"otlpEndpoint\"): {Reason}")]
    private partial void LogFault(string reason);
}
