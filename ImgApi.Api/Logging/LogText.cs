using Microsoft.Extensions.Logging.Abstractions;

namespace ImgApi.Api.Logging;

/// <summary>
/// The text of an event. It is cleaned here, so that no message, value or exception can forge a line or control a terminal. The category is
/// omitted, since the messages say what they are about.
/// </summary>
internal static class LogText
{
    /// <summary>Message, request id and exception on one line.</summary>
    public static string OneLine<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes)
    {
        var message = entry.Formatter(entry.State, entry.Exception);
        var request = RequestScope.IdIn(scopes) is { } id && !message.Contains(id, StringComparison.Ordinal) ? $" request={id}" : "";
        return OneLine(message + request + (entry.Exception is { } exception ? $" {exception}" : ""));
    }

    private static string OneLine(string text) => VisibleText.Clean(text.ReplaceLineEndings(" "));
}
